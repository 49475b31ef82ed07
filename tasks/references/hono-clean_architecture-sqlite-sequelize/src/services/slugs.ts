import type { NewSlug } from '../repositories/article-repository.js';

/** `/articles/feed` is the feed: no article may have this slug. */
const reserved = 'feed';

export function slugFor(title: string): NewSlug {
  const base =
    title
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'article';

  return {
    base,
    pick(taken) {
      let slug = base;
      for (let n = 2; slug === reserved || taken.has(slug); n += 1) slug = `${base}-${n}`;
      return slug;
    },
  };
}
