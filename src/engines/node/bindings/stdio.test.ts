import { expect, it } from 'vitest';
import { Stdio } from './stdio.ts';

it('keeps the output and the end of a child that was quicker than the answer to spawn', () => {
  const stdio = new Stdio();
  const seen: unknown[] = [];
  const events = (pid: number) => ({
    output: (stream: string, bytes: Uint8Array) => void seen.push([pid, stream, ...bytes]),
    exit: (code: number, signal: number) => void seen.push([pid, 'exit', code, signal]),
  });
  stdio.addChild(3, events(3));
  stdio.childOutput(4, 'stdout', new Uint8Array([1]));
  stdio.childExit(4, 0, 15);
  stdio.childOutput(3, 'stderr', new Uint8Array([2]));
  expect(seen).toEqual([[3, 'stderr', 2]]);
  stdio.addChild(4, events(4));
  stdio.childExit(3, 7, 0);
  expect(seen.slice(1)).toEqual([
    [4, 'stdout', 1],
    [4, 'exit', 0, 15],
    [3, 'exit', 7, 0],
  ]);
});
