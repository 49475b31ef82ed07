import type { Usage } from './types.ts';

/** US dollars for a million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
  /** Of the input, what the provider's cache gave; without it those cost as the rest. */
  readonly cached?: number;
}

/** US dollars of one answer. Thinking is part of the output in every provider's count. */
export function costOf(usage: Usage, price: Price): number {
  const cached = Math.min(usage.cached, usage.input);
  return (
    ((usage.input - cached) * price.input +
      cached * (price.cached ?? price.input) +
      usage.output * price.output) /
    1e6
  );
}

/** One line of the table; `model` is matched as a whole, or as a beginning when it ends with `*`. */
export interface PriceLine extends Price {
  readonly model: string;
}

/** The line that fits the model best: the whole name before the longest beginning. Provider prefixes are ignored. */
export function priceFor(lines: readonly PriceLine[], model: string): PriceLine | undefined {
  const names = [model, model.split('/').at(-1) ?? model].map((name) => name.toLowerCase());
  const fitting = lines.filter(({ model: pattern }) => {
    const lower = pattern.trim().toLowerCase();
    if (lower === '' || lower === '*') return lower === '*';
    return names.some((name) => (lower.endsWith('*') ? name.startsWith(lower.slice(0, -1)) : name === lower));
  });
  const rank = ({ model: pattern }: PriceLine): number =>
    pattern.endsWith('*') ? pattern.length : Number.MAX_SAFE_INTEGER;
  return fitting.sort((a, b) => rank(b) - rank(a))[0];
}

/** Money that may be spent; asked for before a request, told after it. */
export class Budget {
  #spent = 0;

  /** @param limit - US dollars; undefined for none */
  constructor(readonly limit: number | undefined) {}

  get spent(): number {
    return this.#spent;
  }

  /** Costs that are not known count as nothing: the caller says so. */
  add(cost: number | undefined): void {
    this.#spent += cost ?? 0;
  }

  get used(): boolean {
    return this.limit !== undefined && this.#spent >= this.limit;
  }
}
