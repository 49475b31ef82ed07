import { rulePointer } from '../../contract/index.ts';
import { isObject, showJson, type Json } from '../../json.ts';
import { allDiffer, allHave, eachHas, oneWins } from '../bursts.ts';
import { because, check, says } from '../checks.ts';
import { to } from '../endpoints.ts';
import { account, post } from '../fixtures.ts';
import { Failure } from '../reply.ts';
import { after, ask, burst, query, step } from '../steps.ts';
import type { Check, Group } from '../types.ts';

/** Requests of a burst. */
const atOnce = 20;

/** Fewer: each may cost a password hash, and twenty on one thread take longer than a request may. */
const registrations = 5;

export const concurrency: Group = {
  id: 'concurrency',
  title: 'Twenty requests at once',
  steps(context) {
    const { unique } = context;
    const anna = account(context, 'anna');
    const callers = [anna, ...['ben', 'carl', 'dora'].map((name) => account(context, name))];
    const caller = (n: number) => callers[n % callers.length] ?? anna;
    const texts = { description: 'd', body: 'b' };
    const talk = post('talk', anna, { ...texts, title: `Talk ${unique('one')}` });
    const favorites = Array.from({ length: atOnce / callers.length }, (_, n) =>
      post(`favorite-${n + 1}`, anna, {
        ...texts,
        title: `Marked ${unique(`n${n}`)}`,
        tagList: [unique('marked')],
      }),
    );
    const favorite = (n: number) => favorites[Math.floor(n / callers.length)] ?? talk;
    const same = { ...texts, title: `Same ${unique('title')}`, tagList: [unique('same')] };
    const tokens = callers.map(({ token }) => token);
    const comment = (n: number) => `Comment ${n + 1} of ${atOnce}`;
    return [
      ...callers.map(({ register }) => register),
      talk.create,
      burst(
        'comments',
        to.comment,
        201,
        atOnce,
        (n) => after(tokens, ask(talk.at('/comments'), caller(n), { comment: { body: comment(n) } }))(),
        [
          allHave(to.comment, 201),
          allDiffer('id', 'No two comments have the same id.', 'comment-id', '/comment/id'),
          eachHas(
            'body',
            'Every answer has the comment of its request.',
            'comment-given',
            '/comment/body',
            comment,
          ),
          eachHas(
            'author',
            'Every comment has the author of its request.',
            'comment-given',
            '/comment/author/username',
            (n) => caller(n).username,
          ),
        ],
      ),
      step('comments-read', to.listComments, 200, ask(talk.at('/comments')), [
        each('bodies', 'No comment is lost, and none is there twice.', '/comments', 'body', () =>
          Array.from({ length: atOnce }, (_, n) => comment(n)),
        ),
      ]),
      burst('slugs', to.write, 201, atOnce, (n) => ask('/articles', caller(n), { article: same })(), [
        allHave(to.write, 201),
        allDiffer('slug', 'No two articles have the same slug.', 'slug-unique', '/article/slug'),
        eachHas(
          'author',
          'Every article has the author of its request.',
          'article-given',
          '/article/author/username',
          (n) => caller(n).username,
        ),
      ]),
      step(
        'slugs-read',
        to.list,
        200,
        after(tokens, ask(`/articles${query({ tag: unique('same'), limit: 50 })}`)),
        [
          says('count', 'No article is lost.', 'concurrency', '/articlesCount', atOnce),
          check('slugs', 'The list has as many slugs.', rulePointer('concurrency'), (reply) => {
            const slugs = valuesOf(reply.list('/articles'), 'slug');
            if (new Set(slugs).size !== atOnce) {
              throw new Failure('the list has other slugs', `${atOnce} slugs`, showJson([...new Set(slugs)]));
            }
          }),
        ],
      ),
      ...favorites.map(({ create }) => create),
      burst(
        'favorites',
        to.favorite,
        200,
        atOnce,
        (n) => after(tokens, ask(favorite(n).at('/favorite'), caller(n)))(),
        [
          allHave(to.favorite, 200),
          eachHas(
            'favorited',
            'For every caller the article is marked.',
            'favorited-caller',
            '/article/favorited',
            () => true,
          ),
        ],
      ),
      step(
        'favorites-read',
        to.list,
        200,
        after(
          favorites.map(({ slug }) => slug),
          ask(`/articles${query({ tag: unique('marked') })}`),
        ),
        [
          each(
            'counts',
            'No mark is lost: every article has those of all callers.',
            '/articles',
            'favoritesCount',
            () => favorites.map(() => callers.length),
          ),
        ],
      ),
    ];
  },
};

export const registeringAtOnce: Group = {
  id: 'concurrency.register',
  title: 'Five registrations of one name at once',
  steps(context) {
    const anna = context.person('anna');
    const { email, password, username } = anna;
    return [
      burst(
        'same-name',
        to.register,
        201,
        registrations,
        ask('/users', undefined, { user: { ...anna } }),
        oneWins(201, 422),
      ),
      step('log-in', to.logIn, 200, ask('/users/login', undefined, { user: { email, password } }), [
        says('username', 'The one who won can log in.', 'login-user', '/user/username', username),
      ]),
      because(
        'concurrency',
        'The name is somebody’s afterwards.',
        step('profile', to.readProfile, 200, ask(`/profiles/${username}`)),
      ),
    ];
  },
};

/** The items of a list have these values, in any order. */
function each(id: string, sentence: string, path: string, name: string, wanted: () => Json[]): Check {
  return check(id, sentence, rulePointer('concurrency'), (reply) => {
    const got = valuesOf(reply.list(path), name);
    if (sorted(got) !== sorted(wanted())) {
      throw new Failure(`${path} has other items`, showJson(wanted(), 400), showJson(got, 400));
    }
  });
}

function valuesOf(items: readonly Json[], name: string): Json[] {
  return items.map((item) => (isObject(item) && Object.hasOwn(item, name) ? (item[name] ?? null) : null));
}

function sorted(values: readonly Json[]): string {
  return JSON.stringify(values.map((value) => JSON.stringify(value)).sort());
}
