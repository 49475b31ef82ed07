'use strict';

const slugBase = (title) =>
  title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'article';

/** `/articles/feed` is the feed: no article may have this slug. */
function pickSlug(base, taken) {
  if (base !== 'feed' && !taken.has(base)) return base;
  let n = 2;
  while (taken.has(`${base}-${n}`)) n += 1;
  return `${base}-${n}`;
}

module.exports = { pickSlug, slugBase };
