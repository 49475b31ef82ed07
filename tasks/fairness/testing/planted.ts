import { rulePointer, schemaPointer } from '../../contract/index.ts';
import { isObject } from '../../json.ts';
import { check, requireThat } from '../../suite/checks.ts';
import { account, post, type Account, type Post } from '../../suite/fixtures.ts';
import type { Reply } from '../../suite/reply.ts';
import { ask, prepare, step } from '../../suite/steps.ts';
import type { AnyStep, Check, Group, GroupContext } from '../../suite/types.ts';
import type { Finding } from '../report.ts';

/** An assertion that asks more than the contract, and what must find it. */
export interface Planted {
  id: string;
  by: Finding['check'];
  group: Group;
}

interface Scene {
  context: GroupContext;
  anna: Account;
  article: Post;
}

/** A group with a user and an article, and one unfair step or two. */
function plant(id: string, by: Finding['check'], steps: (scene: Scene) => readonly AnyStep[]): Planted {
  const group: Group = {
    id: `planted.${id}`,
    title: 'Planted',
    steps(context) {
      const anna = account(context, 'anna');
      const title = `Planted ${context.unique('two words')}`;
      const article = post('the article', anna, { title, description: 'd', body: 'b', tagList: ['z', 'a'] });
      return [anna.register, article.create, ...steps({ context, anna, article })];
    },
  };
  return { id: group.id, by, group };
}

function unfair(pointer: string, sentence: string, holds: (reply: Reply) => boolean): Check {
  return check('unfair', sentence, pointer, (reply) => {
    requireThat(holds(reply), `not so: ${sentence}`, 'what the contract does not say', null);
  });
}

const keysAt = (reply: Reply, path: string): string[] => {
  const value = reply.at(path);
  return isObject(value) ? Object.keys(value) : [];
};
const blankName = ({ context }: Scene) => ({ user: { ...context.person('blank'), username: '' } });
const matches = (pattern: RegExp, path: string) => (reply: Reply) => pattern.test(reply.text(path));
const header = (reply: Reply, name: string) =>
  reply.response.headers.find(([one]) => one.toLowerCase() === name)?.[1] ?? '';

