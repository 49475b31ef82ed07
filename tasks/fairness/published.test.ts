import { describe, expect, it } from 'vitest';
import { rulePointer } from '../contract/index.ts';
import { isObject } from '../json.ts';
import { check, requireThat } from '../suite/checks.ts';
import { account, post } from '../suite/fixtures.ts';
import { conduitSuite } from '../suite/index.ts';
import { runSuite, type Suite } from '../suite/runner.ts';
import { ask, prepare, step } from '../suite/steps.ts';
import { ConduitModel } from '../suite/testing/conduit-model.ts';
import type { Check, Group } from '../suite/types.ts';
import { checkFairness } from './index.ts';
import { LibertyServer, type PlainServer } from './liberties.ts';
import { runOptions } from './run-options.ts';

/** What the published collection asks in seven places, in words of our own. */
const bodyOnItems: Check = check(
  'body',
  'Articles in a list have a body.',
  rulePointer('list-no-body'),
  (reply) => {
    const items = reply.list('/articles');
    requireThat(items.length > 0, 'the list is empty', 'articles', items);
    const all = items.every((item) => isObject(item) && Object.hasOwn(item, 'body'));
    requireThat(all, 'an article in the list has no body', 'a body', items);
  },
);

const contradicting: Group = {
  id: 'contradiction',
  title: 'A body on list items',
  steps(context) {
    const anna = account(context, 'anna');
    const ben = account(context, 'ben');
    const tag = context.unique('tag');
    const article = post('the article', anna, {
      title: `Lists ${context.unique('one')}`,
      description: 'd',
      body: 'b',
      tagList: [tag],
    });
    const lists = [
      '/articles',
      `/articles?author=${anna.username}`,
      `/articles?tag=${tag}`,
      `/articles?favorited=${ben.username}`,
      '/articles?limit=1',
      `/articles?tag=${tag}&offset=0`,
    ];
    return [
      anna.register,
      ben.register,
      article.create,
      prepare('mark', 'POST /articles/{slug}/favorite', 200, ask(article.at('/favorite'), ben)),
      prepare('follow', 'POST /profiles/{username}/follow', 200, ask(`${anna.profile}/follow`, ben)),
      ...lists.map((path, i) => step(`list-${i + 1}`, 'GET /articles', 200, ask(path), [bodyOnItems])),
      step('feed', 'GET /articles/feed', 200, ask('/articles/feed', ben), [bodyOnItems]),
    ];
  },
};
const collection: Suite = { id: 'contradicting', version: '1', groups: [contradicting] };

async function failures(suite: Suite, server: PlainServer): Promise<string[]> {
  const result = await runSuite(suite, { ...runOptions(1), send: async (request) => server.handle(request) });
  return result.assertions.filter(({ status }) => status !== 'passed').map(({ id }) => id);
}

const places = [1, 2, 3, 4, 5, 6]
  .map((n) => `contradiction.list-${n}.body`)
  .concat('contradiction.feed.body');

describe('a collection that asks for a body on list items', () => {
  it('is never passed by a server that keeps the contract, whatever liberties it takes', async () => {
    expect(await failures(collection, new ConduitModel())).toEqual(places);
    for (let seed = 1; seed <= 25; seed++) {
      expect(await failures(collection, new LibertyServer(new ConduitModel(), seed))).toEqual(places);
    }
  });

  it('is passed by a server that breaks the contract in just this', async () => {
    expect(await failures(collection, new ConduitModel('body-in-list'))).toEqual([]);
    const broken = await failures(conduitSuite, new ConduitModel('body-in-list'));
    expect(broken.length).toBeGreaterThan(0);
    expect(broken.filter((id) => !id.endsWith('.no-body'))).toEqual([]);
  });

  it('is named unfair, place by place', async () => {
    const report = await checkFairness(collection, () => new ConduitModel(), [1, 2, 3]);
    expect(report.unsupported.map(({ assertion, check }) => `${assertion} ${check}`)).toEqual(
      places.map((id) => `${id} liberties`),
    );
  });
});

/** Runs that passed everything, and the mean of the others, of a published group; see docs/fairness.md. */
function withoutPassing(group: { passAt1: number; mean: number; runs: number }) {
  const passing = Math.round(group.passAt1 * group.runs);
  return { passing, others: (group.mean * group.runs - passing) / (group.runs - passing) };
}

describe('the figures of docs/fairness.md', () => {
  it('follow from those that were published', () => {
    expect([284 / 291, 283 / 291].map((share) => (share * 100).toFixed(1))).toEqual(['97.6', '97.3']);
    expect(withoutPassing({ passAt1: 0.5556, mean: 0.831, runs: 234 }).passing).toBe(130);
    expect(withoutPassing({ passAt1: 0.625, mean: 0.975, runs: 24 }).passing).toBe(15);
    expect(withoutPassing({ passAt1: 0.625, mean: 0.975, runs: 24 }).others).toBeCloseTo(0.933, 3);
    const express = withoutPassing({ passAt1: 0.8333, mean: 0.996, runs: 30 });
    expect(express).toMatchObject({ passing: 25 });
    expect(express.others).toBeCloseTo(284 / 291, 3);
    // Rounding of the published mean, ±0.00005, is ±0.0003 of these five runs.
    expect(Math.abs(express.others - 284 / 291)).toBeLessThan((0.00005 * 30) / 5);
  });
});
