'use strict';

/** A whole number of the query, or the default when it is none. */
function readNumber(value, fallback, least) {
  const number = Number(value ?? fallback);
  return Number.isSafeInteger(number) && number >= least ? number : fallback;
}

const readPage = ({ limit, offset }) => ({
  limit: readNumber(limit, 20, 1),
  offset: readNumber(offset, 0, 0),
});

/** Of a parameter that is given more than once, the last counts. */
const last = (value) => (Array.isArray(value) ? value.at(-1) : value);

const readFilters = ({ tag, author, favorited }) => ({
  tag: last(tag),
  author: last(author),
  favorited: last(favorited),
});

module.exports = { readFilters, readPage };
