import { afterEach, describe, expect, it } from 'vitest';
import { limits } from '../domain/limits.ts';
import type { RawRequest } from '../engines/engine.ts';
import type { WorkerMessage } from './messages.ts';
import { Session } from './session.ts';
import { execution } from './testing/results.ts';
import { CollectionError, type CollectionRunOptions } from './types.ts';

const collection = JSON.stringify({
  info: { name: 'c' },
  item: [{ id: 'mine', name: 'a', request: { method: 'GET', url: 'http://localhost' } }],
});
const ports: MessagePort[] = [];
afterEach(() => ports.splice(0).forEach((port) => port.close()));

/** A session whose worker is the test: says `messages` once it is started, then what `answer` says. */
async function run(messages: unknown[], more: Partial<CollectionRunOptions> = {}) {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  const sent: RawRequest[] = [];
  const back: unknown[] = [];
  port2.onmessage = ({ data }: MessageEvent<unknown>) => {
    back.push(data);
    if (back.length === 1) for (const message of messages) port2.postMessage(message);
  };
  const session = new Session(
    port1,
    { fileName: 'c.json', collection },
    {
      send: (request) => {
        sent.push(request);
        return Promise.resolve({ status: 200, statusText: 'OK', headers: [], body: new Uint8Array([120]) });
      },
      port: 3000,
      signal: new AbortController().signal,
      requestMs: 100,
      scriptMs: 100,
      collectionMs: 60_000,
      recordedBodyBytes: 100,
      ...more,
    },
  );
  return { result: await session.finish(), sent, back };
}

const variables = { environment: [], globals: [], collection: [] };
const done: WorkerMessage = { type: 'done', variables };
const asks = (origin: string, id = 7): WorkerMessage => ({
  type: 'request',
  id,
  name: 'a',
  origin,
  method: 'GET',
  target: '/api/x',
  headers: [['Host', new URL(origin).host]],
});

describe('Session', () => {
  it('gives the variables of the evaluation, sends requests and gathers what the worker tells', async () => {
    const told = execution('a', { exchange: 7, itemId: 'made up' });
    const { result, sent, back } = await run([
      asks('http://localhost:3000'),
      { type: 'console', level: 'log', execution: 0, text: 'hello' },
      { type: 'execution', execution: told },
      done,
    ]);
    expect(back[0]).toMatchObject({
      type: 'run',
      globals: { APIURL: 'http://localhost:3000/api', USERNAME: 'user', EMAIL: 'user@mail.com' },
    });
    expect(sent).toMatchObject([{ method: 'GET', target: '/api/x' }]);
    expect(result).toMatchObject({ name: 'c', console: [{ text: 'hello' }], variables });
    // Ids are the collection's own, and exchanges are counted from 0.
    expect(result.executions).toEqual([{ ...told, itemId: 'mine', exchange: 0 }]);
    expect(result.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('sends nothing to another address', async () => {
    const { result, sent } = await run([
      asks('http://10.1.2.3:3000'),
      asks('http://localhost:3001', 8),
      done,
    ]);
    expect(sent).toEqual([]);
    expect(result.exchanges.map(({ error }) => error)).toEqual([
      expect.stringContaining('http://10.1.2.3:3000 is not reached'),
      expect.stringContaining('http://localhost:3001 is not reached'),
    ]);
  });

  it.each([
    ['no object', 'run'],
    ['an unknown message', { type: 'eval', code: '1' }],
    [
      'too long a text',
      { type: 'console', level: 'log', execution: 0, text: 'x'.repeat(limits.collectionTextLength + 1) },
    ],
    ['a body that is no bytes', { ...asks('http://localhost:3000'), body: 'text' }],
    ['a negative number', { type: 'cancel', id: -1 }],
  ])('ends a run whose worker sends %s', async (_what, message) => {
    const { result } = await run([message]);
    expect(result.stopped).toMatch(/sent something it must not/);
  });

  it('ends a run that makes too many requests, or takes too long', async () => {
    const many = Array.from({ length: limits.collectionRequests + 5 }, () => ({
      type: 'execution',
      execution: execution('a', { sent: { total: 0, failed: 0 } }),
    }));
    const { result } = await run(many);
    expect(result.stopped).toMatch(/5000 requests, as many as are allowed/);
    expect(result.executions).toHaveLength(limits.collectionRequests);
    expect((await run([], { collectionMs: 50 })).result.stopped).toBe('its time of 0.05 s was over');
  });

  it('rejects with what is no answer of the submission, and when it is cancelled', async () => {
    const fault = new Error('the engine broke');
    await expect(run([asks('http://localhost:3000')], { send: () => Promise.reject(fault) })).rejects.toBe(
      fault,
    );
    await expect(run([{ type: 'failed', message: 'bad' }])).rejects.toThrow(CollectionError);
    const signal = AbortSignal.abort(new DOMException('stopped', 'AbortError'));
    await expect(run([], { signal })).rejects.toThrow('stopped');
  });

  it('tells the worker of a connection that failed', async () => {
    const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    const send = () => Promise.reject(refused);
    const { result } = await run([asks('http://localhost:3000'), done], { send });
    expect(result.exchanges).toMatchObject([{ error: 'refused' }]);
  });
});
