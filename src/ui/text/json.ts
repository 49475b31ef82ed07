/** Longer and deeper texts come back as they are: indented, brackets without end would be too long for any memory. */
const longest = 2_000_000;
const deepest = 100;

/**
 * JSON with one member per line. Every token stays as it was written: numbers keep their digits, duplicate keys stay.
 * Text that is not JSON comes back unchanged, and so does what is too long or too deep.
 */
export function indentJson(text: string): string {
  if (text.length > longest) return text;
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  let depth = 0;
  const line = (): string => `\n${'  '.repeat(depth)}`;
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  if (depthOf(tokens) > deepest) return text;
  return tokens
    .map((token, index) => {
      const before = tokens[index - 1];
      if (token === '{' || token === '[') {
        depth++;
        return tokens[index + 1] === '}' || tokens[index + 1] === ']' ? token : `${token}${line()}`;
      }
      if (token === '}' || token === ']') {
        depth--;
        return before === '{' || before === '[' ? token : `${line()}${token}`;
      }
      if (token === ',') return `,${line()}`;
      return token === ':' ? ': ' : token;
    })
    .join('');
}

function depthOf(tokens: readonly string[]): number {
  let depth = 0;
  let most = 0;
  for (const token of tokens) {
    if (token === '{' || token === '[') most = Math.max(most, ++depth);
    else if (token === '}' || token === ']') depth--;
  }
  return most;
}
