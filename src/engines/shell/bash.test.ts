import { beforeEach, describe, expect, it } from 'vitest';
import { SharedFs } from '../fs/shared-fs.ts';
import { installProgram } from '../kernel/executables.ts';
import { SyscallError } from '../kernel/process-port.ts';
import { bashProgram } from './bash.ts';
import { shellCommands, utilities } from './command-names.ts';
import type { Child, Program, ProgramContext } from './program.ts';

/** A kernel of a few lines: programs by name, their output in one list in the order in which it came. */
class Machine {
  readonly fs = SharedFs.create({ bytes: 16 * 2 ** 20, fileBytes: 2 ** 20, inodes: 5_000 });
  readonly output: string[] = [];
  readonly #processes = new Map<number, { abort: AbortController; end: (code: number) => void }>();
  #nextPid = 2;

  constructor(readonly programs: Record<string, Program>) {
    for (const path of ['/app', '/bin', '/usr/bin', '/usr/local/bin', '/tmp']) this.fs.mkdirp(path);
    for (const name of [...utilities, ...shellCommands]) installProgram(this.fs, '/usr/bin', name);
    for (const name of ['bash', 'sh']) installProgram(this.fs, '/bin', name);
    for (const name of Object.keys(programs)) installProgram(this.fs, '/usr/local/bin', name);
  }

  async sh(script: string): Promise<{ code: number; output: string }> {
    const child = this.#start(
      'bash',
      ['-c', script],
      { PATH: '/usr/local/bin:/usr/bin:/bin' },
      '/app',
      (stream, bytes) => {
        this.output.push((stream === 'stderr' ? '!' : '') + new TextDecoder().decode(bytes));
      },
    );
    const code = await child.exit;
    return { code, output: this.output.join('') };
  }

  #start(
    command: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    cwd: string,
    output: (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void,
    stdin?: Uint8Array,
  ): Child {
    const name = command.slice(command.lastIndexOf('/') + 1);
    const program = name === 'bash' || name === 'sh' ? bashProgram : this.programs[name];
    if (program === undefined) throw new SyscallError('ENOENT', `spawn ${command}`);
    const pid = this.#nextPid++;
    const abort = new AbortController();
    const exit = new Promise<number>((end) => {
      this.#processes.set(pid, { abort, end });
      void program(this.#context(pid, args, env, cwd, output, stdin, abort.signal)).then(end);
    }).finally(() => this.#processes.delete(pid));
    return { pid, exit, kill: (signal) => void this.#kill(pid, signal) };
  }

  #kill(pid: number, signal: number): boolean {
    const process = this.#processes.get(pid);
    if (signal === 0) return process !== undefined;
    process?.end(128 + signal);
    process?.abort.abort();
    return process !== undefined;
  }

  #context(
    pid: number,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    cwd: string,
    output: (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void,
    stdin: Uint8Array | undefined,
    signal: AbortSignal,
  ): ProgramContext {
    const refuse = () => Promise.reject(new Error('there are no packages here'));
    return {
      pid,
      args,
      env,
      cwd,
      fs: this.fs,
      stdin,
      signal,
      write: (stream, data) => {
        if (!signal.aborted) output(stream, typeof data === 'string' ? new TextEncoder().encode(data) : data);
      },
      spawn: async (command, words, options = {}) =>
        this.#start(
          command,
          words,
          options.env ?? env,
          options.cwd ?? cwd,
          options.output ?? output,
          options.stdin,
        ),
      kill: (target, number) => this.#kill(target, number),
      connect: refuse,
      packages: { index: refuse, archive: refuse, registryMetadata: refuse, registryArchive: refuse },
      progress: () => undefined,
      unsupported: () => undefined,
      substitution: () => undefined,
    };
  }
}

const delay = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
let machine: Machine;

beforeEach(() => {
  machine = new Machine({
    say: async ({ args, env, cwd, write }) => {
      write('stdout', `${args.join('|')} ${env['WORD'] ?? '-'} ${cwd}\n`);
      write('stderr', 'warned\n');
      return Number(args[0] ?? 0);
    },
    serve: async ({ write, signal }) => {
      write('stdout', 'serving\n');
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      return 0;
    },
    slow: async ({ write }) => {
      await delay(50);
      write('stdout', 'slow\n');
      return 4;
    },
  });
});

