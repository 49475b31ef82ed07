import { afterEach, expect, it } from 'vitest';
import type { ClientOptions } from './client.ts';
import { listModels, testConnection } from './models.ts';
import type { Connection } from './presets.ts';
import { startModelServer, type ModelServer, type ServerOptions } from './testing/model-server.ts';

const servers: ModelServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function at(options: ServerOptions, model = 'scripted-1'): Promise<Connection> {
  const server = await startModelServer(options);
  servers.push(server);
  return { preset: 'custom', address: server.url, model, api: 'chat' };
}

it('lists models, with what is known of them', async () => {
  const models = [
    'z-model',
    { id: 'models/gemini-x', context_length: 100 },
    { id: 'a', pricing: { prompt: '0.0000025', completion: '0.00001', input_cache_read: '0.00000125' } },
    { id: 'b', pricing: { prompt: '-1', completion: '-1' } },
    { owned_by: 'nobody' },
  ];
  expect(await listModels(await at({ replies: [], models }))).toEqual([
    { id: 'a', price: { input: 2.5, output: 10, cached: 1.25 } },
    { id: 'b' },
    { id: 'gemini-x', contextTokens: 100 },
    { id: 'z-model' },
  ]);
});

it.each([
  ['a bare list (Together)', [{ id: 'a', context_length: '8k' }, { id: 'b' }]],
  ['names alone', { data: ['a', 'b'] }],
  ['models with names (Ollama)', { models: [{ name: 'a', model: 'a' }, { name: 'b' }] }],
  ['models and data (llama.cpp)', { models: [{ name: 'x' }], data: [{ id: 'a' }, { id: 'b' }] }],
  [
    'prices of another kind',
    {
      data: [
        { id: 'a', pricing: 'free' },
        { id: 'b', pricing: null },
      ],
    },
  ],
])('reads %s', async (_, list) => {
  expect(await listModels(await at({ replies: [], list }))).toEqual([{ id: 'a' }, { id: 'b' }]);
});

it('tells a server without a list from an address without an API', async () => {
  const connection = await at({ replies: [{ text: 'ready' }], list: { status: 404 } });
  const error = await listModels(connection).catch((fault: unknown) => fault);
  expect(error).toMatchObject({ kind: 'address', message: expect.stringContaining('no list') as string });
  expect(await testConnection(connection)).toMatchObject({ ok: true, models: undefined });
});

it('finds the API one step further, and sends no key there', async () => {
  const connection = await at({ replies: [{ text: 'ready' }], key: 'a-key-of-the-server' });
  const address = connection.address.replace('/v1', '');
  const options: ClientOptions = { key: () => 'sk-another-0123456789' };
  const result = await testConnection({ ...connection, address }, options);
  expect(result).toMatchObject({ ok: false, error: { kind: 'address' } });
  expect(!result.ok && result.error.advice).toBe(`Enter ${connection.address} as the address.`);
  expect(servers.at(-1)?.authorizations.at(-1)).toBeUndefined();
});

it('says what is wrong with a connection', async () => {
  const key: ClientOptions = { key: () => 'wrong-key-0123456789' };
  const fault = async (connection: Connection, options: ClientOptions = {}) => {
    const result = await testConnection(connection, options);
    if (result.ok) throw new Error('it is well');
    return result.error;
  };
  expect(await fault(await at({ replies: [], key: 'right' }), key)).toMatchObject({ kind: 'key' });
  expect((await fault(await at({ replies: [], key: 'right' }))).message).toContain('wants a key');
  expect(await fault(await at({ replies: [] }, ''))).toMatchObject({ kind: 'model' });
  const unknown = { status: 404, body: { error: { message: 'model "x" not found' } } };
  expect(await fault(await at({ replies: [unknown] }, 'x'))).toMatchObject({ kind: 'model' });
  const limited = await at({ replies: [{ status: 429, body: {} }] });
  expect(await fault(limited)).toMatchObject({ kind: 'rate' });
  expect(servers.at(-1)?.asked).toHaveLength(1);
  const elsewhere = await at({ replies: [] });
  expect(await fault({ ...elsewhere, address: elsewhere.address.replace('/v1', '/v2') })).toMatchObject({
    kind: 'address',
  });
});

it('is well with a model that answers, even if by thinking alone, and gives the list', async () => {
  const connection = await at({ replies: [{ reasoning: 'hm', finish: 'length' }] });
  expect(await testConnection(connection)).toMatchObject({ ok: true, models: [{ id: 'scripted-1' }] });
});
