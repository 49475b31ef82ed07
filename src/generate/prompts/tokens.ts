/** How many tokens a text is. */
export interface TokenCount {
  readonly tokens: number;
  /** The encoding that counted. */
  readonly encoding: 'o200k_base';
  /** Models of OpenAI since GPT-4o use this encoding; for all others the count is an estimate. */
  readonly exact: boolean;
}

/** Longer texts are counted in part and scaled: counting is slower than reading. */
const mostCounted = 400_000;

/**
 * Counts with `gpt-tokenizer`, which is loaded when it is first asked for.
 * @param model - whose tokens these are to be
 */
export async function countTokens(text: string, model: string): Promise<TokenCount> {
  const { countTokens: count } = await import('gpt-tokenizer/encoding/o200k_base');
  const part = text.length > mostCounted ? text.slice(0, mostCounted) : text;
  // A prompt that names a special token is plain text to a provider.
  const counted = count(part, { disallowedSpecial: new Set() });
  const whole = part === text;
  const name = model.split('/').at(-1) ?? model;
  return {
    tokens: whole ? counted : Math.round((counted * text.length) / part.length),
    encoding: 'o200k_base',
    exact: whole && /^(gpt-(4o|4\.\d|5|oss)|chatgpt-|o[134](-|$))/.test(name),
  };
}
