import { rulePointer } from '../contract/index.ts';
import { isObject, showJson, type Json } from '../json.ts';
import { check, requireThat, says } from './checks.ts';
import { Failure, type Reply } from './reply.ts';
import type { Check } from './types.ts';

/** The list has this many articles. */
export function articleCount(id: string, sentence: string, pointer: string, wanted: number): Check {
  return check(id, sentence, pointer, (reply) => {
    const items = reply.list('/articles');
    requireThat(items.length === wanted, `the list has ${items.length} articles`, `${wanted}`, items.length);
  });
}

/** `articlesCount` is this number. */
export function total(sentence: string, wanted: number): Check {
  return says('count', sentence, 'articles-count', '/articlesCount', wanted);
}

/** The list has the articles of these slugs, in this order. */
export function articlesInOrder(
  id: string,
  sentence: string,
  pointer: string,
  wanted: () => string[],
): Check {
  return check(id, sentence, pointer, (reply) => {
    requireSame(slugsOf(reply), wanted(), 'the list has other articles, or another order');
  });
}

/** The list has the articles of these slugs, in any order, and no others. */
export function articlesInAnyOrder(
  id: string,
  sentence: string,
  pointer: string,
  wanted: () => string[],
): Check {
  return check(id, sentence, pointer, (reply) => {
    const got = slugsOf(reply).map((slug) => showJson(slug, Number.POSITIVE_INFINITY));
    const expected = wanted().map((slug) => JSON.stringify(slug));
    requireSame(got.sort(), expected.sort(), 'the list has other articles');
  });
}

/** No article of the list has a body. */
export const noBodies: Check = check(
  'no-body',
  'Articles in a list have no body.',
  rulePointer('list-no-body'),
  (reply) => {
    const items = reply.list('/articles');
    requireThat(items.length > 0, 'the list is empty', 'articles', items);
    const withBody = items.find((item) => isObject(item) && Object.hasOwn(item, 'body'));
    requireThat(withBody === undefined, 'an article in the list has a body', 'no body', withBody ?? null);
  },
);

/** The article of this slug in a list has this value under a pointer into it. */
export function articleInList(
  id: string,
  sentence: string,
  rule: string,
  slug: () => string,
  path: string,
  wanted: Json,
): Check {
  return check(id, sentence, rulePointer(rule), (reply) => {
    const at = slugsOf(reply).indexOf(slug());
    if (at === -1) throw new Failure('the list lacks the article', slug(), showJson(slugsOf(reply)));
    const got = reply.at(`/articles/${at}${path}`);
    requireSame(got, wanted, `${path} of the article in the list is not what it should be`);
  });
}

/** The list of tags has each of these once. */
export function hasTags(id: string, sentence: string, wanted: readonly string[]): Check {
  return check(id, sentence, rulePointer('tags-in-use'), (reply) => {
    const tags = reply.list('/tags');
    for (const tag of wanted) {
      const times = tags.filter((one) => one === tag).length;
      requireThat(times === 1, `the tag ${tag} is there ${times} times`, 'once', times);
    }
  });
}

/** The list of tags has none of these. */
export function lacksTags(id: string, sentence: string, rule: string, unwanted: readonly string[]): Check {
  return check(id, sentence, rulePointer(rule), (reply) => {
    const left = reply.list('/tags').filter((tag) => typeof tag === 'string' && unwanted.includes(tag));
    requireThat(left.length === 0, 'a tag is listed that no article has', 'none of them', left);
  });
}

function slugsOf(reply: Reply): Json[] {
  return reply.list('/articles').map((item) => (isObject(item) ? (item['slug'] ?? null) : null));
}

function requireSame(got: Json, wanted: Json, message: string): void {
  if (JSON.stringify(got) !== JSON.stringify(wanted)) {
    throw new Failure(message, showJson(wanted), showJson(got));
  }
}
