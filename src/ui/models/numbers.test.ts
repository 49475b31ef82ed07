import { describe, expect, it } from 'vitest';
import { dollars, tokensPerSecond } from './numbers.ts';

describe('tokens a second', () => {
  const usage = { output: 100, reasoning: 0 };

  it.each([
    ['from the first token on', { usage, ms: 3_000, firstTokenMs: 1_000 }, '50'],
    [
      'of the request that was answered, after others failed',
      { usage, ms: 60_000, answerMs: 3_000, firstTokenMs: 1_000 },
      '50',
    ],
    ['over the whole time of an answer in one piece', { usage, ms: 2_000 }, '50'],
    ['over the whole time of a stream in one chunk', { usage, ms: 2_000, firstTokenMs: 1_999 }, '50'],
    [
      'without thinking that was over before',
      { usage: { output: 100, reasoning: 60 }, ms: 3_000, firstTokenMs: 1_000 },
      '20',
    ],
    [
      'with thinking that was shown',
      { usage: { output: 100, reasoning: 60 }, reasoning: 'hm', ms: 3_000, firstTokenMs: 1_000 },
      '50',
    ],
    [
      'with a digit when they are few',
      { usage: { output: 5, reasoning: 0 }, ms: 2_000, firstTokenMs: 0 },
      '2.5',
    ],
  ])('are counted %s', (_, turn, expected) => {
    expect(tokensPerSecond(turn)).toBe(expected);
  });

  it('are not made up', () => {
    expect(tokensPerSecond({ ms: 2_000 })).toBeUndefined();
    expect(tokensPerSecond({ usage: { output: 0, reasoning: 0 }, ms: 2_000 })).toBeUndefined();
    expect(tokensPerSecond({ usage, ms: 0 })).toBeUndefined();
  });
});

it('shows small amounts of money with the digits that count', () => {
  expect([0, 0.000012, 0.0042, 1.368].map(dollars)).toEqual(['0', '0.000012', '0.0042', '1.37']);
});
