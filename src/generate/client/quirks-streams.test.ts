import { describe, expect, it } from 'vitest';
import { askedServers, errorOf, fast, question } from './testing/asking.ts';
import type { Reply } from './testing/model-server.ts';
import { data, delta, done, raw } from './testing/raw-streams.ts';

/* Streams as providers are known to write them, each by hand: what our own scripted server would write is not repeated. */

const { withServer } = askedServers();
const say = async (reply: Reply) => {
  const { server, ask } = await withServer({ replies: [reply] });
  return { server, answer: await ask() };
};
const hello = data(delta({ content: 'Hello' })) + data(delta({ content: ' there' }));
const end = data(delta({}, 'stop'));
const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };

describe('the text of a stream', () => {
  it.each([
    [
      'with comments between (OpenRouter)',
      `: OPENROUTER PROCESSING\n\n${hello}: OPENROUTER PROCESSING\n\n${end}${done}`,
    ],
    ['with empty data as a sign of life', `data:\n\ndata: \n\n${hello}${end}${done}`],
    ['with CRLF', (hello + end + done).replaceAll('\n', '\r\n')],
    ['with CR alone', (hello + end + done).replaceAll('\n', '\r')],
    ['without a space behind the colon', (hello + end + done).replaceAll('data: ', 'data:')],
    ['with one line break between events', (hello + end + done).replaceAll('\n\n', '\n')],
    ['without an empty line at its end', hello + end.trimEnd()],
    ['with a byte order mark', `\uFEFF${hello}${end}${done}`],
    [
      'with names and ids of events',
      (hello + end).replaceAll('data:', 'event: chunk\nid: 1\nretry: 10\ndata:') + done,
    ],
    ['with pings (Anthropic)', `event: ping\ndata: {"type": "ping"}\n\n${hello}${end}${done}`],
    [
      'with an event over several lines',
      `${hello}data: {"choices": [\ndata: {"delta": {}, "finish_reason": "stop"}]}\n\n${done}`,
    ],
    ['without [DONE]', hello + end],
    ['without a reason for its end', hello + done],
    [
      'with a reason that is empty',
      `${data(delta({ content: 'Hello there' }, ''))}${data(delta({}, ''))}${done}`,
    ],
    ['with a reason of its own (Together)', `${hello}${data(delta({}, 'eos'))}${done}`],
    ['that tells its tokens, and neither reason nor [DONE]', hello + data({ choices: [], usage })],
    [
      'with content in parts (Mistral)',
      `${data(delta({ content: [{ type: 'text', text: 'Hello there' }] }))}${end}${done}`,
    ],
    [
      'with fields of other types than OpenAI has',
      `${data({ ...delta({ content: 'Hello there', reasoning: {}, tool_calls: null, refusal: false }), id: 7, model: null, usage: 'none' })}${end}${done}`,
    ],
    [
      'as objects, one a line',
      hello.replaceAll('data: ', '').replaceAll('\n\n', '\n') + end.replace('data: ', ''),
    ],
  ])('is whole %s', async (_, body) => {
    expect((await say(raw(body))).answer).toMatchObject({ text: 'Hello there', finish: 'stop', attempts: 1 });
  });

  it.each(['application/json', 'text/plain', 'application/octet-stream'])(
    'is read when it is sent as %s',
    async (type) => {
      expect((await say(raw(hello + end + done, type))).answer.text).toBe('Hello there');
    },
  );

  it.each(['text/event-stream', 'text/plain', 'application/json'])(
    'is read in one piece when it is sent as %s',
    async (type) => {
      const body = JSON.stringify({
        choices: [{ message: { content: 'Hello there' }, finish_reason: 'stop' }],
        usage,
      });
      const { answer } = await say(raw(`\n${body}`, type));
      expect(answer).toMatchObject({ text: 'Hello there', usage: { input: 10, output: 5 } });
      expect(answer.timings.firstTokenMs).toBeUndefined();
    },
  );

  it('is complete with [DONE], though the connection stays open', async () => {
    const { answer } = await say({ text: 'Hello', hang: 40 });
    expect(answer.text).toBe('Hello');
  });

  it('is complete with its reason, though nothing more comes and the connection stays open', async () => {
    const patience = { firstTokenMs: 10_000, idleMs: 150, answerMs: 60_000 };
    const { server, ask } = await withServer({ replies: [{ text: 'Hello', usage: null, hang: 4 }] });
    expect(await ask(question, { client: { patience } })).toMatchObject({ text: 'Hello', attempts: 1 });
    await expect.poll(() => server.dropped).toBe(1);
  });

  it('that was complete is not asked for again when the connection breaks behind it', async () => {
    const { server, ask } = await withServer({ replies: [{ text: 'Hello', usage: null, cutAfter: 4 }] });
    expect(await ask()).toMatchObject({ text: 'Hello', finish: 'stop', attempts: 1 });
    expect(server.asked).toHaveLength(1);
  });

  it('of a server that never says that it is complete is asked for twice, and then known', async () => {
    const { server, ask } = await withServer({ replies: [raw(hello)] });
    const { answer } = { answer: await ask() };
    expect(answer).toMatchObject({
      text: 'Hello there',
      attempts: 2,
      adjustments: [{ parameter: 'stream' }],
    });
    expect(server.asked).toHaveLength(2);
  });

  it('that thinks for long is waited for while there are signs of life', async () => {
    const patience = { firstTokenMs: 400, idleMs: 400, answerMs: 20_000 };
    const { ask } = await withServer({ replies: [{ text: 'Hello there', comments: 12, gapMs: 80 }] });
    expect(await ask(question, { client: { patience } })).toMatchObject({ text: 'Hello there', attempts: 1 });
  });
});

