/** Reads `.env` text as Node's own parser does: `util.parseEnv`, `--env-file`, `process.loadEnvFile`. */
export function parseEnvText(text: string): Record<string, string> {
  const out: Record<string, string> = {};
  let rest = text.replaceAll('\r\n', '\n').trim();
  while (rest !== '') {
    const lineEnd = rest.indexOf('\n');
    const line = lineEnd < 0 ? rest : rest.slice(0, lineEnd);
    if (line.trim() === '' || line.trimStart().startsWith('#')) {
      rest = lineEnd < 0 ? '' : rest.slice(lineEnd + 1);
      continue;
    }
    const equals = line.indexOf('=');
    if (equals < 0) {
      rest = lineEnd < 0 ? '' : rest.slice(lineEnd + 1);
      continue;
    }
    const key = line
      .slice(0, equals)
      .trim()
      .replace(/^export\s+/, '');
    const value = readValue(rest.slice(equals + 1));
    if (key !== '') out[key] = value.text;
    rest = value.rest;
  }
  return out;
}

function readValue(source: string): { text: string; rest: string } {
  const trimmed = source.replace(/^[ \t]+/, '');
  const quote = trimmed.charAt(0);
  if (quote === '"' || quote === "'" || quote === '`') {
    const close = trimmed.indexOf(quote, 1);
    if (close > 0) {
      const raw = trimmed.slice(1, close);
      const lineEnd = trimmed.indexOf('\n', close);
      return {
        text: quote === '"' ? raw.replaceAll(String.raw`\n`, '\n') : raw,
        rest: lineEnd < 0 ? '' : trimmed.slice(lineEnd + 1),
      };
    }
  }
  const lineEnd = trimmed.indexOf('\n');
  const line = lineEnd < 0 ? trimmed : trimmed.slice(0, lineEnd);
  const comment = line.indexOf('#');
  const bare = (comment < 0 ? line : line.slice(0, comment)).trim();
  return { text: bare, rest: lineEnd < 0 ? '' : trimmed.slice(lineEnd + 1) };
}
