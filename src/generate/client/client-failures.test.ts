import { describe, expect, it } from 'vitest';
import { limits } from '../../domain/limits.ts';
import type { ClientOptions } from './client.ts';
import { askedServers, errorOf, question } from './testing/asking.ts';
import type { Reply, ServerOptions } from './testing/model-server.ts';
import type { AskEvent } from './types.ts';

const { withServer } = askedServers();

describe('what goes wrong', () => {
  const failing = async (
    replies: Reply[],
    client: ClientOptions = {},
    options: Partial<ServerOptions> = {},
  ) => {
    const { server, ask } = await withServer({ replies, ...options });
    return { error: await errorOf(ask(question, { client })), server };
  };
  const status = (
    code: number,
    error: object = { message: 'no' },
    headers: Record<string, string> = {},
  ): Reply => ({
    status: code,
    body: { error },
    headers,
  });

  it.each([
    ['key', 401, { message: 'bad key' }],
    ['key', 400, { message: 'API key not valid. Please pass a valid API key.' }],
    ['quota', 402, { message: 'Payment required' }],
    ['quota', 429, { message: 'You exceeded your current quota', code: 'insufficient_quota' }],
    ['model', 404, { message: 'The model `x` does not exist', code: 'model_not_found' }],
    ['model', 400, { message: 'x is not a valid model ID' }],
    ['address', 404, { message: 'Not Found' }],
    ['request', 400, { message: "This model's maximum context length is 8192 tokens." }],
    ['refused', 400, { message: 'flagged', code: 'content_policy_violation' }],
    ['cors', 401, { message: "CORS requests must set 'x-header' header" }],
    ['request', 422, { message: 'messages: must end with a user message' }],
  ])('says %s for %i %j, and asks once', async (kind, code, error) => {
    const { error: said, server } = await failing([status(code, error)]);
    expect(said).toMatchObject({ kind, status: code });
    expect(said.message).not.toBe('');
    expect(server.asked).toHaveLength(1);
  });

  it('repeats after 429 and 5xx, and says so', async () => {
    const events: AskEvent[] = [];
    const { server, ask } = await withServer({
      replies: [status(429), status(503), status(529, { message: 'Overloaded' }), { text: 'at last' }],
    });
    const answer = await ask(question, { ask: { onEvent: (event) => events.push(event) } });
    expect(answer).toMatchObject({ text: 'at last', attempts: 4 });
    expect(server.asked).toHaveLength(4);
    expect(events.map((event) => event.type === 'retry' && event.error.kind)).toEqual([
      'rate',
      'server',
      'server',
    ]);
  });

  it('gives up in the end', async () => {
    const { error, server } = await failing([status(500)]);
    expect(error).toMatchObject({ kind: 'server', status: 500 });
    expect(server.asked).toHaveLength(3);
  });

  it.each([
    ['seconds', () => '1'],
    ['a date', () => new Date(Date.now() + 1_900).toUTCString()],
  ])('honours Retry-After in %s', async (_, value) => {
    const { ask } = await withServer({
      replies: [status(429, {}, { 'Retry-After': value() }), { text: 'ok' }],
    });
    const waits: number[] = [];
    await ask(question, { ask: { onEvent: (event) => event.type === 'retry' && waits.push(event.waitMs) } });
    expect(waits).toHaveLength(1);
    expect(waits[0]).toBeGreaterThan(850);
    expect(waits[0]).toBeLessThan(2_000);
  });

  it('does not wait for longer than is bearable', async () => {
    const { error, server } = await failing([status(429, {}, { 'Retry-After': '3600' })]);
    expect(error.kind).toBe('rate');
    expect(error.message).toContain('3600 s');
    expect(server.asked).toHaveLength(1);
  });

  it('asks again for a stream that broke, from its beginning', async () => {
    const text = 'one two three four five six seven eight nine ten';
    const { ask } = await withServer({ replies: [{ text, cutAfter: 4 }, { text, endAfter: 5 }, { text }] });
    let shown = '';
    const answer = await ask(question, {
      ask: {
        onText: (part) => (shown += part),
        onEvent: (event) => event.type === 'restart' && (shown = ''),
      },
    });
    expect(answer).toMatchObject({ text, attempts: 3 });
    expect(shown).toBe(text);
    expect(answer.broken).toHaveLength(2);
    expect(text.startsWith(answer.broken[0] ?? '-')).toBe(true);
    expect(answer.broken[0]).not.toBe('');
  });

  it('keeps what had come of a stream that broke for good', async () => {
    const { error } = await failing([{ text: 'one two three four five six', cutAfter: 3 }]);
    expect(error).toMatchObject({ kind: 'network' });
    expect(error.message).toContain('broke');
    expect(error.partial?.text).toContain('one');
  });

  it('takes an error in the middle of a stream for what it is', async () => {
    const { ask } = await withServer({
      replies: [
        { text: 'abc', errorAfter: { events: 2, error: { code: 429, message: 'slow down' } } },
        { text: 'ok' },
      ],
    });
    expect(await ask()).toMatchObject({ text: 'ok', attempts: 2 });
    const { error } = await failing([
      { text: 'abc', errorAfter: { events: 2, error: { message: 'x', code: 'insufficient_quota' } } },
    ]);
    expect(error.kind).toBe('quota');
  });

  it('takes an error that comes with status 200 for an error', async () => {
    const { error } = await failing([{ status: 200, body: { error: { message: 'no credit', code: 402 } } }]);
    expect(error.kind).toBe('quota');
  });

  it('knows a web page and nonsense from an API', async () => {
    const page = await failing([
      { status: 200, body: '<!doctype html><p>hello', headers: { 'Content-Type': 'text/html' } },
    ]);
    expect(page.error.kind).toBe('address');
    const nonsense = await failing([
      { status: 200, body: 'data: {"choices": [\n\n', headers: { 'Content-Type': 'text/event-stream' } },
    ]);
    expect(nonsense.error.kind).toBe('bad-answer');
    const wrong = await failing([{ status: 200, body: { choices: 'none' } }]);
    expect(wrong.error.kind).toBe('bad-answer');
  });

  it('gives up on a first token, on silence and on the whole in time', async () => {
    const patience = { firstTokenMs: 80, idleMs: 80, answerMs: 5_000 };
    const mute = await failing([{ hang: 'headers' }], { patience });
    expect(mute.error).toMatchObject({ kind: 'timeout' });
    expect(mute.server.asked).toHaveLength(2);
    const stuck = await failing([{ text: 'one two three four', hang: 3 }], {
      patience: { ...patience, firstTokenMs: 5_000 },
    });
    expect(stuck.error.kind).toBe('timeout');
    expect(stuck.error.message).toContain('stood still');
    expect(stuck.error.partial?.text).not.toBe('');
    const slow = await failing([{ text: 'x'.repeat(2_000), gapMs: 20 }], {
      patience: { firstTokenMs: 5_000, idleMs: 5_000, answerMs: 300 },
    });
    expect(slow.error.message).toContain('not complete');
    expect(slow.server.asked).toHaveLength(1);
  });

  it('takes no answer that never ends', async () => {
    const text = 'x'.repeat(limits.answerBytes + 2 ** 20);
    const { error, server } = await failing([{ text, piece: 2 ** 20 }]);
    expect(error.message).toContain('larger');
    expect(server.asked).toHaveLength(1);
  });

  it('says when nothing is at the address', async () => {
    const { server, ask } = await withServer({ replies: [] });
    await server.close();
    expect(await errorOf(ask())).toMatchObject({ kind: 'network' });
  });

  it('follows no redirect', async () => {
    const { server: other } = await withServer({ replies: [{ text: 'stolen' }] });
    const { error } = await failing(
      [{ status: 307, body: {}, headers: { Location: `${other.url}/chat/completions` } }],
      {
        key: () => 'sk-planted-key-0123456789',
      },
    );
    expect(error.kind).toBe('address');
    expect(other.asked).toHaveLength(0);
  });
});
