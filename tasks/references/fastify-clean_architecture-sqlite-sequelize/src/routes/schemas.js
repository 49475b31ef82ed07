const text = { type: 'string', pattern: '\\S' };
const textOrNull = { type: ['string', 'null'] };
const texts = { type: 'array', items: { type: 'string' } };

/** A body that holds an object of this name. */
const bodyWith = (name, properties, required = []) => ({
  type: 'object',
  required: [name],
  properties: { [name]: { type: 'object', required, properties } },
});

const articleFields = { title: text, description: text, body: text, tagList: texts };

export const registration = bodyWith('user', { username: text, email: text, password: text }, [
  'username',
  'email',
  'password',
]);
export const login = bodyWith('user', { email: text, password: text }, ['email', 'password']);
export const userChanges = bodyWith('user', {
  username: text,
  email: text,
  password: text,
  bio: textOrNull,
  image: textOrNull,
});
export const newArticle = bodyWith('article', { ...articleFields, tagList: { ...texts, default: [] } }, [
  'title',
  'description',
  'body',
]);
export const articleChanges = bodyWith('article', articleFields);
export const newComment = bodyWith('comment', { body: text }, ['body']);

const profile = {
  type: 'object',
  properties: {
    username: { type: 'string' },
    bio: textOrNull,
    image: textOrNull,
    following: { type: 'boolean' },
  },
};
const time = { type: 'string', format: 'date-time' };
const item = {
  slug: { type: 'string' },
  title: { type: 'string' },
  description: { type: 'string' },
  tagList: texts,
  createdAt: time,
  updatedAt: time,
  favorited: { type: 'boolean' },
  favoritesCount: { type: 'integer' },
  author: profile,
};
const comment = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    createdAt: time,
    updatedAt: time,
    body: { type: 'string' },
    author: profile,
  },
};
const answerWith = (properties) => ({ '2xx': { type: 'object', properties } });

/** What answers show: ids and the like stay inside. */
export const showsArticle = answerWith({
  article: { type: 'object', properties: { ...item, body: { type: 'string' } } },
});
export const showsArticles = answerWith({
  articles: { type: 'array', items: { type: 'object', properties: item } },
  articlesCount: { type: 'integer' },
});
export const showsComment = answerWith({ comment });
export const showsComments = answerWith({ comments: { type: 'array', items: comment } });