export const planted: readonly Planted[] = [
  plant('body-of-list-items', 'shapes', ({ anna }) => [
    step('list', 'GET /articles', 200, ask(`/articles?author=${anna.username}`), [
      unfair(schemaPointer('ArticleListResponse'), 'List items have a body.', (reply) =>
        reply.list('/articles').every((item) => isObject(item) && Object.hasOwn(item, 'body')),
      ),
    ]),
  ]),
  plant('body-of-list-items-by-rule', 'liberties', ({ anna }) => [
    step('list', 'GET /articles', 200, ask(`/articles?author=${anna.username}`), [
      unfair(rulePointer('list-no-body'), 'The first item has a body.', (reply) =>
        keysAt(reply, '/articles/0').includes('body'),
      ),
    ]),
  ]),
  plant('error-wording', 'shapes', (scene) => [
    step('blank', 'POST /users', 422, ask('/users', undefined, blankName(scene)), [
      unfair(schemaPointer('ErrorResponse'), 'The message is fixed.', (reply) =>
        JSON.stringify(reply.at('/errors')).includes("can't be blank"),
      ),
    ]),
  ]),
  plant('one-error-only', 'liberties', (scene) => [
    step('blank', 'POST /users', 422, ask('/users', undefined, blankName(scene)), [
      unfair(rulePointer('text-blank'), 'No other name has messages.', (reply) =>
        keysAt(reply, '/errors').every((name) => name === 'username'),
      ),
    ]),
  ]),
  plant('time-in-utc', 'liberties', ({ article }) => [
    step('read', 'GET /articles/{slug}', 200, ask(article.at()), [
      unfair(rulePointer('times'), 'Times end with Z.', matches(/Z$/, '/article/createdAt')),
    ]),
  ]),
  plant('time-of-three-digits', 'liberties', ({ article }) => [
    step('read', 'GET /articles/{slug}', 200, ask(article.at()), [
      unfair(rulePointer('times'), 'Times have three digits.', matches(/\.\d{3}\D/, '/article/updatedAt')),
    ]),
  ]),
  plant('empty-biography', 'shapes', ({ anna }) => [
    step('user', 'GET /user', 200, ask('/user', anna), [
      unfair(schemaPointer('User'), 'The biography is empty.', (reply) => reply.at('/user/bio') === ''),
    ]),
  ]),
  plant('null-image', 'shapes', ({ anna }) => [
    step('user', 'GET /user', 200, ask('/user', anna), [
      unfair(`${schemaPointer('User')}/properties/image`, 'The image is null.', (reply) => {
        return reply.at('/user/image') === null;
      }),
    ]),
  ]),
  plant('properties-of-a-user', 'liberties', ({ anna }) => [
    step('user', 'GET /user', 200, ask('/user', anna), [
      unfair(rulePointer('user-caller'), 'A user has five properties.', (reply) => {
        return keysAt(reply, '/user').length === 5;
      }),
    ]),
  ]),
  plant('sorted-tags', 'liberties', () => [
    step('tags', 'GET /tags', 200, ask('/tags'), [
      unfair(rulePointer('tags-in-use'), 'Tags are sorted.', (reply) => {
        const tags = reply.list('/tags').map(String);
        return JSON.stringify(tags) === JSON.stringify([...tags].sort());
      }),
    ]),
  ]),
  plant('tags-of-an-article-sorted', 'liberties', ({ article }) => [
    step('read', 'GET /articles/{slug}', 200, ask(article.at()), [
      unfair(rulePointer('tags-given'), 'Tags of an article are sorted.', (reply) => {
        return JSON.stringify(reply.at('/article/tagList')) === '["a","z"]';
      }),
    ]),
  ]),
  plant('slug-form', 'liberties', ({ article }) => [
    step('read', 'GET /articles/{slug}', 200, ask(article.at()), [
      unfair(rulePointer('slug-made'), 'Slugs are lower case with hyphens.', (reply) =>
        /^[a-z0-9]+(-[a-z0-9]+)*$/.test(reply.text('/article/slug')),
      ),
    ]),
  ]),
  plant('media-type-with-charset', 'liberties', () => [
    step('tags', 'GET /tags', 200, ask('/tags'), [
      unfair(rulePointer('json'), 'The charset is named.', (reply) =>
        /^application\/json; charset=utf-8$/.test(header(reply, 'content-type')),
      ),
    ]),
  ]),
  plant('ids-from-one', 'liberties', ({ anna, article }) => [
    step(
      'comment',
      'POST /articles/{slug}/comments',
      201,
      ask(article.at('/comments'), anna, { comment: { body: 'c' } }),
      [
        unfair(rulePointer('comment-id'), 'Ids are small and count from 1.', (reply) => {
          const id = reply.at('/comment/id');
          return typeof id === 'number' && id > 0 && id < 100_000;
        }),
      ],
    ),
  ]),
  plant('no-other-properties', 'shapes', ({ anna }) => [
    step('profile', 'GET /profiles/{username}', 200, ask(anna.profile), [
      unfair(schemaPointer('Profile'), 'A profile has four properties.', (reply) =>
        keysAt(reply, '/profile').every((name) => ['username', 'bio', 'image', 'following'].includes(name)),
      ),
    ]),
  ]),
  plant('order-of-properties', 'liberties', ({ anna }) => [
    step('user', 'GET /user', 200, ask('/user', anna), [
      unfair(rulePointer('user-caller'), 'The address comes before the token.', (reply) => {
        const keys = keysAt(reply, '/user');
        return keys.indexOf('email') < keys.indexOf('token');
      }),
    ]),
  ]),
  plant('token-of-three-parts', 'shapes', ({ anna }) => [
    step('user', 'GET /user', 200, ask('/user', anna), [
      unfair(schemaPointer('User'), 'A token has two dots.', matches(/^[^.]+\.[^.]+\.[^.]+$/, '/user/token')),
    ]),
  ]),
  plant('same-token', 'liberties', ({ anna }) => [
    step('user', 'GET /user', 200, ask('/user', anna), [
      unfair(rulePointer('user-caller'), 'The token is the old one.', (reply) => {
        return reply.at('/user/token') === anna.token.get();
      }),
    ]),
  ]),
  plant('old-token', 'liberties', ({ anna }) => [
    prepare('change', 'PUT /user', 200, ask('/user', anna, { user: { bio: 'x' } })),
    step('user', 'GET /user', 200, ask('/user', anna)),
  ]),
  plant('own-follow', 'liberties', ({ anna }) => [
    step('follow', 'POST /profiles/{username}/follow', 200, ask(`${anna.profile}/follow`, anna)),
  ]),
  plant('marks-are-no-changes', 'liberties', ({ anna, article }) => [
    step('mark', 'POST /articles/{slug}/favorite', 200, ask(article.at('/favorite'), anna), [
      unfair(rulePointer('updated-at'), 'A mark does not move updatedAt.', (reply) => {
        return reply.at('/article/updatedAt') === reply.at('/article/createdAt');
      }),
    ]),
  ]),
  plant('bad-token-where-none-is-needed', 'liberties', ({ article }) => [
    step('read', 'GET /articles/{slug}', 200, () => ({ path: article.at()(), authorization: 'Token none' })),
  ]),
  plant('bad-token-refused-where-none-is-needed', 'requests', ({ article }) => [
    step('read', 'GET /articles/{slug}', 401, () => ({ path: article.at()(), authorization: 'Token none' })),
  ]),
  plant('negative-limit', 'liberties', () => [step('list', 'GET /articles', 200, ask('/articles?limit=-1'))]),
  plant('negative-limit-refused', 'requests', () => [
    step('list', 'GET /articles', 422, ask('/articles?limit=-1')),
  ]),
  plant('no-token', 'requests', () => [step('feed', 'GET /articles/feed', 200, ask('/articles/feed'))]),
  plant('body-before-token', 'requests', () => [
    step('write', 'POST /articles', 422, ask('/articles', undefined, { article: { title: '' } })),
  ]),
  plant('request-of-another-operation', 'requests', () => [step('feed', 'GET /articles', 200, ask('/tags'))]),
  plant('blank-title', 'requests', ({ anna }) => [
    step(
      'write',
      'POST /articles',
      201,
      ask('/articles', anna, { article: { title: ' ', description: 'd', body: 'b' } }),
    ),
  ]),
  plant('long-title', 'liberties', ({ anna }) => [
    step(
      'write',
      'POST /articles',
      201,
      ask('/articles', anna, { article: { title: 'x'.repeat(201), description: 'd', body: 'b' } }),
    ),
  ]),
  plant('short-password', 'liberties', ({ context }) => [
    step(
      'register',
      'POST /users',
      201,
      ask('/users', undefined, { user: { ...context.person('ben'), password: '1234567' } }),
    ),
  ]),
  plant('tag-twice', 'liberties', ({ anna }) => [
    step(
      'write',
      'POST /articles',
      201,
      ask('/articles', anna, {
        article: { title: 'Twice', description: 'd', body: 'b', tagList: ['t', 't'] },
      }),
      [
        unfair(rulePointer('tags-given'), 'A tag given twice is there twice.', (reply) => {
          return reply.list('/article/tagList').length === 2;
        }),
      ],
    ),
  ]),
  plant('rule-of-another-operation', 'pointers', () => [
    step('tags', 'GET /tags', 200, ask('/tags'), [
      unfair(rulePointer('comment-order'), 'Points to a rule of comments.', () => true),
    ]),
  ]),
  plant('schema-of-another-operation', 'pointers', () => [
    step('tags', 'GET /tags', 200, ask('/tags'), [
      unfair(schemaPointer('Comment'), 'Points to a schema of comments.', () => true),
    ]),
  ]),
  plant('rule-that-there-is-not', 'pointers', () => [
    step('tags', 'GET /tags', 200, ask('/tags'), [
      unfair(rulePointer('tags-sorted'), 'Points nowhere.', () => true),
    ]),
  ]),
];
