/** `/articles/feed` is the feed: no article may have this slug. */
const reserved = 'feed';

export function freeSlug(title: string, isTaken: (slug: string) => boolean): string {
  const base =
    title
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'article';
  let slug = base;
  for (let n = 2; slug === reserved || isTaken(slug); n += 1) slug = `${base}-${n}`;
  return slug;
}
