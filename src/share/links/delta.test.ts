import { describe, expect, it } from 'vitest';
import { applyDelta, DeltaError, deltaCost, makeDelta } from './delta.ts';

const lines = (count: number): string =>
  Array.from({ length: count }, (_, n) => `const value${n} = compute(${n * 7919});\n`).join('');
const base = lines(60);

/** Repeatable numbers from 0 to 1. */
function random(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}

describe('a delta', () => {
  it.each([
    ['the same text', base],
    ['a line more', base.replace('value30', 'other;\nconst value30')],
    ['a line less', base.replace(/const value20 .*\n/, '')],
    ['parts in another order', base.slice(1_000) + base.slice(0, 1_000)],
    ['a part twice', base.slice(0, 500) + base],
    ['nothing of it', 'print("hello")\n'],
    ['no text', ''],
    ['changed line ends', base.replaceAll('\n', '\r\n')],
  ])('brings back %s', (_, text) => {
    expect(applyDelta(base, makeDelta(base, text), text.length)).toBe(text);
  });

  it('is short where little has changed, and nothing but the text where nothing is shared', () => {
    expect(deltaCost(makeDelta(base, base))).toBeLessThan(12);
    expect(deltaCost(makeDelta(base, base.replace('value30', 'renamed')))).toBeLessThan(40);
    expect(makeDelta(base, 'print("hello, world")\n'.repeat(3))).toEqual([
      'print("hello, world")\n'.repeat(3),
    ]);
  });

  it('brings back hundreds of random edits', () => {
    const next = random(42);
    for (let round = 0; round < 300; round++) {
      let text = base;
      for (let edit = 0; edit < 1 + next() * 6; edit++) {
        const at = Math.floor(next() * text.length);
        const gone = Math.floor(next() * next() * 400);
        text = text.slice(0, at) + '🙂é\n'.repeat(Math.floor(next() * 3)) + text.slice(at + gone);
      }
      expect(applyDelta(base, makeDelta(base, text), text.length)).toBe(text);
    }
  });

  it('does not cut a character in two', () => {
    const before = `${'x'.repeat(40)}🙂${'y'.repeat(40)}`;
    const after = `${'x'.repeat(40)}🙃${'y'.repeat(40)}`;
    const delta = makeDelta(before, after);
    expect(applyDelta(before, delta, 100)).toBe(after);
    for (const part of delta) if (typeof part === 'string') expect(part).toBe(part.toWellFormed());
  });

  it('takes its time in proportion to the text, however that repeats itself', () => {
    const many = 'ab'.repeat(100_000);
    expect(applyDelta(many, makeDelta(many, `${many}c${many}`), 500_000)).toBe(`${many}c${many}`);
  });

  it.each([
    ['copies from before the base', [-1, 5]],
    ['copies from behind the base', [0, base.length + 1]],
    ['copies a part of a unit', [0.5, 2]],
    ['copies backwards', [5, -2]],
    ['lacks a length', [5]],
    ['has text for a length', [5, 'x']],
    ['says no number', [Number.NaN, 1]],
  ])('is refused when it %s', (_, delta) => {
    expect(() => applyDelta(base, delta, 10_000)).toThrow(DeltaError);
  });

  it('is refused when it comes to more than it may', () => {
    const bomb = Array.from({ length: 10_000 }, () => [-base.length, base.length]).flat();
    bomb[0] = 0;
    expect(() => applyDelta(base, bomb, 100_000)).toThrow('too long');
  });
});
