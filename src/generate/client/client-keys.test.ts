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

  it.each([
    ['no JSON', `no, not with ${key}`],
    ['no JSON, with the key where it is cut', `${'x'.repeat(590)}${key}`],
    ['the key over and over, so that taking it out makes room', key.repeat(500)],
    ['JSON of another shape', { choices: key }],
    ['a choice of another shape', { choices: [{ message: { content: { text: key } } }] }],
    ['a web page', `<title>${key}</title>`],
  ])('never come back, whatever is wrong with an answer: %s', async (_, body) => {
    const { ask } = await withServer({ replies: [{ status: 200, body }] });
    const fault = await errorOf(ask(question, { client: { key: () => key } }));
    const everything = JSON.stringify([fault, fault.message, fault.detail, fault.stack]);
    for (let length = 12; length <= key.length; length++)
      expect(everything).not.toContain(key.slice(0, length));
  });

  it('never come back as an id or as the name of a model', async () => {
    const body = {
      id: `${'i'.repeat(185)}${key}`,
      model: `${'m'.repeat(185)}${key}`,
      choices: [{ message: { content: 'x' }, finish_reason: 'stop' }],
    };
    const { ask } = await withServer({ replies: [{ status: 200, body }] });
    const answer = await ask(question, { client: { key: () => key } });
    expect(answer.model).toMatch(/^m+/);
    expect(JSON.stringify(answer)).not.toContain(key.slice(0, 12));
  });
});
