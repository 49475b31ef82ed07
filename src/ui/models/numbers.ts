/** US dollars, with as many digits as say something: `0.0042`, `1.37`. */
export function dollars(amount: number): string {
  if (amount === 0) return '0';
  return amount >= 1 ? amount.toFixed(2) : amount.toFixed(Math.min(8, 1 - Math.floor(Math.log10(amount))));
}

/** What is known of the time that an answer took, milliseconds, and of its tokens. */
interface Paced {
  readonly usage?: { readonly output: number; readonly reasoning: number } | undefined;
  /** What the model showed of its thinking. */
  readonly reasoning?: string | undefined;
  readonly ms: number;
  readonly answerMs?: number | undefined;
  readonly firstTokenMs?: number | undefined;
}

/** Of the time of an answer, the part that its text has to stream for at least: less is an answer in one piece. */
const leastOfStream = 0.1;

/**
 * Tokens a second: from the first token on where the answer streamed, over its whole time where it came in one piece;
 * undefined where that cannot be told. Thinking that was not shown was over when the first token came.
 */
export function tokensPerSecond({
  usage,
  reasoning = '',
  ms,
  answerMs,
  firstTokenMs,
}: Paced): string | undefined {
  if (usage === undefined || usage.output === 0) return undefined;
  const whole = answerMs ?? ms;
  const streamed = whole - (firstTokenMs ?? whole);
  const inOnePiece = streamed < whole * leastOfStream;
  const tokens = inOnePiece || reasoning !== '' ? usage.output : usage.output - usage.reasoning;
  const seconds = (inOnePiece ? whole : streamed) / 1_000;
  if (seconds <= 0 || tokens <= 0) return undefined;
  const rate = tokens / seconds;
  return rate >= 10 ? Math.round(rate).toLocaleString('en') : rate.toFixed(1);
}
