'use strict';

const S = require('fluent-json-schema').default;

const text = () => S.string().pattern('\\S');
const textOrNull = () => S.raw({ type: ['string', 'null'] });
const wrap = (name, fields) => S.object().prop(name, fields).required([name]);

const registration = wrap(
  'user',
  S.object()
    .prop('username', text().required())
    .prop('email', text().required())
    .prop('password', text().required()),
);

const login = wrap('user', S.object().prop('email', text().required()).prop('password', text().required()));

const userChanges = wrap(
  'user',
  S.object()
    .prop('username', text())
    .prop('email', text())
    .prop('password', text())
    .prop('bio', textOrNull())
    .prop('image', textOrNull()),
);

const articleChanges = wrap(
  'article',
  S.object()
    .prop('title', text())
    .prop('description', text())
    .prop('body', text())
    .prop('tagList', S.array().items(S.string())),
);

const newArticle = wrap(
  'article',
  S.object()
    .prop('title', text().required())
    .prop('description', text().required())
    .prop('body', text().required())
    .prop('tagList', S.array().items(S.string()).default([])),
);

const newComment = wrap('comment', S.object().prop('body', text().required()));

/** Of a query: whole numbers are texts there. */
const page = S.object()
  .prop('limit', S.string().pattern('^[1-9]\\d{0,8}$').default('20'))
  .prop('offset', S.string().pattern('^\\d{1,9}$').default('0'));

const filters = page.prop('tag', S.string()).prop('author', S.string()).prop('favorited', S.string());

module.exports = { articleChanges, filters, login, newArticle, newComment, page, registration, userChanges };
