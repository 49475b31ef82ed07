import type { PriceLine } from './prices.ts';

/** A price that was read at a time: prices change, and the page says so. */
export interface ListedPrice extends PriceLine {
  /** Month in which it was read. */
  readonly asOf: string;
}

const openai = (model: string, input: number, cached: number, output: number): ListedPrice => ({
  model,
  input,
  cached,
  output,
  asOf: '2026-06',
});
const anthropic = (model: string, input: number, cached: number, output: number): ListedPrice => ({
  model,
  input,
  cached,
  output,
  asOf: '2026-10',
});

/**
 * Prices that the table begins with. Models that are not in it have no price until a person enters one, or the
 * provider's list of models tells it: a wrong price is worse than none.
 */
export const listedPrices: readonly ListedPrice[] = [
  openai('gpt-5.5', 5, 0.5, 30),
  openai('gpt-5.4', 2.5, 0.25, 15),
  openai('gpt-5.4-mini', 0.75, 0.075, 4.5),
  openai('gpt-5.4-nano', 0.2, 0.02, 1.25),
  anthropic('claude-opus-5-5*', 4, 0.2, 20),
  anthropic('claude-opus-5', 5, 0.5, 25),
  anthropic('claude-sonnet-5-5*', 2, 0.1, 10),
  anthropic('claude-sonnet-5', 2, 0.2, 10),
  anthropic('claude-haiku-4-5*', 1, 0.1, 5),
];
