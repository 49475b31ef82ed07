/** A JSON object: its own keys only are to be read. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Reads JSON with comments and trailing commas, as tsconfig.json has it; undefined for anything but an object. */
export function readJson(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(withoutComments(text));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own property of something that may be an object. */
export function property(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Takes linear time. Commas before a closing bracket go too; strings are left as they are. */
function withoutComments(text: string): string {
  const kept: string[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let comma: number | undefined;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === '"') {
      const end = endOfString(text, at);
      kept.push(text.slice(at, end));
      comma = undefined;
      at = end;
    } else if (char === '/' && text[at + 1] === '/') at = endOr(text.indexOf('\n', at), text);
    else if (char === '/' && text[at + 1] === '*') at = endOr(text.indexOf('*/', at + 2), text, 2);
    else {
      if ((char === '}' || char === ']') && comma !== undefined) kept[comma] = ' ';
      if (char === ',') comma = kept.length;
      else if (!/\s/.test(char)) comma = undefined;
      kept.push(char);
      at++;
    }
  }
  return kept.join('');
}

function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function endOr(found: number, text: string, length = 0): number {
  return found === -1 ? text.length : found + length;
}
