import { expect, it } from 'vitest';
import { OutputGate } from './output-gate.ts';

const lengthOf = (parts: Uint8Array[]) => parts.reduce((sum, part) => sum + part.byteLength, 0);

it('passes so many bytes, says once that it drops the rest, and drops it', () => {
  const gate = new OutputGate(1_000);
  expect(lengthOf(gate.take(new Uint8Array(600)))).toBe(600);
  const [rest, note] = gate.take(new Uint8Array(600));
  expect(rest?.byteLength).toBe(400);
  expect(new TextDecoder().decode(note)).toContain('output beyond 1000 bytes was dropped');
  expect(gate.take(new Uint8Array(1))).toEqual([]);
});

it('hands out copies', () => {
  const source = new Uint8Array([1, 2, 3]);
  const [copy] = new OutputGate(10).take(source);
  source[0] = 9;
  expect([...(copy ?? [])]).toEqual([1, 2, 3]);
});
