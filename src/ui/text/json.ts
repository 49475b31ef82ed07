/**
 * JSON with one member per line. Every token stays as it was written: numbers keep their digits, duplicate keys stay.
 * Text that is not JSON comes back unchanged.
 */
export function indentJson(text: string): string {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  let depth = 0;
  const line = (): string => `\n${'  '.repeat(depth)}`;
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
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
