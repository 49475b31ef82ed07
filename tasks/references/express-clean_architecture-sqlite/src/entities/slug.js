'use strict';

const slugBase = (title) =>
  title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'article';

/** The slugs that an article of this title may have, best first, without end. */
function* slugsFor(title) {
  const base = slugBase(title);
  // `/articles/feed` is the feed: no article may have this slug.
  if (base !== 'feed') yield base;
  for (let n = 2; ; n += 1) yield `${base}-${n}`;
}

module.exports = { slugsFor };
