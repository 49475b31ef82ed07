/** Node's `querystring`, as far as Postman's libraries use it. */

/** Percent-encodes as `encodeURIComponent`, and what that refuses: lone surrogates become U+FFFD. */
export function escape(text: unknown): string {
  return encodeURIComponent(String(text).toWellFormed());
}

/** Decodes what can be decoded, and leaves the rest as it is. */
export function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function primitive(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'bigint' || typeof value === 'boolean' ? String(value) : '';
}

/** `a=1&b=2`; an array gives its key once for each of its items. */
export function stringify(values: unknown, separator?: string | null, equals?: string | null): string {
  if (typeof values !== 'object' || values === null) return '';
  const pair = (key: string, value: unknown) => `${escape(key)}${equals || '='}${escape(primitive(value))}`;
  return Object.entries(values)
    .flatMap(([key, value]: [string, unknown]) =>
      Array.isArray(value) ? value.map((item: unknown) => pair(key, item)) : [pair(key, value)],
    )
    .join(separator || '&');
}

/** The inverse; a key that is there several times gives an array. */
export function parse(
  text: unknown,
  separator?: string | null,
  equals?: string | null,
): Record<string, string | string[]> {
  const sign = equals || '=';
  const values = Object.create(null) as Record<string, string | string[]>;
  if (typeof text !== 'string' || text === '') return values;
  for (const part of text.split(separator || '&')) {
    if (part === '') continue;
    const at = part.indexOf(sign);
    const decode = (raw: string) => unescape(raw.replaceAll('+', ' '));
    const key = decode(at < 0 ? part : part.slice(0, at));
    const value = at < 0 ? '' : decode(part.slice(at + sign.length));
    const known = values[key];
    if (known === undefined) values[key] = value;
    else if (Array.isArray(known)) known.push(value);
    else values[key] = [known, value];
  }
  return values;
}
