const reserved = ['feed'];

export const baseOf = (title) =>
  title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'article';

/** The base, or else the base with the least number from 2 on that nobody uses; `/articles/feed` is the feed. */
export function slugFrom(base, used) {
  const taken = new Set([...used, ...reserved]);
  if (!taken.has(base)) return base;
  let number = 2;
  while (taken.has(`${base}-${number}`)) number += 1;
  return `${base}-${number}`;
}
