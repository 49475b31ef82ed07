import { endpointPointer, endpoints, lookUp, type Endpoint } from '../contract/index.ts';
import type { About } from './types.ts';

/** Operations that can answer with this status. */
const answering = (status: number): Endpoint[] =>
  endpoints.filter((endpoint) => lookUp(endpointPointer(endpoint, status)) !== undefined);

const about = (operations: readonly Endpoint[], ...rules: string[]): About => ({
  endpoints: operations,
  rules,
});

const register: Endpoint = 'POST /users';
const login: Endpoint = 'POST /users/login';
const me: Endpoint = 'GET /user';
const changeMe: Endpoint = 'PUT /user';
const profile: Endpoint = 'GET /profiles/{username}';
const follow: Endpoint = 'POST /profiles/{username}/follow';
const unfollow: Endpoint = 'DELETE /profiles/{username}/follow';
const list: Endpoint = 'GET /articles';
const write: Endpoint = 'POST /articles';
const feed: Endpoint = 'GET /articles/feed';
const read: Endpoint = 'GET /articles/{slug}';
const change: Endpoint = 'PUT /articles/{slug}';
const remove: Endpoint = 'DELETE /articles/{slug}';
const comments: Endpoint = 'GET /articles/{slug}/comments';
const comment: Endpoint = 'POST /articles/{slug}/comments';
const uncomment: Endpoint = 'DELETE /articles/{slug}/comments/{id}';
const mark: Endpoint = 'POST /articles/{slug}/favorite';
const unmark: Endpoint = 'DELETE /articles/{slug}/favorite';
const tags: Endpoint = 'GET /tags';

const users = [register, login, me, changeMe];
const profiles = [profile, follow, unfollow];
const oneArticle = [write, read, change, mark, unmark];
const lists = [list, feed];
const bySlug = [read, change, remove, mark, unmark];

/** Rules about the profile of somebody, wherever it is shown. */
const person = ['people-private', 'following-caller', 'user-everywhere', 'user-nullable', 'user-new'];

/**
 * What each region of the reference server is about: the operations it serves, and the contract's rules that it keeps.
 * A region that is missing here cannot be mutated; `aboutRegion` says so.
 */
