import type { Endpoint } from '../../contract/index.ts';
import type { Json } from '../../json.ts';
import { because, errorBody, says } from '../checks.ts';
import { to } from '../endpoints.ts';
import { account, post, type Account } from '../fixtures.ts';
import { Kept } from '../kept.ts';
import { after, ask, prepare, step } from '../steps.ts';
import { alterPayload, alterSignature, removeSignature } from '../tokens.ts';
import type { Ask, Group, Step } from '../types.ts';

/** A request that would do something if its caller were known. */
interface Guarded {
  id: string;
  endpoint: Endpoint;
  path: () => string;
  body?: Json;
}

/** Ways of not being known, each with what is sent as `Authorization`. */
const disguises: readonly { id: string; sentence: string; forge: (token: string) => string }[] = [
  {
    id: 'scheme',
    sentence: 'A valid token under another scheme is refused with 401.',
    forge: (token) => `Bearer ${token}`,
  },
  {
    id: 'malformed',
    sentence: 'A text that is no token is refused with 401.',
    forge: () => 'Token not.a.token',
  },
  {
    id: 'payload',
    sentence: 'A token whose payload was altered is refused with 401.',
    forge: (token) => `Token ${alterPayload(token)}`,
  },
  {
    id: 'signature',
    sentence: 'A token whose signature was altered is refused with 401.',
    forge: (token) => `Token ${alterSignature(token)}`,
  },
];

/** A request without a token is asked of every endpoint in the group of that endpoint. */
export const authentication: Group = {
  id: 'auth',
  title: 'Tokens that are none',
  steps(context) {
    const anna = account(context, 'anna');
    const ben = context.person('ben');
    const article = post('article', anna, {
      title: `Guarded ${context.unique('one')}`,
      description: 'd',
      body: 'Untouched',
    });
    const commentId = new Kept<string>('the id of the comment');
    const guarded: Guarded[] = [
      { id: 'read-user', endpoint: to.readUser, path: () => '/user' },
      { id: 'change-user', endpoint: to.changeUser, path: () => '/user', body: { user: { bio: 'Forged' } } },
      { id: 'follow', endpoint: to.follow, path: () => `${anna.profile}/follow` },
      { id: 'unfollow', endpoint: to.unfollow, path: () => `${anna.profile}/follow` },
      { id: 'feed', endpoint: to.feed, path: () => '/articles/feed' },
      {
        id: 'write',
        endpoint: to.write,
        path: () => '/articles',
        body: { article: { title: `Forged ${ben.username}`, description: 'd', body: 'b' } },
      },
      { id: 'change', endpoint: to.change, path: article.at(), body: { article: { body: 'Forged' } } },
      {
        id: 'comment',
        endpoint: to.comment,
        path: article.at('/comments'),
        body: { comment: { body: 'Forged' } },
      },
      {
        id: 'remove-comment',
        endpoint: to.removeComment,
        path: () => `${article.at('/comments')()}/${commentId.get()}`,
      },
      { id: 'favorite', endpoint: to.favorite, path: article.at('/favorite') },
      { id: 'unfavorite', endpoint: to.unfavorite, path: article.at('/favorite') },
      { id: 'remove', endpoint: to.remove, path: article.at() },
    ];
    const untouched = (id: string, sentence: string, path: string, wanted: Json) =>
      says(id, sentence, 'refused-no-effect', path, wanted);
    return [
      anna.register,
      article.create,
      prepare(
        'create-comment',
        to.comment,
        201,
        ask(article.at('/comments'), anna, { comment: { body: 'Untouched' } }),
        commentId.from((reply) => String(reply.at('/comment/id'))),
      ),
      ...guarded.flatMap((request) => refusedDisguises(request, anna)),
      because(
        'auth-refused',
        'A token that says it needs no signature is refused with 401.',
        step(
          'unsigned',
          to.readUser,
          401,
          forged({ path: () => '/user' }, anna, (t) => `Token ${removeSignature(t)}`),
          [errorBody],
        ),
      ),
      because(
        'auth-refused',
        'A token without the word before it is refused with 401.',
        step(
          'no-scheme',
          to.readUser,
          401,
          forged({ path: () => '/user' }, anna, (token) => token),
        ),
      ),
      step('article', to.read, 200, ask(article.at()), [
        untouched(
          'body',
          'Requests that were refused have not changed the article.',
          '/article/body',
          'Untouched',
        ),
        untouched('count', 'Requests that were refused have marked nothing.', '/article/favoritesCount', 0),
      ]),
      step('comments', to.listComments, 200, after([commentId], ask(article.at('/comments'))), [
        untouched(
          'body',
          'Requests that were refused have left the comment.',
          '/comments/0/body',
          'Untouched',
        ),
      ]),
      step('user', to.readUser, 200, ask('/user', anna), [
        untouched('bio', 'Requests that were refused have not changed the user.', '/user/bio', null),
      ]),
    ];
  },
};

function refusedDisguises(request: Guarded, as: Account): Step[] {
  return disguises
    .filter(({ id }) => !(id === 'malformed' && request.id === 'read-user'))
    .map(({ id, sentence, forge }) =>
      because(
        'auth-refused',
        sentence,
        step(`${request.id}-${id}`, request.endpoint, 401, forged(request, as, forge)),
      ),
    );
}

function forged(
  { path, body }: Pick<Guarded, 'path' | 'body'>,
  { token }: Account,
  forge: (token: string) => string,
): () => Ask {
  return () => ({
    path: path(),
    authorization: forge(token.get()),
    ...(body !== undefined && { body }),
  });
}
