import { describe, expect, it } from 'vitest';
import { createModelClient } from './client.ts';
import { askedServers, fast, question } from './testing/asking.ts';
import type { ServerOptions } from './testing/model-server.ts';

const { start, withServer } = askedServers();

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
    const server = await start(
      picky({
        max_tokens: "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.",
        temperature: "Unsupported value: 'temperature' does not support 0.2 with this model.",
        stream_options: 'stream_options is not permitted',
      }),
    );
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