const regions: Readonly<Record<string, About>> = {
  'users.js userRoutes': about(users),
  'users.js requireUnused': about([register, changeMe], 'username-unique', 'email-unique', 'concurrency'),
  'users.js POST /users': about(
    [register, login],
    'login-user',
    'user-given',
    'user-new',
    'token-registration',
    'concurrency',
  ),
  'users.js POST /users/login': about([login], 'login-user', 'login-refused', 'login-change'),
  'users.js GET /user': about([me], 'user-caller'),
  'users.js PUT /user': about(
    [changeMe, login],
    'user-change',
    'user-nullable',
    'user-token',
    'user-everywhere',
    'login-change',
    'refused-no-effect',
  ),
  'profiles.js profileRoutes': about(profiles),
  'profiles.js loadProfile': about(profiles, 'profile-named'),
  'profiles.js answer': about(profiles, 'following-caller'),
  'profiles.js GET /:username': about([profile]),
  'profiles.js POST /:username/follow': about([follow], 'following-caller', 'follow-once', 'feed-content'),
  'profiles.js DELETE /:username/follow': about([unfollow], 'following-caller', 'feed-content'),
  'articles.js articleRoutes': about([...oneArticle, ...lists, remove]),
  'articles.js loadArticle': about(bySlug, 'article-found', 'article-gone'),
  'articles.js requireAuthor': about([change, remove], 'article-own'),
  'articles.js answer': about([read, change, mark, unmark], 'favorited-caller', 'following-caller'),
  'articles.js answerList': about(lists, 'limit', 'offset', 'articles-count'),
  'articles.js GET /': about([list], 'list-filters', 'filter-none'),
  'articles.js GET /feed': about([feed], 'feed-content'),
  'articles.js POST /': about([write], 'article-given', 'tags-given', 'tags-type'),
  'articles.js GET /:slug': about([read]),
  'articles.js PUT /:slug': about([change], 'article-change', 'article-own', 'refused-no-effect'),
  'articles.js DELETE /:slug': about([remove], 'article-gone', 'article-own'),
  'articles.js POST /:slug/favorite': about([mark], 'favorited-caller', 'favorites-count', 'concurrency'),
  'articles.js DELETE /:slug/favorite': about([unmark], 'favorited-caller', 'favorites-count'),
  'comments.js commentRoutes': about([comments, comment, uncomment]),
  'comments.js loadArticle': about([comments, comment, uncomment], 'comment-article', 'article-gone'),
  'comments.js GET /': about([comments], 'comment-order', 'following-caller'),
  'comments.js POST /': about([comment], 'comment-given', 'comment-id', 'concurrency'),
  'comments.js DELETE /:id': about([uncomment], 'comment-place', 'comment-own', 'comment-gone'),
  'app.js GET /tags': about([tags], 'tags-in-use'),

  'auth.js hashPassword': about([register, login, changeMe], 'login-user', 'login-change'),
  'auth.js isPassword': about([login], 'login-user', 'login-refused', 'login-change'),
  'auth.js createToken': about(users, 'token-registration', 'login-user', 'user-token', 'auth-scheme'),
  'auth.js identify': about(
    answering(401),
    'auth-scheme',
    'auth-refused',
    'following-caller',
    'favorited-caller',
  ),
  'auth.js requireUser': about(answering(401), 'auth-refused'),
  'errors.js ApiError': about([...answering(401), ...answering(404), ...answering(422)], 'error-shape'),
  'errors.js notFound': about(answering(404), 'error-shape'),
  'errors.js forbidden': about(answering(403), 'error-shape', 'article-own', 'comment-own'),
  'errors.js invalid': about(answering(422), 'error-shape'),
  'errors.js handleError': about([...answering(401), ...answering(404), ...answering(422)], 'error-shape'),

  'views.js showUser': about(users, 'user-given', 'user-new', 'secrets', 'user-change', 'user-nullable'),
  'views.js showProfile': about([...profiles, ...oneArticle, ...lists, comment, comments], ...person),
  'views.js showListItem': about([...oneArticle, ...lists], 'favorited-caller', 'favorites-count', 'times'),
  'views.js showArticle': about(oneArticle),
  'views.js showComment': about([comment, comments], 'following-caller', 'times'),

  'store.js slugify': about([write, change], 'slug-made', 'slug-unique', 'slug-change'),
  'store.js addUser': about([register, login, me, ...profiles], 'user-given', 'user-new', ...person),
  'store.js userById': about(answering(401), 'user-caller'),
  'store.js findUser': about([register, changeMe, login, ...profiles, list], 'exact-match', 'profile-named'),
  'store.js addArticle': about(
    [...oneArticle, ...lists, comment, comments, tags],
    'article-given',
    'tags-given',
    'created-at',
    'updated-at',
    'tags-in-use',
    'list-order',
  ),
  'store.js findArticle': about(bySlug, 'article-found'),
  'store.js updateArticle': about(
    [change],
    'article-change',
    'slug-change',
    'slug-stable',
    'slug-unique',
    'updated-at',
  ),
  'store.js deleteArticle': about([remove], 'article-gone'),
  'store.js articles': about(lists, 'list-order', 'list-filters', 'feed-content'),
  'store.js addComment': about([comment, comments], 'comment-given', 'comment-order', 'comment-id'),
  'store.js tags': about([tags], 'tags-in-use'),
  'store.js #nextId': about([register, me, write, comment], 'comment-id', 'list-order', 'user-caller'),
  'store.js #lastId': about([register, write, comment], 'comment-id'),
  'store.js #freeSlug': about(
    [write, change, read],
    'slug-unique',
    'slug-stable',
    'slug-made',
    'concurrency',
  ),

  'validation.js isBlank': about(answering(422), 'text-blank', 'text-type', 'text-missing'),
  'validation.js isObject': about(answering(422), 'wrapper-missing', 'text-type'),
  'validation.js readBody': about(
    answering(422),
    'text-missing',
    'wrapper-missing',
    'user-nullable',
    'tags-type',
  ),
  'validation.js take': about(answering(422), 'text-missing', 'text-blank'),
  'validation.js isListOfTexts': about([write, change], 'tags-type'),
  'validation.js readNumber': about(lists, 'limit', 'offset'),
};

/** Regions without behaviour that the contract speaks of. */
const silent: Readonly<Record<string, string>> = {
  'app.js GET /health-check': 'the contract has no health check; the run itself waits for it',
  'app.js createApp': 'puts the parts together; each part is mutated in its own file',
  'server.js top': 'where it listens; a mutant listens where it is told to',
  'auth.js top': 'how secret and how costly: nothing that an answer shows',
};

/**
 * What a region is about; undefined for one that shows no behaviour.
 * @throws Error for an unknown region: the reference has changed, and this table has to follow.
 */
export function aboutRegion(region: string): About | undefined {
  if (Object.hasOwn(silent, region)) return undefined;
  const found = Object.hasOwn(regions, region) ? regions[region] : undefined;
  if (found === undefined) {
    throw new Error(
      `no endpoints are declared for the region "${region}": add it to tasks/mutants/regions.ts`,
    );
  }
  return found;
}
