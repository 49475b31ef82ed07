import { isObject, resolvePointer, type Json } from '../json.ts';

/** How much of each text the contract promises to take: characters, or bytes of UTF-8 (rule `text-length`). */
const most: Readonly<Record<string, { characters: number } | { bytes: number }>> = {
  title: { characters: 200 },
  description: { characters: 200 },
  bio: { characters: 200 },
  image: { characters: 200 },
  username: { characters: 100 },
  email: { characters: 100 },
  body: { bytes: 32 * 1024 },
  password: { bytes: 72 },
};
const mostTagCharacters = 100;

/** What else a field may be refused for (rules `texts` and `texts-accepted`). */
const refused: Readonly<Record<string, (text: string) => boolean>> = {
  username: (text) => text.includes('/') || text === '.' || text === '..',
  email: (text) => !/^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$/.test(text),
  password: (text) => [...text].length < 8,
};

/**
 * The first field of a request that a server need not take, though its type is right and it is not blank.
 * @param body of the request, with the object that holds the fields
 */
export function findRefusable(body: Json): string | undefined {
  const [fields] = isObject(body) ? Object.values(body) : [];
  if (!isObject(fields)) return undefined;
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value !== 'string' || value.trim() === '') continue;
    if (value.includes('\0') || !value.isWellFormed()) return name;
    const limit = Object.hasOwn(most, name) ? most[name] : undefined;
    if (limit !== undefined && excess(value, limit) > 0) return name;
    if (Object.hasOwn(refused, name) && refused[name]?.(value) === true) return name;
  }
  const tags = resolvePointer(fields, '/tagList');
  const long = (tag: Json) =>
    typeof tag === 'string' && ([...tag].length > mostTagCharacters || tag.trim() === '');
  return Array.isArray(tags) && tags.some(long) ? 'tagList' : undefined;
}

/** By how much a text is longer than the limit; not above 0 when it fits. */
function excess(text: string, limit: { characters: number } | { bytes: number }): number {
  if ('bytes' in limit) return new TextEncoder().encode(text).byteLength - limit.bytes;
  return [...text].length - limit.characters;
}
