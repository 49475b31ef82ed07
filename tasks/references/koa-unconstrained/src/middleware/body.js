'use strict';

const { bodyParser } = require('@koa/bodyparser');
const compose = require('koa-compose');

const parse = bodyParser({
  enableTypes: ['json'],
  jsonStrict: false,
  onError: (error, ctx) => ctx.throw(422, { errors: { body: [error.message] } }),
});

/**
 * Parses the body and sets `ctx.state.fields` to what `checks` names of `body[name]`. Stands after the guards of a
 * route, so that what is wrong with a body is only told to who may send it.
 * @param checks by field: what is wrong with a value, or undefined when nothing is
 */
const body = (name, checks) =>
  compose([
    parse,
    (ctx, next) => {
      const given = ctx.request.body?.[name];
      ctx.assert(isObject(given), 422, { errors: { [name]: ['is missing'] } });
      const named = Object.entries(checks).map(([field, check]) => [
        field,
        given[field],
        check(given[field]),
      ]);
      const wrong = named.filter(([, , message]) => message !== undefined);
      const errors = Object.fromEntries(wrong.map(([field, , message]) => [field, [message]]));
      ctx.assert(wrong.length === 0, 422, { errors });
      ctx.state.fields = Object.fromEntries(named.filter(([, value]) => value !== undefined));
      return next();
    },
  ]);

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (value) => {
  if (typeof value !== 'string') return 'is no text';
  return value.trim() === '' ? "can't be blank" : undefined;
};
const textOrNull = (value) =>
  value === null || typeof value === 'string' ? undefined : 'is neither text nor null';
const texts = (value) =>
  Array.isArray(value) && value.every((item) => typeof item === 'string') ? undefined : 'is no list of texts';
const optional = (check) => (value) => (value === undefined ? undefined : check(value));

module.exports = { body, optional, text, textOrNull, texts };
