import { expect, it } from 'vitest';
import { Stdio } from './pipe.ts';

it('keeps the output and the end of a child that was quicker than the answer to spawn', () => {
  const stdio = new Stdio();
  const seen: unknown[] = [];
  const events = (pid: number) => ({
    output: (stream: string, bytes: Uint8Array) => void seen.push([pid, stream, ...bytes]),
    exit: (code: number) => void seen.push([pid, 'exit', code]),
  });
  stdio.addChild(3, events(3));
  stdio.childOutput(4, 'stdout', new Uint8Array([1]));
  stdio.childExit(4, 7);
  stdio.childOutput(3, 'stderr', new Uint8Array([2]));
  expect(seen).toEqual([[3, 'stderr', 2]]);
  stdio.addChild(4, events(4));
  stdio.childExit(3, 0);
  expect(seen.slice(1)).toEqual([
    [4, 'stdout', 1],
    [4, 'exit', 7],
    [3, 'exit', 0],
  ]);
});

it('knows a child by the number that it had before the kernel gave one', () => {
  const stdio = new Stdio();
  const [first, second] = [stdio.provisionalPid(), stdio.provisionalPid()];
  expect(first).not.toBe(second);
  stdio.settlePid(first, 12);
  expect([first, second, 12].map((pid) => stdio.realPid(pid))).toEqual([12, second, 12]);
});
