import { expect, test } from 'vitest';
import type { EmscriptenModule } from './emscripten.ts';
import { StackLimit } from './stack-limit.ts';

test('a parser gets a smaller part of the stack, and its thread the former one afterwards', () => {
  const calls: number[][] = [];
  const python = {
    here: 9_000_000,
    thread: 1,
    _emscripten_stack_get_current: () => python.here,
    _PyThreadState_Get: () => python.thread,
    _PyUnstable_ThreadState_SetStackProtection: (...args: number[]) => calls.push(args),
  };
  const limit = new StackLimit(python as unknown as EmscriptenModule);
  limit.begin();
  python.thread = 2;
  python.here = 8_000_000;
  limit.begin();
  python.here = 7_990_000;
  limit.narrow();
  limit.widen();
  const [first, second, narrow, again] = calls;
  expect(first?.[0]).toBe(1);
  expect((first?.[1] ?? 0) + (first?.[2] ?? 0)).toBe(9_000_000);
  expect((second?.[1] ?? 0) + (second?.[2] ?? 0)).toBe(8_000_000);
  expect((narrow?.[1] ?? 0) + (narrow?.[2] ?? 0)).toBe(7_990_000);
  expect(narrow?.[2]).toBeLessThan(second?.[2] ?? 0);
  expect(again).toEqual(second);
});
