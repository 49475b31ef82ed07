import * as v from 'valibot';
import { describe, expect, it, vi } from 'vitest';
import { suiteResult, type AssertionResult } from '../../src/domain/verdict.ts';
import { EngineError, type RawRequest, type RawResponse } from '../../src/engines/engine.ts';
import { contract, endpoints } from '../contract/index.ts';
import { resolvePointer } from '../json.ts';
import { assertions, conduitSuite, runConduitSuite, unreachedConduitSuite } from './index.ts';
import { ConduitModel, type Fault } from './testing/conduit-model.ts';
import type { SuiteOptions } from './types.ts';

function run(
  handle: (request: RawRequest) => RawResponse | Promise<RawResponse>,
  more: Partial<SuiteOptions> = {},
) {
  return runConduitSuite({
    send: async (request) => handle(request),
    requestMs: 60_000,
    suiteMs: 600_000,
    runKey: 'k1',
    recordedBodyBytes: 16_384,
    ...more,
  });
}

const failed = (results: readonly AssertionResult[]) =>
  results.filter((one) => one.status === 'failed').map((one) => one.id);

describe('the suite', () => {
  it('has a fixed number of assertions in its version', () => {
    expect(conduitSuite).toMatchObject({ id: 'conduit', version: '0.1.0' });
    expect(assertions).toHaveLength(169);
    expect(new Set(assertions.map((one) => one.id)).size).toBe(169);
  });

  it('points into the contract from every assertion', () => {
    const lost = assertions.filter(({ pointer }) => resolvePointer(contract, pointer) === undefined);
    expect(lost).toEqual([]);
    const unknown = assertions.filter(({ endpoint }) => !endpoints.some((known) => known === endpoint));
    expect(unknown).toEqual([]);
  });

  it('passes a server that does what the contract says', async () => {
    const model = new ConduitModel();
    const result = await run((request) => model.handle(request));
    expect(result.assertions.filter((one) => one.status !== 'passed')).toEqual([]);
    expect(result.assertions.map((one) => one.id)).toEqual(assertions.map((one) => one.id));
    expect(v.parse(suiteResult, structuredClone(result))).toEqual(result);
  });

  it('can be run twice against one server', async () => {
    const model = new ConduitModel();
    await run((request) => model.handle(request));
    const again = await run((request) => model.handle(request), { runKey: 'k2' });
    expect(again.assertions.filter((one) => one.status !== 'passed')).toEqual([]);
  });

  const mutations: [Fault, string][] = [
    ['no-auth', 'users.current.no-token.status'],
    ['no-ownership', 'articles.update.foreign.status'],
    ['no-uniqueness', 'users.register.taken-email.status'],
    ['no-validation', 'articles.create.missing-title.status'],
    ['delete-nothing', 'articles.delete.gone.status'],
    ['forget-bio', 'users.update.read-back.bio'],
    ['same-slug', 'articles.create.same-title.slug'],
    ['oldest-first', 'articles.list.author.order'],
    ['count-of-page', 'articles.list.limit.count'],
    ['body-in-list', 'articles.list.author.no-body'],
    ['follow-nobody', 'profiles.followed.following'],
    ['any-password', 'users.login.wrong-password.status'],
    ['status-200-on-create', 'users.register.new.status'],
    ['numeric-time', 'articles.read.stranger.schema'],
  ];
  it.each(mutations)('sees a server with %s', async (fault, id) => {
    const model = new ConduitModel(fault);
    const result = await run((request) => model.handle(request));
    expect(failed(result.assertions)).toContain(id);
    expect(result.assertions).toHaveLength(assertions.length);
  });

  it('judges the rest of an answer whose status is another success', async () => {
    const model = new ConduitModel('status-200-on-create');
    const result = await run((request) => model.handle(request));
    expect(new Set(failed(result.assertions).map((id) => id.split('.').at(-1)))).toEqual(new Set(['status']));
    expect(result.assertions.filter((one) => one.status === 'not-reached')).toEqual([]);
  });
});

