/** US dollars, with as many digits as say something: `0.0042`, `1.37`. */
export function dollars(amount: number): string {
  if (amount === 0) return '0';
  return amount >= 1 ? amount.toFixed(2) : amount.toFixed(Math.min(8, 1 - Math.floor(Math.log10(amount))));
}

/** Tokens a second from the first token on; undefined where that cannot be told. */
export function tokensPerSecond(turn: {
  readonly usage?: { readonly output: number } | undefined;
  readonly ms: number;
  readonly firstTokenMs?: number | undefined;
}): string | undefined {
  if (turn.usage === undefined || turn.firstTokenMs === undefined) return undefined;
  const seconds = (turn.ms - turn.firstTokenMs) / 1_000;
  if (seconds <= 0 || turn.usage.output === 0) return undefined;
  const rate = turn.usage.output / seconds;
  return rate >= 10 ? Math.round(rate).toLocaleString('en') : rate.toFixed(1);
}
