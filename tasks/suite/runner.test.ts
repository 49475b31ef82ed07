import { describe, expect, it, vi } from 'vitest';
import { EngineError, type RawRequest, type RawResponse } from '../../src/engines/engine.ts';
import { assertions, unreachedConduitSuite } from './index.ts';
import { ConduitModel } from './testing/conduit-model.ts';
import { byId, failed, run } from './testing/run-model.ts';

const broken: RawResponse = { status: 500, statusText: '', headers: [], body: new Uint8Array() };

describe('a server that breaks', () => {
  it('leaves what depends on a failed step not reached, and says of which and why', async () => {
    const model = new ConduitModel();
    const result = await run((request) =>
      request.method === 'POST' && request.target === '/api/articles' ? broken : model.handle(request),
    );
    const results = byId(result.assertions);
    expect(results.get('articles.create.new.status')).toMatchObject({
      status: 'failed',
      expected: '201',
      got: '500',
    });
    expect(results.get('articles.create.new.schema')).toMatchObject({
      status: 'not-reached',
      message: 'needs the status 201 of POST /articles in articles.create.new, which answered 500',
    });
    expect(results.get('articles.read.stranger.status')).toMatchObject({
      status: 'not-reached',
      message: 'needs the slug of POST /articles in articles.read.create-article, which answered 500',
    });
    expect(results.get('articles.delete.unlisted.count')).toMatchObject({
      status: 'not-reached',
      message:
        'needs the success of DELETE /articles/{slug} in articles.delete.own, which needs the slug of ' +
        'POST /articles in articles.delete.create-article, which answered 500',
    });
    expect(results.get('users.update.bio.bio')?.status).toBe('passed');
  });

  it('says what an answer lacked that later steps need', async () => {
    const model = new ConduitModel();
    const result = await run((request) => {
      const response = model.handle(request);
      const text = new TextDecoder().decode(response.body).replace('"slug"', '"sluggish"');
      return { ...response, body: new TextEncoder().encode(text) };
    });
    expect(byId(result.assertions).get('articles.read.stranger.status')?.message).toBe(
      'needs the slug of POST /articles in articles.read.create-article, which answered 201, ' +
        'but the body has nothing at /article/slug',
    );
  });

  it.each([
    ['profiles', '/api/profiles/'],
    ['tags', '/api/tags'],
    ['articles.feed', '/api/articles/feed'],
  ])('in what only %s needs leaves other groups alone', async (_, target) => {
    const model = new ConduitModel();
    const result = await run((request) =>
      request.target.startsWith(target) ? broken : model.handle(request),
    );
    const touched = new Set(result.exchanges.filter((one) => one.response?.status === 500).map(groupOf));
    const hurt = result.assertions.filter((one) => one.status !== 'passed').map((one) => groupOfId(one.id));
    expect(hurt.filter((group) => !touched.has(group))).toEqual([]);
    expect(result.assertions.filter((one) => one.status === 'passed').length).toBeGreaterThan(500);
  });

  it('that is unreachable has nothing failed, everything not reached', async () => {
    const refused = new EngineError('ECONNREFUSED', 'nothing listens');
    const result = await run(() => Promise.reject(refused));
    expect(result.assertions).toHaveLength(assertions.length);
    expect(new Set(result.assertions.map((one) => one.status))).toEqual(new Set(['not-reached']));
    expect(result.assertions[0]?.message).toBe('the server no longer accepts connections');
  });

  it('that dies has the request that killed it failed and the rest not reached', async () => {
    const model = new ConduitModel();
    let asked = 0;
    const result = await run((request) => {
      asked += 1;
      if (asked === 20) throw new EngineError('ECONNRESET', 'the connection was reset');
      if (asked > 20) throw new EngineError('ECONNREFUSED', 'nothing listens');
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
    expect(own.map((one) => one.status)).toEqual(['failed', ...own.slice(1).map(() => 'not-reached')]);
    expect(own[0]?.message).toMatch(/^no answer within \d+ ms$/);
    expect(own[1]?.message).toMatch(/^needs an answer in users\.current\.own: no answer within \d+ ms$/);
  });

  it('that uses up the time of the suite has the rest not reached', async () => {
    const result = await run(() => new Promise<RawResponse>(() => {}), { suiteMs: 20 });
    expect(result.assertions).toHaveLength(assertions.length);
    expect(byId(result.assertions).get('users.login.missing-email.status')?.message).toBe(
      'the suite’s time of 0.02 s was over',
    );
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
    const passed = result.assertions.filter((one) => one.status === 'passed');
    // Nonsense can have the right status, and which of a burst has it is chance.
    const names = new Set(passed.map((one) => one.id.split('.').at(-1)));
    expect([...names].filter((name) => name !== 'status' && name !== 'one')).toEqual([]);
  });

  it('that hands out what no request can hold is not asked with it', async () => {
    const model = new ConduitModel();
    const sent: RawRequest[] = [];
    const result = await run((request) => {
      sent.push(request);
      const response = model.handle(request);
      const text = new TextDecoder().decode(response.body);
      const changed = request.target.startsWith('/api/users')
        ? text.replace(/"token":"[^"]*"/, '"token":"x\\r\\nHost: evil"')
        : text.replace(/"slug":"reading/, '"slug":"\\ud800');
      return { ...response, body: new TextEncoder().encode(changed) };
    });
    expect(result.assertions).toHaveLength(assertions.length);
    expect(sent.flatMap((request) => request.headers).join()).not.toContain('evil');
    const messages = result.assertions.map((one) => one.message ?? '');
    expect(messages).toContain('needs a token, and "x\\r\\nHost: evil" is none');
  });

  it('that hands out a slug that no path can hold is not asked for it', async () => {
    const model = new ConduitModel();
    const result = await run((request) => {
      const response = model.handle(request);
      const text = new TextDecoder().decode(response.body).replace(/"slug":"reading/, '"slug":"\\ud800');
      return { ...response, body: new TextEncoder().encode(text) };
    });
    expect(byId(result.assertions).get('articles.read.stranger.status')?.message).toBe(
      'the request cannot be made from earlier answers: URIError: URI malformed',
    );
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

it('notes when requests went out where there is a clock, and nothing where there is none', async () => {
  const model = new ConduitModel();
  let clock = 0;
  const timed = await run((request) => model.handle(request), { now: () => (clock += 5) });
  expect(timed.exchanges.slice(0, 2).map(({ at }) => at)).toEqual([5, 10]);
  const untimed = await run((request) => new ConduitModel().handle(request));
  expect(untimed.exchanges[0]).not.toHaveProperty('at');
});

describe('a burst', () => {
  const isMark = ({ method, target }: RawRequest) => method === 'POST' && target.endsWith('/favorite');

  it('sends its requests at the same time, and records them in their order', async () => {
    const model = new ConduitModel();
    let underWay = 0;
    let most = 0;
    const result = await run(async (request) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setTimeout(resolve, request.target === '/api/users' ? underWay % 3 : 0));
      underWay -= 1;
      return model.handle(request);
    });
    expect(most).toBe(20);
    expect(result.assertions.filter((one) => one.status !== 'passed')).toEqual([]);
    const names = result.exchanges
      .map((one) => one.name)
      .filter((name) => name.startsWith('concurrency.slugs '));
    expect(names).toEqual(Array.from({ length: 20 }, (_, n) => `concurrency.slugs ${n + 1}`));
    const bursts = new Set(result.exchanges.map((one) => one.burst));
    expect(bursts).toContain('concurrency.slugs');
    expect(result.exchanges[0]).not.toHaveProperty('burst');
  });

  it('sees updates that are lost when requests come at the same time', async () => {
    const model = new ConduitModel();
    let marking = 0;
    const result = await run(async (request) => {
      if (!isMark(request)) return model.handle(request);
      marking += 1;
      const alone = marking === 1;
      await new Promise((resolve) => setTimeout(resolve, 1));
      marking -= 1;
      const answer = model.handle(request);
      if (!alone) model.handle({ ...request, method: 'DELETE' });
      return answer;
    });
    expect(failed(result.assertions)).toEqual(['concurrency.favorites-read.counts']);
  });

  it('names the answer that is wrong, and shows its exchange', async () => {
    const model = new ConduitModel();
    const result = await run((request) => {
      const body = new TextDecoder().decode(request.body);
      return body.includes('Comment 7 of 20') ? broken : model.handle(request);
    });
    const status = byId(result.assertions).get('concurrency.comments.status');
    expect(status).toMatchObject({
      status: 'failed',
      message: '1 of 20 answers have another status',
      expected: '201',
      got: '500',
    });
    expect(result.exchanges[status?.exchange ?? 0]?.name).toBe('concurrency.comments 7');
    expect(byId(result.assertions).get('concurrency.comments-read.bodies')?.status).toBe('failed');
  });

  it('of which one gets no answer fails once', async () => {
    const model = new ConduitModel();
    const result = await run((request) => {
      const body = new TextDecoder().decode(request.body);
      if (body.includes('Comment 7 of 20')) throw new EngineError('ECONNRESET', 'the connection was reset');
      return model.handle(request);
    });
    const burst = result.assertions.filter((one) => one.id.startsWith('concurrency.comments.'));
    expect(burst.map((one) => one.status)).toEqual(['failed', 'not-reached', 'not-reached', 'not-reached']);
    expect(burst[1]?.message).toContain('needs an answer in concurrency.comments: ');
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
    expect(own?.headers).toContainEqual([
      'Authorization',
      expect.stringMatching(/^Token [\w-]+\.[\w-]+\.\w+$/),
    ]);
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

function groupOfId(id: string): string {
  return id.split('.').slice(0, -2).join('.');
}

function groupOf({ name }: { name: string }): string {
  return name.split(' ')[0]?.split('.').slice(0, -1).join('.') ?? '';
}
