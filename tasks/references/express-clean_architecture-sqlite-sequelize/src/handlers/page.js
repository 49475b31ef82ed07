'use strict';

/** A whole number of the query, or the default when it is none. */
function readNumber(value, fallback, least) {
  const number = Number(value ?? fallback);
  return Number.isInteger(number) && number >= least ? number : fallback;
}

const readPage = ({ limit, offset }) => ({
  limit: readNumber(limit, 20, 1),
  offset: readNumber(offset, 0, 0),
});

module.exports = { readPage };