describe('thinking', () => {
  it.each([
    ['reasoning_content (DeepSeek, llama.cpp)', [{ reasoning_content: 'hm' }]],
    ['reasoning (OpenRouter, Groq, Ollama, vLLM)', [{ reasoning: 'hm', content: '' }]],
    ['both, of which one is empty', [{ reasoning_content: '', reasoning: 'hm' }]],
    ['both, with the same text', [{ reasoning_content: 'hm', reasoning: 'hm' }]],
    ['parts (Mistral)', [{ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] }] }]],
    ['tags in the text (LM Studio)', [{ content: '<think>h' }, { content: 'm</think>\n' }]],
  ])('is told from the text when it comes as %s', async (_, deltas) => {
    const body = deltas.map((one) => data(delta(one))).join('') + hello + end + done;
    expect((await say(raw(body))).answer).toMatchObject({ reasoning: 'hm', text: 'Hello there' });
  });
});

describe('calls of tools', () => {
  const call = (fields: object) => data(delta({ tool_calls: [fields] }));
  const one = { name: 'a', arguments: '{"x":1}' };
  const two = { name: 'b', arguments: '{"y":2}' };
  const expected = [
    { name: 'a', arguments: '{"x":1}' },
    { name: 'b', arguments: '{"y":2}' },
  ];

  it.each([
    [
      'in one chunk each, without index (Google)',
      call({ id: 'i', function: one }) + call({ id: 'j', function: two }),
    ],
    [
      'with index 0 for all (Ollama)',
      call({ index: 0, id: 'i', function: one }) + call({ index: 0, id: 'j', function: two }),
    ],
    ['with an empty id and no index', call({ id: '', function: one }) + call({ id: '', function: two })],
    [
      'with index 0 and an empty id',
      call({ index: 0, id: '', function: one }) + call({ index: 0, id: '', function: two }),
    ],
    [
      'two in one chunk, without index',
      data(
        delta({
          tool_calls: [
            { id: 'i', function: one },
            { id: 'j', function: two },
          ],
        }),
      ),
    ],
    [
      'with arguments as objects',
      call({ index: 0, id: 'i', function: { name: 'a', arguments: { x: 1 } } }) +
        call({ index: 1, id: 'j', function: { name: 'b', arguments: { y: 2 } } }),
    ],
    [
      'in pieces that repeat id and name',
      ['{"x"', ':1}']
        .map((part) => call({ index: 0, id: 'i', function: { name: 'a', arguments: part } }))
        .join('') +
        ['{"y"', ':2}']
          .map((part) => call({ index: 1, id: 'j', function: { name: 'b', arguments: part } }))
          .join(''),
    ],
    [
      'in pieces that are mixed',
      call({ index: 0, id: 'i', function: { name: 'a', arguments: '' } }) +
        call({ index: 1, id: 'j', function: { name: 'b', arguments: '{"y"' } }) +
        call({ index: 0, function: { arguments: '{"x":1}' } }) +
        call({ index: 1, function: { arguments: ':2}' } }),
    ],
    [
      'in pieces without index or id, after a name',
      call({ id: 'i', function: { name: 'a', arguments: '{"x"' } }) +
        call({ function: { arguments: ':1}' } }) +
        call({ id: 'j', function: two }),
    ],
    [
      'that come once more as a whole',
      [one, two].map((fn, index) => call({ index, id: `i${index}`, function: fn }).repeat(2)).join(''),
    ],
  ])('are told apart: %s', async (_, body) => {
    for (const finish of ['tool_calls', 'stop', null]) {
      const { answer } = await say(raw(body + (finish === null ? '' : data(delta({}, finish))) + done));
      expect(answer.toolCalls.map(({ name, arguments: text }) => ({ name, arguments: text }))).toEqual(
        expected,
      );
      expect(answer.finish).toBe('tool-calls');
      expect(new Set(answer.toolCalls.map(({ id }) => id)).size).toBe(2);
    }
  });

  it('are sent back with what the provider wants to see of them again (Google)', async () => {
    const extra = { google: { thought_signature: 'c2ln' } };
    const { server, ask } = await withServer({
      replies: [raw(call({ id: 'i', function: one, extra_content: extra }) + done), { text: 'ok' }],
    });
    const { toolCalls } = await ask();
    await ask({
      messages: [
        { role: 'assistant', text: '', toolCalls },
        { role: 'tool', callId: 'i', text: 'done' },
      ],
    });
    expect(server.asked[1]?.json['messages']).toMatchObject([
      { tool_calls: [{ id: 'i', extra_content: extra }] },
      {},
    ]);
  });
});

