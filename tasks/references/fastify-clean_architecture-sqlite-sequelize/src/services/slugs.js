/** `/articles/feed` is the feed: no article may have this slug. */
const reserved = new Set(['feed']);

/** What the slug of a title begins with, and what picks one: the base itself, or the first `base-2`, … that is free. */
export function slugFor(title) {
  const base =
    title
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'article';

  function pick(taken) {
    let slug = base;
    for (let n = 2; reserved.has(slug) || taken.has(slug); n += 1) slug = `${base}-${n}`;
    return slug;
  }

  return { base, pick };
}
