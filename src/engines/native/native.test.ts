import { createServer, type Server } from 'node:net';
import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { EngineError, type Process, type Sandbox, type SandboxEvents } from '../engine.ts';
import { nativeEngine } from './index.ts';
import { findToolchain } from './toolchain.ts';

let sandbox: Sandbox | undefined;

async function boot(env: Record<string, string> = {}): Promise<Sandbox> {
  sandbox = await nativeEngine.boot({ env });
  return sandbox;
}

afterEach(async () => {
  await sandbox?.dispose();
});

async function outputOf(process: Process): Promise<{ stdout: string; stderr: string }> {
  const text = { stdout: '', stderr: '' };
  const decoder = new TextDecoder();
  for await (const { stream, bytes } of process.output) text[stream] += decoder.decode(bytes);
  return text;
}

async function run(
  command: string,
  ...args: string[]
): Promise<{ stdout: string; stderr: string; code: number }> {
  if (sandbox === undefined) throw new Error('no sandbox');
  const process = await sandbox.spawn(command, args);
  const text = await outputOf(process);
  return { ...text, code: await process.exit };
}

function next<K extends keyof SandboxEvents>(from: Sandbox, event: K): Promise<SandboxEvents[K]> {
  return new Promise((done) => {
    const off = from.on(event, (value) => {
      off();
      done(value);
    });
  });
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof EngineError ? error.code : String(error);
}

/** A port that nobody uses at this moment. */
function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

const echoServer = (port: number) => `
  const http = require('node:http');
  http.createServer((request, response) => {
    response.setHeader('X-Raw', JSON.stringify(request.rawHeaders));
    response.setHeader('Set-Cookie', ['a=1', 'b=2']);
    request.pipe(response);
  }).listen(${port}, () => console.log('up'));
`;

describe.skipIf(process.platform === 'win32')('files and processes', () => {
  it('mounts files where processes start, and reads them back', async () => {
    const { fs, workdir } = await boot();
    await sandbox?.mount({
      'a/b.txt': 'text',
      'run.sh': 'pwd; cat a/b.txt',
      'bytes.bin': new Uint8Array([0, 255]),
    });
    expect(await run('sh', 'run.sh')).toEqual({ stdout: `${workdir}\ntext`, stderr: '', code: 0 });
    expect([...(await fs.readFile('bytes.bin'))]).toEqual([0, 255]);
    expect(await fs.readdir('.')).toEqual([
      { name: 'a', type: 'directory' },
      { name: 'bytes.bin', type: 'file' },
      { name: 'run.sh', type: 'file' },
    ]);
    await fs.rename('a', 'c');
    expect((await fs.stat('c/b.txt')).size).toBe(4);
    expect(await codeOf(fs.readFile('a/b.txt'))).toBe('ENOENT');
  });

  it('touches nothing outside its directory', async () => {
    const { fs } = await boot();
    for (const path of ['../../outside', '/etc/passwd', '../..'])
      expect(await codeOf(fs.readFile(path))).toBe('EACCES');
    expect(await codeOf(sandbox?.mount({ '../../evil': 'x' }) ?? Promise.resolve())).toBe('EACCES');
  });

  it('gives exit codes, both streams and a small environment', async () => {
    process.env.DECAY_TEST_SECRET = 'secret';
    await boot({ FROM_BOOT: 'yes' });
    const result = await run('sh', '-c', 'echo out; echo err >&2; env; exit 7');
    delete process.env.DECAY_TEST_SECRET;
    expect(result).toMatchObject({ stderr: 'err\n', code: 7 });
    expect(result.stdout).toContain('FROM_BOOT=yes\n');
    expect(result.stdout).not.toContain('secret');
    expect(await codeOf(sandbox?.spawn('no-such-program') ?? Promise.resolve())).toBe('ENOENT');
  });

  it('runs an executable script, with or without #!', async () => {
    const { fs } = await boot();
    await sandbox?.mount({ 'bare.sh': 'echo bare $1', 'locked.sh': 'echo no' });
    await fs.chmod('bare.sh', 0o755);
    await fs.chmod('locked.sh', 0o644);
    expect(await run('./bare.sh', 'x')).toMatchObject({ stdout: 'bare x\n', code: 0 });
    expect(await codeOf(sandbox?.spawn('./locked.sh') ?? Promise.resolve())).toBe('EACCES');
  });

  it('passes standard input on', async () => {
    await boot();
    const cat = await sandbox?.spawn('cat');
    const writer = cat?.input.getWriter();
    await writer?.write(new TextEncoder().encode('hello'));
    await writer?.close();
    expect(cat && (await outputOf(cat)).stdout).toBe('hello');
  });

  it('kills a process with all that it started, even when it ignores SIGTERM', async () => {
    await boot();
    const stubborn = await sandbox?.spawn('sh', [
      '-c',
      'trap "" TERM; (trap "" TERM; sleep 300) & echo $!; wait; sleep 300',
    ]);
    const reader = stubborn?.output.getReader();
    const first = await reader?.read();
    const grandchild = Number(new TextDecoder().decode(first?.value?.bytes));
    stubborn?.kill();
    expect(await stubborn?.exit).toBe(137);
    await expect.poll(() => existsSync(`/proc/${grandchild}/cwd`)).toBe(false);
  });

  it('reports a signal as 128 + its number', async () => {
    await boot();
    const sleeping = await sandbox?.spawn('sleep', ['300']);
    sleeping?.kill('SIGINT');
    expect(await sleeping?.exit).toBe(130);
  });

  it.skipIf(process.platform !== 'linux')(
    'ends daemons that left their group, and removes the directory',
    async () => {
      const { workdir } = await boot();
      const leaving =
        "const c = require('child_process').spawn('sleep', ['300'], {detached: true, stdio: 'ignore'}); c.unref(); console.log(c.pid)";
      const daemon = Number((await run('node', '-e', leaving)).stdout);
      expect(existsSync(`/proc/${daemon}`)).toBe(true);
      await sandbox?.dispose();
      await sandbox?.dispose();
      await expect.poll(() => existsSync(`/proc/${daemon}/cwd`)).toBe(false);
      expect(existsSync(workdir)).toBe(false);
      expect(await codeOf(sandbox?.spawn('true') ?? Promise.resolve())).toBe('ENODEV');
    },
  );
});

