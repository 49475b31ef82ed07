'use strict';

const { invalid } = require('./errors');

const isBlank = (value) => typeof value !== 'string' || value.trim() === '';
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The fields of `body[name]` that are given; refuses a body without that object.
 * @param rules `required`: texts that have to be there; `optional`: texts that are not blank when they are there;
 *   `nullable`: texts or null; `lists`: lists of texts
 */
function readBody(body, name, { required = [], optional = [], nullable = [], lists = [] }) {
  const given = body?.[name];
  if (!isObject(given)) throw invalid({ [name]: ['is missing'] });
  const errors = {};
  const fields = {};
  const take = (field, isValid, message) => {
    if (isValid(given[field])) fields[field] = given[field];
    else errors[field] = [message];
  };
  for (const field of required) take(field, (value) => !isBlank(value), "can't be blank");
  for (const field of optional) {
    if (given[field] !== undefined) take(field, (value) => !isBlank(value), "can't be blank");
  }
  for (const field of nullable) {
    if (given[field] !== undefined) take(field, (value) => value === null || typeof value === 'string', 'is no text');
  }
  for (const field of lists) {
    if (given[field] !== undefined) take(field, isListOfTexts, 'is no list of texts');
  }
  if (Object.keys(errors).length > 0) throw invalid(errors);
  return fields;
}

function isListOfTexts(value) {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** A whole number from the query, or the default when it is none. */
function readNumber(value, fallback, least) {
  const number = Number(value);
  return value !== undefined && Number.isInteger(number) && number >= least ? number : fallback;
}

module.exports = { readBody, readNumber };
