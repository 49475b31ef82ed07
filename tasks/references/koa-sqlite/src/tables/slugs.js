/** `/articles/feed` is the feed: no article may have this slug. */
const reserved = new Set(['feed']);

/** Slugs for a title, the nicest first, without an end. */
export function* slugsFor(title) {
  const base =
    title
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'article';
  if (!reserved.has(base)) yield base;
  for (let n = 2; ; n += 1) yield `${base}-${n}`;
}
