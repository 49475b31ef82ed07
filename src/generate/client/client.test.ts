import { afterEach, describe, expect, it } from 'vitest';
import { limits } from '../../domain/limits.ts';
import { createModelClient, type ClientOptions } from './client.ts';
import type { Connection } from './presets.ts';
import type { RetryPolicy } from './retry.ts';
import {
  startModelServer,
  type ModelServer,
  type Reply,
  type ServerOptions,
} from './testing/model-server.ts';
import { ModelError, type AskEvent, type AskOptions, type AskRequest } from './types.ts';

const servers: ModelServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const fast: RetryPolicy = {
  attempts: { rate: 4, server: 3, network: 3, timeout: 2, 'bad-answer': 2, empty: 2 },
  baseMs: 4,
  maxMs: 10,
  askedMs: 3_000,
};
const question: AskRequest = { messages: [{ role: 'user', text: 'Write a server.' }] };

async function withServer(options: ServerOptions) {
  const server = await startModelServer(options);
  servers.push(server);
  const ask = (
    request: AskRequest = question,
    {
      connection = {},
      client = {},
      ask: more = {},
    }: Partial<{ connection: Partial<Connection>; client: ClientOptions; ask: AskOptions }> = {},
  ) =>
    createModelClient(
      { preset: 'custom', address: server.url, model: 'scripted-1', api: 'chat', ...connection },
      { policy: fast, ...client },
    ).ask(request, more);
  return { server, ask };
}

async function errorOf(promise: Promise<unknown>): Promise<ModelError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
  throw new Error('it was answered');
}

