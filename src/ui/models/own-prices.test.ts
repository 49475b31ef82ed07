import { expect, it } from 'vitest';
import { ownPrice, pricesFile, readPrices } from './own-prices.ts';

it('finds the price of a model: its own name before a beginning', () => {
  const prices = { 'gpt-9': { input: 1, output: 2 }, 'gpt-9*': { input: 3, output: 4, cached: 0 } };
  expect(ownPrice(prices, 'gpt-9')).toEqual({ input: 1, output: 2 });
  expect(ownPrice(prices, 'openai/gpt-9-mini')).toEqual({ input: 3, output: 4, cached: 0 });
  expect(ownPrice(prices, 'constructor')).toBeUndefined();
});

it('reads what it wrote, and refuses what are no prices', () => {
  const prices = { a: { input: 0, output: 0 }, b: { input: 1.5, output: 2, cached: 0.1 } };
  expect(readPrices(pricesFile(prices))).toEqual(prices);
  for (const text of [
    '',
    '[]',
    '{"a": 1}',
    '{"a": {"input": -1, "output": 1}}',
    '{"a": {"input": "1", "output": 1}}',
  ])
    expect(readPrices(text)).toBeUndefined();
});
