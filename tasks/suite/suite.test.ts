import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { suiteResult } from '../../src/domain/verdict.ts';
import {
  contract,
  dereference,
  endpointPointer,
  endpoints,
  generalRules,
  lookUp,
  rules,
  rulesOf,
  type Endpoint,
} from '../contract/index.ts';
import { isObject, resolvePointer } from '../json.ts';
import { assertions, conduitSuite } from './index.ts';
import { listSteps } from './runner.ts';
import { ConduitModel, type Fault } from './testing/conduit-model.ts';
import { failed, run } from './testing/run-model.ts';
import type { AnyStep } from './types.ts';

const steps: AnyStep[] = conduitSuite.groups.flatMap((group) => [...listSteps(group)]);
const requests = steps.reduce((sum, step) => sum + ('count' in step ? step.count : 1), 0);

describe('the suite', () => {
  it('has a fixed number of assertions and requests in its version', () => {
    expect(conduitSuite).toMatchObject({ id: 'conduit', version: '1.0.0' });
    expect([assertions.length, requests, conduitSuite.groups.length]).toEqual([886, 568, 27]);
  });

  it('names every assertion once, in a way that a command line can take', () => {
    const ids = assertions.map((one) => one.id);
    expect(ids.filter((id, n) => ids.indexOf(id) !== n)).toEqual([]);
    expect(ids.filter((id) => !/^[a-z0-9-]+(\.[a-z0-9-]+){2,3}$/.test(id))).toEqual([]);
    const exchanges = conduitSuite.groups.flatMap((group) =>
      listSteps(group).map((step) => `${group.id}.${step.id}`),
    );
    expect(exchanges.filter((name, n) => exchanges.indexOf(name) !== n)).toEqual([]);
  });

  it('points into the contract from every assertion', () => {
    const lost = assertions.filter(({ pointer }) => resolvePointer(contract, pointer) === undefined);
    expect(lost).toEqual([]);
  });

  it('points to nothing that the contract says of other operations only', () => {
    const strange = assertions.filter(({ endpoint, pointer }) => {
      const operation = endpoints.find((known) => known === endpoint);
      if (operation === undefined) return true;
      if (pointer.startsWith('/x-rules/')) {
        const rule = pointer.slice('/x-rules/'.length);
        return !generalRules.includes(rule) && !rulesOf(operation).includes(rule);
      }
      if (pointer.startsWith('/components/parameters/')) {
        return !JSON.stringify(lookUp(endpointPointer(operation))).includes(`#${pointer}`);
      }
      return !pointer.startsWith('/components/schemas/') && !pointer.startsWith(endpointPointer(operation));
    });
    expect(strange.map(({ id, pointer }) => `${id} -> ${pointer}`)).toEqual([]);
  });

  it('asks of every operation something that succeeds, and everything that is refused', () => {
    const missing = endpoints.flatMap((endpoint) =>
      documentedStatuses(endpoint)
        .filter(
          (status) =>
            !steps.some(
              (step) =>
                step.endpoint === endpoint && step.status === status && step.checks[0]?.id === 'status',
            ),
        )
        .map((status) => `${endpoint} ${status}`),
    );
    expect(missing).toEqual([]);
  });

  it('compares every documented answer with its schema', () => {
    const missing = endpoints.flatMap((endpoint) =>
      documentedStatuses(endpoint)
        .filter((status) => hasBody(endpoint, status))
        .filter(
          (status) =>
            !steps.some(
              (step) =>
                step.endpoint === endpoint &&
                step.status === status &&
                step.checks.some((check) => check.id === 'schema'),
            ),
        )
        .map((status) => `${endpoint} ${status}`),
    );
    expect(missing).toEqual([]);
  });

  it('asserts every rule of the contract that asks for something', () => {
    const asserted = new Set(assertions.map(({ pointer }) => pointer));
    const silent = [...rules.keys()].filter((rule) => !asserted.has(`/x-rules/${rule}`));
    expect(silent.sort()).toEqual(silentRules);
  });

  it('passes a server that does what the contract says', async () => {
    const model = new ConduitModel();
    const result = await run((request) => model.handle(request));
    expect(result.assertions.filter((one) => one.status !== 'passed')).toEqual([]);
    expect(result.assertions.map((one) => one.id)).toEqual(assertions.map((one) => one.id));
    expect(result.exchanges).toHaveLength(requests);
    expect(v.parse(suiteResult, structuredClone(result))).toEqual(result);
  });

  it('can be run twice against one server', async () => {
    const model = new ConduitModel();
    await run((request) => model.handle(request));
    const again = await run((request) => model.handle(request), { runKey: 'k2' });
    expect(again.assertions.filter((one) => one.status !== 'passed')).toEqual([]);
  });

  const faults: [Fault, string][] = [
    ['any-password', 'users.login.wrong-password.status'],
    ['any-scheme', 'auth.follow-scheme.status'],
    ['any-signature', 'auth.remove-comment-signature.status'],
    ['body-in-list', 'articles.list.author.no-body'],
    ['comments-newest-first', 'comments.list.order'],
    ['count-of-page', 'articles.list.limit.count'],
    ['delete-nothing', 'articles.delete.gone.status'],
    ['escape-markup', 'texts.hostile.comments.body'],
    ['favorites-of-anyone', 'favorites.other.favorited'],
    ['feed-of-all', 'articles.feed.nobody.items'],
    ['filter-by-part', 'articles.filters.tag-part.items'],
    ['filters-by-or', 'articles.filters.tag-author.items'],
    ['follow-nobody', 'profiles.followed.following'],
    ['following-of-anyone', 'profiles.followed-other.following'],
    ['forget-bio', 'users.update.read-back.bio'],
    ['leak-password', 'users.login.right.secrets'],
    ['no-auth', 'users.current.no-token.status'],
    ['no-ownership', 'articles.update.foreign.status'],
    ['no-uniqueness', 'users.register.taken-email.status'],
    ['no-validation', 'articles.create.missing-title.status'],
    ['numeric-time', 'articles.read.stranger.schema'],
    ['old-names', 'users.rename.article.author'],
    ['oldest-first', 'articles.list.author.order'],
    ['page-of-ten', 'articles.pages.default.items'],
    ['same-slug', 'articles.create.same-title.slug'],
    ['status-200-on-create', 'users.register.new.status'],
    ['still-updated', 'times.change.moved'],
    ['tags-for-ever', 'tags.replaced.old'],
    ['text-not-json', 'profiles.stranger.media'],
    ['trim-texts', 'texts.hostile.article.body'],
  ];
  it.each(faults)('sees a server with %s', async (fault, id) => {
    const model = new ConduitModel(fault);
    const result = await run((request) => model.handle(request));
    expect(failed(result.assertions)).toContain(id);
    expect(result.assertions).toHaveLength(assertions.length);
  });

  it('judges the rest of an answer whose status is another success', async () => {
    const model = new ConduitModel('status-200-on-create');
    const result = await run((request) => model.handle(request));
    const kinds = new Set(failed(result.assertions).map((id) => id.split('.').at(-1)));
    expect(kinds).toEqual(new Set(['status', 'one', 'others']));
    expect(result.assertions.filter((one) => one.status === 'not-reached')).toEqual([]);
  });
});

/** Rules that leave something open, and those whose parts are asserted under other rules. */
const silentRules = [
  'auth-optional',
  'auth-scheme',
  'error-shape',
  'follow-self',
  'free',
  'page-numbers',
  'seen-at-once',
  'texts-accepted',
  'times',
  'token-life',
  'token-registration',
  'user-token',
];

function documentedStatuses(endpoint: Endpoint): number[] {
  const responses = lookUp(`${endpointPointer(endpoint)}/responses`);
  return isObject(responses) ? Object.keys(responses).map(Number) : [];
}

function hasBody(endpoint: Endpoint, status: number): boolean {
  const response = dereference(resolvePointer(contract, endpointPointer(endpoint, status)));
  return isObject(response) && response['content'] !== undefined;
}