describe.each(['chat', 'responses'] as const)('an answer through the %s API', (api) => {
  const connection = { api };
  const say = async (reply: Reply, request = question, ask: AskOptions = {}) => {
    const { server, ask: run } = await withServer({ replies: [reply] });
    return { server, answer: await run(request, { connection, ask }) };
  };

  it('comes as a stream, in order and whole', async () => {
    const text = 'const name = "Zoë 🦊 – ≥ 1";\n'.repeat(20);
    const parts: string[] = [];
    const { answer } = await say({ text, reasoning: 'Let me think.' }, question, {
      onText: (part) => parts.push(part),
    });
    expect(answer.text).toBe(text);
    expect(parts.length).toBeGreaterThan(10);
    expect(parts.join('')).toBe(text);
    expect(answer.reasoning).toBe('Let me think.');
    expect(answer).toMatchObject({
      finish: 'stop',
      model: 'scripted-1',
      attempts: 1,
      broken: [],
      requestId: 'req-0',
    });
    expect(answer.timings.firstTokenMs).toBeGreaterThan(0);
    expect(answer.timings.ms).toBeGreaterThanOrEqual(answer.timings.firstTokenMs ?? 0);
  });

  it.each([1, 3, 7])(
    'survives being cut apart every %i bytes, within characters and lines',
    async (bytes) => {
      const text = 'Zoë 🦊 ≥ "1"\r\n\t\u2028 end';
      expect((await say({ text, bytes, piece: 3 })).answer.text).toBe(text);
    },
  );

  it('counts tokens as the provider does', async () => {
    const usage = { input: 1_000, output: 200, cached: 600, reasoning: 50 };
    expect((await say({ text: 'x', usage })).answer.usage).toEqual(usage);
    expect((await say({ text: 'x', usage: null })).answer.usage).toBeUndefined();
  });

  it('brings tool calls, each once it is whole', async () => {
    const toolCalls = [
      { id: 'a', name: 'shell', arguments: '{"command":"ls -la /srv/app"}' },
      { id: 'b', name: 'test', arguments: '{}' },
    ];
    const told: unknown[] = [];
    const request: AskRequest = {
      messages: [
        { role: 'system', text: 'You have tools.' },
        { role: 'user', text: 'Go.' },
        { role: 'assistant', text: '', toolCalls: [{ id: 'z', name: 'test', arguments: '{}' }] },
        { role: 'tool', callId: 'z', text: '3 failed' },
      ],
      tools: [{ name: 'shell', description: 'Runs a command.', parameters: { type: 'object' } }],
    };
    const { server, answer } = await say({ toolCalls }, request, { onToolCall: (call) => told.push(call) });
    expect(answer.toolCalls).toEqual(toolCalls);
    expect(told).toEqual(toolCalls);
    expect(answer.finish).toBe('tool-calls');
    expect(JSON.stringify(server.asked[0]?.json)).toContain('3 failed');
    expect(JSON.stringify(server.asked[0]?.json['tools'])).toContain('Runs a command.');
  });

  it('says that it was cut at its limit', async () => {
    expect((await say({ text: 'const a =', finish: 'length' })).answer.finish).toBe('length');
  });

  it('is taken in one piece from a server that does not stream', async () => {
    const { answer } = await say({ text: 'all at once', whole: true });
    expect(answer).toMatchObject({ text: 'all at once', finish: 'stop' });
    expect(answer.usage?.input).toBe(100);
  });

  it('sends the parameters by their names', async () => {
    const parameters = { temperature: 0.2, topP: 0.9, reasoningEffort: 'low', maxTokens: 500 };
    const { server, answer } = await say({ text: 'x' }, { ...question, parameters });
    const expected =
      api === 'chat'
        ? { temperature: 0.2, top_p: 0.9, reasoning_effort: 'low', max_tokens: 500 }
        : {
            temperature: 0.2,
            top_p: 0.9,
            reasoning: { effort: 'low' },
            max_output_tokens: 500,
            store: false,
          };
    expect(server.asked[0]?.json).toMatchObject(expected);
    expect(answer.sent['temperature']).toBe(0.2);
  });

  it('tells a refusal, a filter, thinking without an answer and nothing at all apart', async () => {
    const fault = async (reply: Reply) => errorOf(say(reply));
    expect(await fault({ refusal: 'I will not.' })).toMatchObject({ kind: 'refused', detail: 'I will not.' });
    expect(await fault({ finish: 'content_filter' })).toMatchObject({ kind: 'refused' });
    const thought = await fault({ reasoning: 'hm', finish: 'length' });
    expect(thought).toMatchObject({ kind: 'empty' });
    expect(thought.message).toContain('thinking');
    expect(thought.partial?.reasoning).toBe('hm');
    const empty = await fault({ text: '  ' });
    expect(empty).toMatchObject({ kind: 'empty', partial: { attempts: 2 } });
  });
});

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
    const stuck = await failing([{ text: 'one two three four', hang: 3 }], { patience });
    expect(stuck.error.kind).toBe('timeout');
    expect(stuck.error.message).toContain('stood still');
    expect(stuck.error.partial?.text).not.toBe('');
    const slow = await failing([{ text: 'x'.repeat(2_000), gapMs: 20 }], {
      patience: { ...patience, answerMs: 300 },
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

describe('cancelling', () => {
  it.each([
    ['before', { text: 'x' }, 0],
    ['while the headers are waited for', { hang: 'headers' }, 60],
    ['within the stream', { text: 'x'.repeat(4_000), gapMs: 5 }, 150],
    ['between two attempts', { status: 429, body: {}, headers: { 'Retry-After': '2' } }, 150],
  ] satisfies [string, Reply, number][])('is at once %s', async (_, reply, afterMs) => {
    const { ask } = await withServer({ replies: [reply] });
    const controller = new AbortController();
    let late = 0;
    const promise = errorOf(
      ask(question, {
        ask: { signal: controller.signal, onText: () => controller.signal.aborted && late++ },
      }),
    );
    if (afterMs > 0) await new Promise((resolve) => setTimeout(resolve, afterMs));
    controller.abort();
    const begin = performance.now();
    expect(await promise).toMatchObject({ kind: 'cancelled' });
    expect(performance.now() - begin).toBeLessThan(1_500);
    expect(late).toBe(0);
  });

  it('lets go of the connection', async () => {
    const { server, ask } = await withServer({ replies: [{ text: 'x'.repeat(4_000), gapMs: 5 }] });
    const controller = new AbortController();
    const promise = errorOf(
      ask(question, { ask: { signal: controller.signal, onText: () => controller.abort() } }),
    );
    expect((await promise).partial?.text).toContain('x');
    await expect.poll(() => server.dropped).toBe(1);
  });
});

describe('parameters that are refused', () => {
  const picky = (refused: Record<string, string>): ServerOptions => ({
    replies: ({ json }) => {
      const name = Object.keys(refused).find((one) => one in json);
      return name === undefined
        ? { text: 'ok' }
        : {
            status: 400,
            body: { error: { message: refused[name], param: name, code: 'unsupported_parameter' } },
          };
    },
  });

  it('are renamed or left out, once for all questions, and said', async () => {
    const server = await startModelServer(
      picky({
        max_tokens: "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.",
        temperature: "Unsupported value: 'temperature' does not support 0.2 with this model.",
        stream_options: 'stream_options is not permitted',
      }),
    );
    servers.push(server);
    const client = createModelClient(
      { preset: 'custom', address: server.url, model: 'm', api: 'chat' },
      { policy: fast },
    );
    const request = { ...question, parameters: { temperature: 0.2, maxTokens: 50, seed: 7 } };
    const answer = await client.ask(request);
    expect(answer.adjustments.map(({ parameter, done }) => [parameter, done])).toEqual([
      ['max_tokens', 'renamed'],
      ['temperature', 'dropped'],
      ['stream_options', 'dropped'],
    ]);
    expect(answer.sent).toEqual({ seed: 7, max_completion_tokens: 50 });
    const before = server.asked.length;
    await client.ask(request);
    expect(server.asked.length).toBe(before + 1);
  });

  it('is a stream as well: the answer then comes in one piece', async () => {
    const { ask } = await withServer(
      picky({ stream: 'Your organization must be verified to stream this model.' }),
    );
    expect(await ask()).toMatchObject({ text: 'ok', adjustments: [{ parameter: 'stream' }] });
  });

  it('are system messages as well', async () => {
    const { server, ask } = await withServer({
      replies: ({ messages }) =>
        messages.some(({ role }) => role === 'system')
          ? { status: 400, body: { error: { message: 'System role not supported' } } }
          : { text: 'ok' },
    });
    const messages = [
      { role: 'system', text: 'Be brief.' },
      { role: 'user', text: 'Hello.' },
    ] as const;
    expect(await ask({ messages })).toMatchObject({ text: 'ok', adjustments: [{ parameter: 'messages' }] });
    expect(server.asked[1]?.messages).toEqual([{ role: 'user', text: 'Be brief.\n\nHello.' }]);
  });

  it('has no seed to lose in the responses API without a word', async () => {
    const { ask } = await withServer({ replies: [{ text: 'ok' }] });
    const answer = await ask({ ...question, parameters: { seed: 7 } }, { connection: { api: 'responses' } });
    expect(answer.adjustments).toMatchObject([{ parameter: 'seed', done: 'dropped' }]);
  });
});

describe('keys', () => {
  const key = 'sk-planted-key-0123456789abcdef';

  it('go out as they should, and nothing else about this machine', async () => {
    const { server, ask } = await withServer({ replies: [{ text: 'ok' }], key });
    await ask(question, { client: { key: () => key } });
    const headers = server.asked[0]?.headers ?? {};
    expect(headers['authorization']).toBe(`Bearer ${key}`);
    expect(Object.keys(headers).filter((name) => name.startsWith('x-stainless'))).toEqual([]);
  });

  it('are not sent when there is none', async () => {
    const { server, ask } = await withServer({ replies: [{ text: 'ok' }] });
    await ask();
    expect(server.asked[0]?.headers['authorization']).toBeUndefined();
  });

  it('never come back, whatever the provider says', async () => {
    const client: ClientOptions = { key: () => key };
    const { ask } = await withServer({ replies: [{ text: 'x' }], key: 'another-key-0000000' });
    const refused = await errorOf(ask(question, { client }));
    expect(refused.kind).toBe('key');
    expect(refused.detail).toContain('[key removed]');
    const { ask: echo } = await withServer({
      replies: [
        {
          text: `my key is ${key}!`,
          reasoning: `it is ${key}`,
          piece: 5,
          toolCalls: [{ id: key, name: 'shell', arguments: `{"a":"${key}"}` }],
        },
      ],
    });
    const parts: string[] = [];
    const answer = await echo(question, { client, ask: { onText: (part) => parts.push(part) } });
    expect(answer.text).toBe('my key is [key removed]!');
    const everything = JSON.stringify([refused, refused.message, refused.stack, answer, parts]);
    expect(everything).not.toContain(key);
    expect(parts.join('')).not.toContain(key);
  });
});

it('knows what an answer cost, with what broken ones told', async () => {
  const usage = { input: 1_000_000, output: 100_000, cached: 500_000 };
  const { ask } = await withServer({
    replies: [
      { text: '', usage },
      { text: 'ok', usage },
    ],
  });
  const answer = await ask(question, { client: { price: () => ({ input: 2, output: 10, cached: 0.5 }) } });
  expect(answer.cost).toBeCloseTo(2 * (1 + 0.25 + 1));
  expect((await ask()).cost).toBeUndefined();
});

it('parts thinking in tags from the text', async () => {
  const { ask } = await withServer({
    replies: [{ text: '\n<think>a <b> c</think>\n\nanswer <think>kept</think>', piece: 3 }],
  });
  expect(await ask()).toMatchObject({ reasoning: 'a <b> c', text: 'answer <think>kept</think>' });
});
