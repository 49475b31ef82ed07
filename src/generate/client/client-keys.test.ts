import { describe, expect, it } from 'vitest';
import type { ClientOptions } from './client.ts';
import { askedServers, errorOf, question } from './testing/asking.ts';

const { withServer } = askedServers();

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
