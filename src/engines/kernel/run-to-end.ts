import type { KernelProcess, OutputSink } from './process.ts';
import { killed } from './process.ts';
import type { RunResult, SyncRequest } from './protocol.ts';
import { answer } from './sync-reply.ts';

type RunCall = Extract<SyncRequest, { call: 'run' }>;
type Stream = 'stdout' | 'stderr';

/**
 * Runs a child for a process that sleeps until its end, and writes the answer with what it wrote.
 * @param start Starts it; `input` is all of its standard input, undefined when `call.stdin` says what it is.
 */
export function runToEnd(
  call: RunCall,
  start: (output: OutputSink, input: Uint8Array | undefined) => KernelProcess,
  reply: SharedArrayBuffer,
): void {
  const kept: Record<Stream, Uint8Array[]> = { stdout: [], stderr: [] };
  const size: Record<Stream, number> = { stdout: 0, stderr: 0 };
  let error: RunResult['error'];
  const stop = (why: NonNullable<RunResult['error']>): void => {
    if (error !== undefined) return;
    error = why;
    child.signal(call.killSignal);
    // Who waits cannot send another signal: a child that ignores this one is ended.
    later = setTimeout(() => child.terminate(killed(call.killSignal), call.killSignal), GRACE_MS);
  };
  const output: OutputSink = (stream, bytes) => {
    if (error === 'ENOBUFS') return;
    kept[stream].push(Uint8Array.from(bytes));
    size[stream] += bytes.byteLength;
    if (size[stream] > call.maxBuffer) stop('ENOBUFS');
  };
  const input = call.stdin === 'pipe' ? (call.input ?? new Uint8Array()) : undefined;
  const child = start(output, input);
  let later: ReturnType<typeof setTimeout> | undefined;
  const timer = call.timeout > 0 ? setTimeout(() => stop('ETIMEDOUT'), call.timeout) : undefined;
  void child.exit.then((code) => {
    clearTimeout(timer);
    clearTimeout(later);
    const value: RunResult = {
      pid: child.pid,
      code,
      signal: child.endedBy,
      stdoutBytes: size.stdout,
      ...(error === undefined ? {} : { error }),
    };
    answer(reply, { value, data: joined([...kept.stdout, ...kept.stderr]) });
  });
}

const GRACE_MS = 2_000;

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let offset = 0;
  for (const part of parts) {
    out.set(part, offset);
    offset += part.byteLength;
  }
  return out;
}
