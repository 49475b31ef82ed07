import type { Endpoint } from '../contract/index.ts';

/** The operations of the contract by short names. */
export const to = {
  register: 'POST /users',
  logIn: 'POST /users/login',
  readUser: 'GET /user',
  changeUser: 'PUT /user',
  readProfile: 'GET /profiles/{username}',
  follow: 'POST /profiles/{username}/follow',
  unfollow: 'DELETE /profiles/{username}/follow',
  list: 'GET /articles',
  feed: 'GET /articles/feed',
  write: 'POST /articles',
  read: 'GET /articles/{slug}',
  change: 'PUT /articles/{slug}',
  remove: 'DELETE /articles/{slug}',
  listComments: 'GET /articles/{slug}/comments',
  comment: 'POST /articles/{slug}/comments',
  removeComment: 'DELETE /articles/{slug}/comments/{id}',
  favorite: 'POST /articles/{slug}/favorite',
  unfavorite: 'DELETE /articles/{slug}/favorite',
  listTags: 'GET /tags',
} as const satisfies Record<string, Endpoint>;
