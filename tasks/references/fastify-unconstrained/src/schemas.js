const object = (properties, required = []) => ({ type: 'object', properties, required });
const closed = (properties) => object(properties, Object.keys(properties));
const list = (items) => ({ type: 'array', items });

const string = { type: 'string' };
const text = { type: 'string', pattern: '\\S' };
const nullable = { type: ['string', 'null'] };
const boolean = { type: 'boolean' };
const integer = { type: 'integer' };
const time = { type: 'string', format: 'date-time' };

/** What is asked for: the schemas of bodies and queries. */
const requestUser = (fields, required) => closed({ user: object(fields, required) });
const requestArticle = (required) =>
  closed({
    article: object({ title: text, description: text, body: text, tagList: list(string) }, required),
  });

export const registration = requestUser({ username: text, email: text, password: text }, [
  'username',
  'email',
  'password',
]);
export const login = requestUser({ email: text, password: text }, ['email', 'password']);
export const userChanges = requestUser({
  username: text,
  email: text,
  password: text,
  bio: nullable,
  image: nullable,
});
export const newArticle = requestArticle(['title', 'description', 'body']);
export const articleChanges = requestArticle([]);
export const newComment = closed({ comment: closed({ body: text }) });

export const page = object({
  limit: { type: 'integer', minimum: 1, default: 20 },
  offset: { type: 'integer', minimum: 0, default: 0 },
});
export const filters = object({ ...page.properties, tag: string, author: string, favorited: string });

/** What is shown: the schemas of answers. What a schema does not name stays inside. */
const user = closed({ username: string, email: string, token: string, bio: nullable, image: nullable });
const profile = closed({ username: string, bio: nullable, image: nullable, following: boolean });
const listedArticle = closed({
  slug: string,
  title: string,
  description: string,
  tagList: list(string),
  createdAt: time,
  updatedAt: time,
  favorited: boolean,
  favoritesCount: integer,
  author: profile,
});
const article = closed({ ...listedArticle.properties, body: string });
const comment = closed({ id: integer, createdAt: time, updatedAt: time, body: string, author: profile });

export const showsUser = closed({ user });
export const showsProfile = closed({ profile });
export const showsArticle = closed({ article });
export const showsArticles = closed({ articles: list(listedArticle), articlesCount: integer });
export const showsComment = closed({ comment });
export const showsComments = closed({ comments: list(comment) });
export const showsTags = closed({ tags: list(string) });
