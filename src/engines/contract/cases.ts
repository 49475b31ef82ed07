import { httpCases } from './http-cases.ts';
import { check, collect, delay, equal, failure, type ContractCase } from './kit.ts';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

const processCases: ContractCase[] = [
  {
    name: 'files are mounted, written, read, listed, renamed and removed',
    async run(kit) {
      const sandbox = await kit.boot();
      await sandbox.mount({ 'a.txt': 'text', 'dir/b.bin': new Uint8Array([0, 255, 10]) });
      equal(text(await sandbox.fs.readFile('a.txt')), 'text', 'mounted text');
      equal([...(await sandbox.fs.readFile(`${sandbox.workdir}/dir/b.bin`))], [0, 255, 10], 'mounted bytes');
      await sandbox.fs.mkdir('x/y', { recursive: true });
      await sandbox.fs.writeFile('x/y/c.txt', 'ü');
      equal((await sandbox.fs.stat('x/y/c.txt')).size, 2, 'size in bytes');
      await sandbox.fs.rename('x/y/c.txt', 'x/d.txt');
      const names = (await sandbox.fs.readdir('x')).map(({ name, type }) => `${name} ${type}`).sort();
      equal(names, ['d.txt file', 'y directory'], 'listing');
      await sandbox.fs.rm('x', { recursive: true });
      equal(await failure(sandbox.fs.readFile('x/d.txt')), 'ENOENT', 'reading what was removed');
      equal(await failure(sandbox.fs.readFile('dir')), 'EISDIR', 'reading a directory');
    },
  },
  {
    name: 'a process has arguments, environment, working directory, two output streams and an exit code',
    async run(kit) {
      const sandbox = await kit.boot();
      const process = await kit.start(sandbox, 'report', ['one', 'two words', ''], { WORD: 'grün $X "q"' });
      const { stdout, stderr, code } = await collect(process);
      const [args, word, cwd] = stdout.trim().split('\n');
      equal(JSON.parse(args ?? ''), ['one', 'two words', ''], 'arguments');
      equal(word, 'grün $X "q"', 'environment');
      equal(cwd, sandbox.workdir, 'working directory');
      equal(stderr.trim(), 'to stderr', 'standard error');
      equal(code, 7, 'exit code');
    },
  },
  {
    name: 'the shell runs scripts, in a directory of its own choice',
    async run(kit) {
      const sandbox = await kit.boot();
      await sandbox.mount({
        'sub/run.sh': '#!/usr/bin/env bash\nset -e\necho "in $(basename "$PWD")"\nexit 5\n',
      });
      await sandbox.fs.chmod('sub/run.sh', 0o755);
      const { stdout, code } = await collect(
        await sandbox.spawn('./run.sh', [], { cwd: `${sandbox.workdir}/sub` }),
      );
      equal([stdout, code], ['in sub\n', 5], 'script');
      equal(await failure(sandbox.spawn('no-such-program')), 'ENOENT', 'unknown program');
    },
  },
  {
    name: 'standard input reaches a process and ends',
    async run(kit) {
      const sandbox = await kit.boot();
      const process = await kit.start(sandbox, 'upper');
      const writer = process.input.getWriter();
      await writer.write(new TextEncoder().encode('first '));
      await writer.write(new TextEncoder().encode('second'));
      await writer.close();
      const { stdout, code } = await collect(process);
      equal([stdout, code], ['FIRST SECOND', 0], 'echoed input');
    },
  },
  {
    name: 'several processes share one file system',
    async run(kit) {
      const sandbox = await kit.boot();
      const letters = ['a', 'b', 'c'];
      const processes = await Promise.all(
        letters.map((letter) => kit.start(sandbox, 'append', [letter, 'log.txt'])),
      );
      const results = await Promise.all(processes.map(collect));
      equal(
        results.map(({ code }) => code),
        [0, 0, 0],
        `exit codes (${results.map(({ stderr }) => stderr).join('')})`,
      );
      const content = text(await sandbox.fs.readFile('log.txt'));
      equal(
        letters.map((letter) => content.split(letter).length - 1),
        [100, 100, 100],
        'letters written',
      );
    },
  },
  {
    name: 'a waiting process is killed, with what it started',
    async run(kit) {
      const sandbox = await kit.boot();
      const process = await kit.start(sandbox, 'wait');
      const exits: number[] = [];
      sandbox.on('exit', ({ pid }) => exits.push(pid));
      await delay(300);
      process.kill();
      equal(await process.exit, 143, 'exit code of SIGTERM');
      await sandbox.mount({ 'start.sh': `${kit.programs.command} ${kit.file('wait')} &\nwait\n` });
      const shell = await sandbox.spawn('bash', ['start.sh']);
      await delay(300);
      shell.kill('SIGKILL');
      equal(await shell.exit, 137, 'exit code of SIGKILL');
    },
  },
  {
    name: 'an endless loop is ended, and the next process runs',
    async run(kit) {
      const sandbox = await kit.boot();
      const spinning = await kit.start(sandbox, 'spin');
      await delay(1_000);
      spinning.kill('SIGKILL');
      equal(await spinning.exit, 137, 'exit code');
      const { code } = await collect(await kit.start(sandbox, 'report', [], { WORD: 'x' }));
      equal(code, 7, 'the next process');
    },
  },
  {
    name: 'two sandboxes at once do not see each other',
    async run(kit) {
      if (kit.engine.capabilities.maxSandboxes < 2) return;
      const [one, two] = [await kit.boot(), await kit.boot()];
      await one.mount({ 'only.txt': '1' });
      equal(await failure(two.fs.readFile('only.txt')), 'ENOENT', 'the other sandbox’s file');
      await Promise.all([kit.serve(one), kit.serve(two)]);
      const responses = await Promise.all(
        [one, two].map((sandbox) =>
          sandbox.request(kit.port, { method: 'GET', target: '/text', headers: [] }),
        ),
      );
      equal(
        responses.map(({ status }) => status),
        [200, 200],
        'the same port in both',
      );
    },
  },
  {
    name: 'dispose ends everything and refuses further calls',
    async run(kit) {
      const sandbox = await kit.boot();
      const server = await kit.serve(sandbox);
      const spinning = await kit.start(sandbox, 'spin');
      await sandbox.dispose();
      await sandbox.dispose();
      check((await server.exit) !== 0, 'the server ends');
      check((await spinning.exit) !== 0, 'the endless loop ends');
      check((await failure(sandbox.spawn('bash'))) !== 'no error', 'a call after dispose is refused');
      const next = await kit.boot();
      await kit.serve(next);
    },
  },
];

/** What every engine must do. */
export const contractCases: readonly ContractCase[] = [...processCases, ...httpCases];