describe('the shell', () => {
  it.each([
    ['arguments, variables, directory', 'cd /tmp; WORD=w say 0 "a b"', '0|a b w /tmp\n!warned\n', 0],
    [
      'exported variables only',
      'WORD=x; say 0; export WORD; say 0',
      '0 - /app\n!warned\n0 x /app\n!warned\n',
      0,
    ],
    [
      'exit codes',
      'say 3; echo $?; say 0 && echo yes || echo no',
      '3 - /app\n!warned\n3\n0 - /app\n!warned\nyes\n',
      0,
    ],
    ['set -e', 'set -e; say 5 2>/dev/null; echo never', '5 - /app\n', 5],
    ['exec', 'exec say 6; echo never', '6 - /app\n!warned\n', 6],
    ['command substitution', 'X=$(say 0 2>/dev/null); echo "[$X]"', '[0 - /app]\n', 0],
    ['pipes', 'say 0 2>/dev/null | tr a-z A-Z', '0 - /APP\n', 0],
    ['files', 'say 0 > out 2>&1; say 1 >> out 2>/dev/null; cat out', '0 - /app\nwarned\n1 - /app\n', 0],
    ['functions', 'f() { say "$1" 2>/dev/null; }; f 7; f 8', '7 - /app\n8 - /app\n', 8],
    ['collected functions', 'f() { say "$1" 2>/dev/null; }; Y=$(f 8); echo "[$Y]"', '[8 - /app]\n', 0],
    ['jobs', 'slow & P=$!; echo first; wait $P; echo "code $?"', 'first\nslow\ncode 4\n', 0],
    ['timeouts', 'timeout 5 say 0; timeout 0.1s serve; echo $?', '0 - /app\n!warned\nserving\n124\n', 0],
    ['followed files', 'say 0 > log 2>&1; timeout 0.3 tail -f log; echo $?', '0 - /app\nwarned\n124\n', 0],
    [
      'here documents with more on their line',
      "cat <<'E' | tr a-z A-Z && echo b\nit's $A\nE\nf() {\ncat <<E\n$1\nE\n}\nf x; cat < /dev/null > none; cat none <<E -\nlast\nE",
      "IT'S $A\nb\nx\nlast\n",
      0,
    ],
    [
      'secrets, digests and temporary files',
      'openssl rand -hex 8 | wc -c; S=$(tr -dc a-z < /dev/urandom | head -c 9); echo ${#S}; id -u; echo abc | sha256sum; D=$(mktemp -d /tmp/x.XXXX); [ -d "$D" ] && kill -0 $$ && echo ${#D}',
      '17\n9\n0\nedeaaff3f1774ad2888673770c6d64097e391bc362d7d6fb34982ddf0efd18cb  -\n11\n',
      0,
    ],
    ['traps', 'trap "echo bye" EXIT; echo hi; exit 2', 'hi\nbye\n', 2],
    ['traps of a replaced shell', 'trap "echo bye" EXIT; exec say 6', '6 - /app\n!warned\n', 6],
    ['unknown commands', 'nothing-here; echo $?', '!bash: nothing-here: command not found\n127\n', 0],
    ['conditions', 'if [ -f none ]; then echo a; else echo b; fi; [ 1 -lt 2 ] && echo c', 'b\nc\n', 0],
  ])('%s', async (_name, script, output, code) => {
    expect(await machine.sh(script)).toEqual({ output, code });
  });

  it('shows a server’s output while it runs, and can kill it', async () => {
    const running = machine.sh('serve & P=$!; sleep 0.3; kill $P; wait $P; echo "code $?"');
    await delay(150);
    expect(machine.output).toEqual(['serving\n']);
    expect(await running).toEqual({ output: 'serving\ncode 143\n', code: 0 });
  });

  it('runs a script with its name and its arguments', async () => {
    machine.fs.writeFile('/app/run.sh', 'echo "$(basename "$0") $# $2"\r\nexit 3\r\n', 0o755);
    expect(await machine.sh('bash run.sh one "two words"')).toEqual({
      output: 'run.sh 2 two words\n',
      code: 3,
    });
    expect(machine.fs.readText('/app/run.sh')).toContain('\r\n');
  });

  it('says what is wrong with a script', async () => {
    expect((await machine.sh('bash none.sh')).output).toBe('!bash: none.sh: No such file or directory\n');
    const broken = await machine.sh('if true; then');
    expect(broken.code).toBe(2);
    expect(broken.output).toContain('syntax error');
  });
});
