import { describe, expect, it } from 'vitest';
import { askedServers, errorOf, question } from './testing/asking.ts';
import type { Reply } from './testing/model-server.ts';
import type { AskOptions, AskRequest } from './types.ts';

const { withServer } = askedServers();

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