describe.skipIf(process.platform !== 'linux')('servers', () => {
  it('reports listening, answers requests as they are, and refuses when nobody listens', async () => {
    const port = await freePort();
    const box = await boot();
    expect(await codeOf(box.request(port, { method: 'GET', target: '/', headers: [] }))).toBe('ECONNREFUSED');
    const listening = next(box, 'listen');
    const server = await box.spawn('node', ['-e', echoServer(port)]);
    expect(await listening).toEqual({ port, pid: server.pid });
    const body = new Uint8Array(100_000).fill(7);
    for (let round = 0; round < 2; round++) {
      const response = await box.request(port, {
        method: 'POST',
        target: '/',
        headers: [
          ['X-a', '1'],
          ['x-A', '2'],
        ],
        body,
      });
      expect(response.status).toBe(200);
      expect(Buffer.compare(response.body, body)).toBe(0);
      expect(response.headers.filter(([name]) => name === 'Set-Cookie')).toHaveLength(2);
      const raw = response.headers.find(([name]) => name === 'X-Raw')?.[1];
      expect(JSON.parse(raw ?? '')).toEqual([
        'Host',
        `localhost:${port}`,
        'X-a',
        '1',
        'x-A',
        '2',
        'Content-Length',
        '100000',
      ]);
    }
    const gone = next(box, 'unlisten');
    server.kill();
    expect((await gone).port).toBe(port);
  });

  it('knows its own server though the environment was cleared', async () => {
    const port = await freePort();
    const box = await boot();
    await box.mount({ 's.js': echoServer(port) });
    const listening = next(box, 'listen');
    const node = (await run('which', 'node')).stdout.trim();
    await box.spawn('sh', ['-c', `env -i ${node} s.js`]);
    expect((await listening).port).toBe(port);
    expect((await box.request(port, { method: 'GET', target: '/', headers: [] })).status).toBe(200);
  });

  it('never talks to a server that is not of the sandbox, whenever it came', async () => {
    const others = [createServer(), createServer()];
    const listen = async (server: Server | undefined) => {
      await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
      const address = server?.address();
      return typeof address === 'object' && address !== null ? address.port : 0;
    };
    const before = await listen(others[0]);
    const box = await boot();
    const after = await listen(others[1]);
    for (const port of [before, after]) {
      const unsupported = next(box, 'unsupported');
      expect(await codeOf(box.connect(port))).toBe('EADDRINUSE');
      expect((await unsupported).reason).toBe('resource');
    }
    for (const server of others) server.close();
  });

  it('allows one sandbox at a time', async () => {
    await boot();
    expect(await codeOf(nativeEngine.boot())).toBe('EBUSY');
  });
});

describe.skipIf(process.platform === 'win32')('toolchain', () => {
  it('runs Node 20 and the CPython that its versions name, in a venv of its own', async () => {
    const tools = await findToolchain();
    const versions = await nativeEngine.versions();
    const box = await boot();
    expect((await run('node', '-v')).stdout).toBe(`v${versions.node}\n`);
    if (tools.python === undefined) return;
    const probe = await run(
      'python',
      '-c',
      'import sys; print("%d.%d.%d" % sys.version_info[:3]); print(sys.prefix)',
    );
    expect(probe.stdout).toBe(`${versions.python}\n${box.workdir.replace(/app$/, 'venv')}\n`);
    expect((await run('uv', 'pip', 'list', '--system')).stdout).toContain('pip');
    expect((await run('pip', '--version')).stdout).toContain(box.workdir.replace(/app$/, 'venv'));
  });
});