describe('the count of tokens', () => {
  const counted = async (...chunks: unknown[]) =>
    (await say(raw(hello + chunks.map(data).join('') + done))).answer.usage;

  it.each([
    ['in a chunk without choices (OpenAI)', [{ choices: [], usage }], { input: 10, output: 5 }],
    [
      'in every chunk, growing',
      [
        { ...delta({}), usage: { ...usage, completion_tokens: 2, total_tokens: 12 } },
        { ...delta({}), usage },
      ],
      { output: 5 },
    ],
    ['for itself (Groq)', [{ ...delta({}, 'stop'), x_groq: { id: 'r', usage } }], { input: 10, output: 5 }],
    [
      'with what came from the cache (OpenAI)',
      [{ choices: [], usage: { ...usage, prompt_tokens_details: { cached_tokens: 8 } } }],
      { cached: 8 },
    ],
    [
      'with what came from the cache (DeepSeek)',
      [{ choices: [], usage: { ...usage, prompt_cache_hit_tokens: 8 } }],
      { cached: 8 },
    ],
    [
      'with thinking in the total alone (Google)',
      [{ choices: [], usage: { prompt_tokens: 21, completion_tokens: 0, total_tokens: 81 } }],
      { input: 21, output: 60, reasoning: 60 },
    ],
    [
      'with thinking as a part of the output',
      [{ choices: [], usage: { ...usage, completion_tokens_details: { reasoning_tokens: 3 } } }],
      { output: 5, reasoning: 3 },
    ],
  ])('is read %s', async (_, chunks, expected) => {
    expect(await counted(...chunks)).toMatchObject(expected);
  });

  it.each([
    ['missing', []],
    ['null', [{ choices: [], usage: null }]],
    [
      'nothing but zeros',
      [{ choices: [], usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 } }],
    ],
  ])('is not known when it is %s', async (_, chunks) => {
    expect(await counted(...chunks)).toBeUndefined();
  });
});

describe('the responses API', () => {
  it('is read from its last event alone, where a server sends no pieces', async () => {
    const response = {
      status: 'completed',
      output: [{ type: 'message', content: [{ type: 'output_text', text: 'Hello' }] }],
    };
    const { ask } = await withServer({
      replies: [raw(`event: response.completed\n${data({ type: 'response.completed', response })}`)],
    });
    expect(await ask(question, { connection: { api: 'responses' } })).toMatchObject({
      text: 'Hello',
      finish: 'stop',
    });
  });

  it('says that it failed', async () => {
    const failed = {
      type: 'response.failed',
      response: { status: 'failed', error: { code: 'server_error', message: 'oops' } },
    };
    const { ask } = await withServer({
      replies: [
        raw(data(failed)),
        raw(data({ type: 'error', code: 'rate_limit_exceeded', message: 'slow' })),
        { text: 'ok' },
      ],
    });
    expect(await ask(question, { connection: { api: 'responses' }, client: { policy: fast } })).toMatchObject(
      { text: 'ok', attempts: 3 },
    );
  });
});

describe('a provider that gives up in the middle', () => {
  it.each([
    [
      'by an error (OpenRouter)',
      {
        error: { code: 502, message: 'Provider disconnected' },
        choices: [{ delta: { content: '' }, finish_reason: 'error' }],
      },
    ],
    ['by a reason (vLLM)', delta({}, 'abort')],
    ['by a reason (DeepSeek)', delta({}, 'insufficient_system_resource')],
    ['by a sentence', { error: 'the runner has ended' }],
  ])('%s is asked again', async (_, last) => {
    const { ask } = await withServer({ replies: [raw(hello + data(last)), { text: 'ok' }] });
    expect(await ask()).toMatchObject({ text: 'ok', attempts: 2, broken: ['Hello there'] });
  });

  it('is not, when its filter did', async () => {
    const { server, ask } = await withServer({
      replies: [raw(data(delta({}, 'content_filter: PROHIBITED_CONTENT')) + done)],
    });
    expect(await errorOf(ask())).toMatchObject({ kind: 'refused' });
    expect(server.asked).toHaveLength(1);
  });
});
