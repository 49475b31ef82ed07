import { expect, it } from 'vitest';
import type { KernelProcess, OutputSink } from './process.ts';
import type { SyncRequest } from './protocol.ts';
import { runToEnd } from './run-to-end.ts';
import { createReply, waitForAnswer } from './sync-reply.ts';

type RunCall = Extract<SyncRequest, { call: 'run' }>;
const call: RunCall = {
  call: 'run',
  command: 'x',
  args: [],
  cwd: '/',
  env: {},
  stdin: 'pipe',
  stdout: 'pipe',
  stderr: 'pipe',
  input: null,
  timeout: 0,
  maxBuffer: Infinity,
  killSignal: 15,
};

/** A child that does what `act` says, and ends at a signal. */
function run(options: Partial<RunCall>, act: (output: OutputSink, end: (code: number) => void) => void) {
  const reply = createReply();
  let end: (code: number) => void = () => undefined;
  const exit = new Promise<number>((resolve) => (end = resolve));
  const child: KernelProcess & { endedBy: number } = {
    pid: 9,
    ppid: 2,
    command: 'x',
    exit,
    endedBy: 0,
    isThread: false,
    input: () => undefined,
    signal(signal) {
      child.endedBy = signal;
      end(128 + signal);
    },
    terminate: (code) => end(code),
  };
  runToEnd(
    { ...call, ...options },
    (output) => {
      queueMicrotask(() => act(output, end));
      return child;
    },
    reply,
  );
  return exit.then(async () => {
    await Promise.resolve();
    const answered = waitForAnswer(reply);
    if ('code' in answered) throw new Error(answered.code);
    return { ...(answered.value as object), text: new TextDecoder().decode(answered.data) };
  });
}

const bytes = (text: string) => new TextEncoder().encode(text);

it('answers with both streams and the code', async () => {
  const result = await run({}, (output, end) => {
    output('stderr', bytes('e'));
    output('stdout', bytes('o1'));
    output('stdout', bytes('o2'));
    end(3);
  });
  expect(result).toEqual({ pid: 9, code: 3, signal: 0, stdoutBytes: 4, text: 'o1o2e' });
});

it('ends a child that writes more than it may', async () => {
  const result = await run({ maxBuffer: 3 }, (output) => output('stdout', bytes('abcdef')));
  expect(result).toMatchObject({ signal: 15, error: 'ENOBUFS', text: 'abcdef' });
});

it('ends a child that takes too long', async () => {
  expect(await run({ timeout: 5 }, () => undefined)).toMatchObject({ signal: 15, error: 'ETIMEDOUT' });
});
