import * as v from 'valibot';
import { priceFor, type Price } from '../../generate/client/prices.ts';

const amount = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1e6));
const price = v.object({ input: amount, output: amount, cached: v.optional(amount) });
const mostPrices = 2_000;
const table = v.pipe(
  v.record(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(300)), price),
  v.check((prices) => Object.keys(prices).length <= mostPrices),
);

/** Prices that a person entered, by model; a name that ends with `*` is a beginning. */
export type OwnPrices = Readonly<
  Record<string, { readonly input: number; readonly output: number; readonly cached?: number | undefined }>
>;

/** Whole, without what is missing. */
export const plainPrice = ({ input, output, cached }: OwnPrices[string]): Price => ({
  input,
  output,
  ...(cached !== undefined && { cached }),
});

/** The entered price that fits a model best; undefined when there is none. */
export function ownPrice(prices: OwnPrices, model: string): Price | undefined {
  const exact = Object.hasOwn(prices, model) ? prices[model] : undefined;
  if (exact !== undefined) return plainPrice(exact);
  const lines = Object.entries(prices).map(([name, one]) => ({ model: name, ...plainPrice(one) }));
  const line = priceFor(lines, model);
  return line === undefined ? undefined : plainPrice(line);
}

/** A file of prices, as `readPrices` takes it. */
export const pricesFile = (prices: OwnPrices): string => `${JSON.stringify(prices, undefined, 2)}\n`;

/** Undefined for a text that holds no prices. */
export function readPrices(text: string): OwnPrices | undefined {
  try {
    const data: unknown = JSON.parse(text);
    const parsed = v.safeParse(table, data);
    return parsed.success && !Array.isArray(data) ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}
