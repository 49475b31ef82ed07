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
    { name: 'no id' },
  ];
  expect(await listModels(await at({ replies: [], models }))).toEqual([
    { id: 'a', price: { input: 2.5, output: 10, cached: 1.25 } },
    { id: 'b' },
    { id: 'gemini-x', contextTokens: 100 },
    { id: 'z-model' },
  ]);
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
