import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter } from 'node:path';
import { S, type Stat } from '../../fs/types.ts';
import { SyscallError } from '../../kernel/process-port.ts';
import type { PackageSource } from '../../packages/types.ts';
import { bashProgram } from '../../shell/bash.ts';
import { shellCommands, utilities } from '../../shell/command-names.ts';
import type { Child, ChildOptions, ProgramContext } from '../../shell/program.ts';
import { findProgram, StartError } from './find-program.ts';
import { NodeDisk } from './node-disk.ts';

/**
 * A shell for systems that have none: the embedded engine's (just-bash) over the file system and the processes of the
 * Node that runs it.
 */

const shell = [process.execPath, __filename];

/** The shell library looks on PATH before it looks at its own commands: they are shown to it there. */
const ownCommands: ReadonlySet<string> = new Set([
  ...['bash', 'sh'].map((name) => `/bin/${name}`),
  ...[...utilities, ...shellCommands].map((name) => `/usr/bin/${name}`),
]);
const ownPath = '/usr/bin:/bin';

class ShellDisk extends NodeDisk {
  override exists(path: string): boolean {
    return ownCommands.has(path) || super.exists(path);
  }

  override stat(path: string): Stat {
    if (!ownCommands.has(path)) return super.stat(path);
    return { ...super.stat(__filename), mode: S.IFREG | 0o755 };
  }
}

/** Packages are npm's affair here; nothing in a shell asks for them. */
const noPackages: PackageSource = new Proxy({} as PackageSource, {
  get: () => () => Promise.reject(new Error('a shell has no packages')),
});

function start(
  command: string,
  args: readonly string[],
  { cwd = process.cwd(), env = {}, output, stdin }: ChildOptions,
  running: Set<Child>,
): Promise<Child> {
  let found;
  try {
    found = findProgram(command, env['PATH'] ?? '', cwd, shell);
  } catch (error) {
    throw error instanceof StartError ? new SyscallError(error.code, `spawn ${command}`) : error;
  }
  const to = output === undefined ? 'inherit' : 'pipe';
  const child = spawn(found.file, [...found.args, ...args], {
    cwd,
    env: { ...env },
    stdio: ['pipe', to, to],
  });
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(stdin ?? '');
  if (output !== undefined) {
    child.stdout?.on('data', (bytes: Uint8Array) => output('stdout', bytes));
    child.stderr?.on('data', (bytes: Uint8Array) => output('stderr', bytes));
  }
  return new Promise((done, failed) => {
    child.once('error', (error) => {
      failed(new SyscallError('code' in error ? String(error.code) : 'EIO', `spawn ${command}`));
    });
    child.once('spawn', () => {
      const exit = new Promise<number>((ended) => {
        child.once('close', (code, signal) => ended(code ?? 128 + (signal ? constants.signals[signal] : 0)));
      });
      const started: Child = {
        pid: child.pid ?? 0,
        exit,
        kill: (signal) => void child.kill(signal as NodeJS.Signals & number),
      };
      running.add(started);
      void exit.then(() => running.delete(started));
      done(started);
    });
  });
}

function send(pid: number, signal: number): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** Only a shell that is to read its script from there takes standard input; others leave it to what they start. */
function standardInput(args: readonly string[]): Uint8Array | undefined {
  return args.every((word) => word.startsWith('-') && !/c/.test(word))
    ? new Uint8Array(readFileSync(0))
    : undefined;
}

async function main(): Promise<void> {
  const running = new Set<Child>();
  const stop = new AbortController();
  const end = (signal: 'SIGTERM' | 'SIGINT' | 'SIGHUP') => {
    const number = constants.signals[signal];
    stop.abort();
    for (const child of running) child.kill(number);
    process.exit(128 + number);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => end(signal));
  const args = process.argv.slice(2);
  const env: Record<string, string> = {};
  for (const [key, value] of Object.entries(process.env)) if (value !== undefined) env[key] = value;
  env['PATH'] = [ownPath, env['PATH'] ?? ''].join(delimiter);
  const context: ProgramContext = {
    pid: process.pid,
    args,
    env,
    cwd: process.cwd(),
    fs: new ShellDisk(),
    stdin: standardInput(args),
    signal: stop.signal,
    write: (stream, data) => void process[stream].write(data),
    spawn: async (command, words, options = {}) => start(command, words, { env, ...options }, running),
    kill: send,
    connect: (port) => Promise.reject(new SyscallError('ECONNREFUSED', `connect ${port}`)),
    packages: noPackages,
    progress: () => undefined,
    unsupported: () => undefined,
    substitution: () => undefined,
  };
  process.exitCode = await bashProgram(context);
}

void main();
