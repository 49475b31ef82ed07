import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { constants } from 'node:os';
import { limits } from '../../domain/limits.ts';
import { EngineError, type OutputChunk, type Process } from '../engine.ts';

export interface StartOptions {
  cwd: string;
  env: Record<string, string>;
}

/** Starts a program at the head of a process group of its own. */
function start(
  command: string,
  args: readonly string[],
  options: StartOptions,
): Promise<ChildProcessWithoutNullStreams> {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { ...options, detached: true, stdio: 'pipe' });
    child.once('spawn', () => done(child));
    child.once('error', failed);
  });
}

/**
 * Starts a program as a shell would: a script without a `#!` line runs in sh.
 * @throws EngineError ENOENT, EACCES and other POSIX codes.
 */
export async function startProcess(
  command: string,
  args: readonly string[],
  options: StartOptions,
): Promise<NativeProcess> {
  try {
    return new NativeProcess(await start(command, args, options));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'EIO';
    if (code === 'ENOEXEC') return new NativeProcess(await start('/bin/sh', [command, ...args], options));
    const reason = { ENOENT: 'no such program', EACCES: 'not executable' }[code] ?? 'cannot be started';
    throw new EngineError(code, `${command}: ${reason} (${code})`, { cause: error });
  }
}

export class NativeProcess implements Process {
  readonly pid: number;
  readonly output: ReadableStream<OutputChunk>;
  readonly input: WritableStream<Uint8Array>;
  readonly exit: Promise<number>;
  #running = true;

  constructor(child: ChildProcessWithoutNullStreams) {
    this.pid = child.pid ?? -1;
    this.exit = new Promise((done) => {
      child.once('exit', (code, signal) => {
        this.#running = false;
        done(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
      });
    });
    this.output = outputOf(child);
    this.input = inputOf(child);
  }

  kill(signal: 'SIGTERM' | 'SIGKILL' | 'SIGINT' = 'SIGTERM'): void {
    signalGroup(this.pid, signal);
    if (signal === 'SIGKILL') return;
    const pid = this.pid;
    setTimeout(() => signalGroup(pid, 'SIGKILL'), limits.killGraceMs).unref();
  }

  get running(): boolean {
    return this.#running;
  }
}

/** Signals a process group; one that is gone is no error. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // ESRCH: nobody of the group is left.
  }
}

function outputOf(child: ChildProcessWithoutNullStreams): ReadableStream<OutputChunk> {
  const streams = [
    ['stdout', child.stdout],
    ['stderr', child.stderr],
  ] as const;
  let cancelled = false;
  return new ReadableStream<OutputChunk>(
    {
      start(controller) {
        for (const [stream, source] of streams) {
          source.on('data', (data: Buffer) => {
            if (cancelled) return;
            controller.enqueue({ stream, bytes: new Uint8Array(data) });
            if ((controller.desiredSize ?? 0) <= 0) for (const [, other] of streams) other.pause();
          });
          source.on('error', () => undefined);
        }
        child.once('close', () => {
          if (!cancelled) controller.close();
        });
      },
      pull: () => {
        for (const [, source] of streams) source.resume();
      },
      cancel() {
        // What nobody reads is drained, so that the process does not stand still on a full pipe.
        cancelled = true;
        for (const [, source] of streams) source.resume();
      },
    },
    { highWaterMark: limits.outputInFlightBytes, size: (chunk) => chunk.bytes.byteLength },
  );
}

function inputOf(child: ChildProcessWithoutNullStreams): WritableStream<Uint8Array> {
  // A process may end without reading its input.
  child.stdin.on('error', () => undefined);
  return new WritableStream<Uint8Array>({
    write: (bytes) =>
      new Promise((done) => {
        if (child.stdin.destroyed) done();
        else child.stdin.write(bytes, () => done());
      }),
    close: () => void child.stdin.end(),
    abort: () => void child.stdin.end(),
  });
}