describe('a server that breaks', () => {
  it('leaves what depends on a failed step not reached, and says why', async () => {
    const model = new ConduitModel();
    const broken = { status: 500, statusText: '', headers: [], body: new Uint8Array() };
    const result = await run((request) =>
      request.method === 'POST' && request.target === '/api/articles' ? broken : model.handle(request),
    );
    const byId = new Map(result.assertions.map((one) => [one.id, one]));
    expect(byId.get('articles.create.new.status')).toMatchObject({
      status: 'failed',
      expected: '201',
      got: '500',
    });
    expect(byId.get('articles.create.new.schema')).toMatchObject({
      status: 'not-reached',
      message: 'the status was 500, not 201',
    });
    expect(byId.get('articles.read.stranger.status')).toMatchObject({
      status: 'not-reached',
      message: 'needs the slug of POST /articles, which did not come',
    });
    expect(byId.get('users.update.bio.bio')?.status).toBe('passed');
    expect(result.assertions).toHaveLength(assertions.length);
  });

  it('that crashes half-way has all its assertions counted', async () => {
    const model = new ConduitModel();
    let requests = 0;
    const result = await run((request) => {
      requests += 1;
      if (requests === 20) throw new EngineError('ECONNRESET', 'the connection was reset');
      if (requests > 20) throw new EngineError('ECONNREFUSED', 'nobody listens on port 3000');
      return model.handle(request);
    });
    expect(result.assertions).toHaveLength(assertions.length);
    expect(failed(result.assertions)).toHaveLength(1);
    expect(result.assertions.at(-1)?.status).toBe('not-reached');
    expect(result.exchanges[19]?.error).toContain('the connection was reset');
  });

  it('that never answers fails by time, not by waiting for ever', async () => {
    const model = new ConduitModel();
    const result = await run(
      (request) =>
        request.target === '/api/user' ? new Promise<RawResponse>(() => {}) : model.handle(request),
      { requestMs: 20 },
    );
    const own = result.assertions.filter((one) => one.id.startsWith('users.current.own.'));
    expect(own.map((one) => one.status)).toEqual(['failed', 'not-reached', 'not-reached', 'not-reached']);
    expect(own[0]?.message).toMatch(/^no answer within \d+ ms$/);
  });

  it('that uses up the time of the suite has the rest not reached', async () => {
    const result = await run(() => new Promise<RawResponse>(() => {}), { suiteMs: 20 });
    expect(result.assertions).toHaveLength(assertions.length);
    expect(result.assertions.at(-1)).toMatchObject({
      status: 'not-reached',
      message: 'the suite’s time of 0.02 s was over',
    });
  });

  it('that answers nonsense fails without breaking the suite', async () => {
    const deep = '['.repeat(100_000);
    const bodies = [
      '',
      '<html>',
      'null',
      '[]',
      '{"user":[]}',
      '{"errors":{"__proto__":1}}',
      deep,
      '\xff\xfe',
    ];
    let at = 0;
    const result = await run(() => {
      const body = Uint8Array.from(bodies[at++ % bodies.length] ?? '', (c) => c.charCodeAt(0));
      return { status: at % 3 === 0 ? 201 : 200, statusText: '', headers: [], body };
    });
    expect(result.assertions).toHaveLength(assertions.length);
    expect(result.assertions.filter((one) => one.status === 'passed').length).toBeLessThan(60);
  });

  it('that hands out what no request can hold is not asked with it', async () => {
    const model = new ConduitModel();
    const sent: RawRequest[] = [];
    const result = await run((request) => {
      sent.push(request);
      const response = model.handle(request);
      const text = new TextDecoder().decode(response.body);
      const changed = text
        .replace(/"token-of-1"/, '"x\\r\\nHost: evil"')
        .replace(/"slug":"reading/, '"slug":"\\ud800');
      return { ...response, body: new TextEncoder().encode(changed) };
    });
    expect(result.assertions).toHaveLength(assertions.length);
    expect(sent.flatMap((request) => request.headers).join()).not.toContain('evil');
    const messages = result.assertions.map((one) => one.message ?? '');
    expect(messages).toContain('the request cannot be made from earlier answers: URIError: URI malformed');
  });

  it('keeps what the record may keep of a body, and says that it was cut', async () => {
    const body = new TextEncoder().encode(`{"x":"${'é'.repeat(500)}"}`);
    const result = await run(() => ({ status: 200, statusText: 'OK', headers: [['a', 'b']], body }), {
      recordedBodyBytes: 100,
    });
    const response = result.exchanges[0]?.response;
    expect(response).toMatchObject({ status: 200, headers: [['a', 'b']], truncated: true });
    expect(response?.body).not.toContain('\ufffd');
    expect(response?.body.length).toBeLessThan(100);
  });
});

describe('a run of the suite', () => {
  it('stops with the reason of its signal', async () => {
    const controller = new AbortController();
    const model = new ConduitModel();
    const running = run(
      (request) => {
        if (request.target.startsWith('/api/profiles')) controller.abort(new Error('enough'));
        return model.handle(request);
      },
      { signal: controller.signal },
    );
    await expect(running).rejects.toThrow('enough');
  });

  it('passes on an error that is not of the connection', async () => {
    await expect(run(() => Promise.reject(new Error('the engine broke')))).rejects.toThrow(
      'the engine broke',
    );
  });

  it('tells of exchanges and assertions in order', async () => {
    const model = new ConduitModel();
    const onAssertion = vi.fn();
    const onExchange = vi.fn();
    const result = await run((request) => model.handle(request), { onAssertion, onExchange });
    expect(onAssertion.mock.calls.map(([one]) => one)).toEqual(result.assertions);
    expect(onExchange.mock.calls.map(([index]) => index)).toEqual(result.exchanges.map((_, i) => i));
  });

  it('sends raw requests with a token and JSON', async () => {
    const seen: RawRequest[] = [];
    const model = new ConduitModel();
    await run((request) => {
      seen.push(request);
      return model.handle(request);
    });
    const own = seen.find((request) => request.method === 'GET' && request.target === '/api/user');
    expect(own?.headers).toContainEqual(['Authorization', expect.stringMatching(/^Token token-of-/)]);
    const create = seen.find((request) => request.target === '/api/users');
    expect(create?.headers).toContainEqual(['Content-Type', 'application/json']);
    expect(new TextDecoder().decode(create?.body)).toContain('@mail.com');
  });
});

it('a suite that could not begin has every assertion not reached', () => {
  const result = unreachedConduitSuite('run.sh is missing');
  expect(result.assertions).toHaveLength(assertions.length);
  expect(new Set(result.assertions.map((one) => `${one.status}: ${one.message}`))).toEqual(
    new Set(['not-reached: run.sh is missing']),
  );
});
