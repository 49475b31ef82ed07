import { request as httpRequest } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCollectionHost, type CollectionHost } from '../cli/collection-host.ts';
import type { CollectionSource } from '../domain/collection.ts';
import { limits } from '../domain/limits.ts';
import type { Send } from '../../tasks/suite/types.ts';
import { ConduitModel } from '../../tasks/suite/testing/conduit-model.ts';
import { listen, mirrorServer, type TestServer } from './testing/mirror-server.ts';
import { outcomeOf, runNewman } from './testing/newman.ts';
import { loadSource } from './testing/sources.ts';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const patient = { requestMs: 10_000, scriptMs: 10_000 };
let host: CollectionHost;
let server: TestServer;

beforeAll(async () => {
  server = await mirrorServer();
  host = await openCollectionHost(dist);
});
afterAll(async () => {
  await host.close();
  await server.close();
});

/** Sends as an engine does: header lines as they are. */
const sendTo =
  (port: number): Send =>
  ({ method, target, headers, body }, signal) =>
    new Promise((done, failed) => {
      const options = { host: '127.0.0.1', port, method, path: target, agent: false, setHost: false, signal };
      const request = httpRequest({ ...options, headers: headers.flat() }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const { rawHeaders, statusCode = 0, statusMessage = '' } = response;
          const lines = rawHeaders.flatMap((name, index): [string, string][] =>
            index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? '']] : [],
          );
          const answer = { status: statusCode, statusText: statusMessage, headers: lines };
          done({ ...answer, body: Uint8Array.from(Buffer.concat(chunks)) });
        });
      });
      request.on('error', failed);
      request.end(body);
    });

/** A Conduit of this process on a port of its own. */
async function withModel<T>(work: (port: number) => Promise<T>): Promise<T> {
  const model = new ConduitModel();
  const conduit = await listen(({ method = '', url = '', headers }, body, response) => {
    const lines = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
    const answer = model.handle({ method, target: url, headers: lines, body: Uint8Array.from(body) });
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(answer.body);
  });
  try {
    return await work(conduit.port);
  } finally {
    await conduit.close();
  }
}

interface More {
  collectionMs?: number;
  port?: number;
}

function collect(source: CollectionSource, times = patient, { port = server.port, ...more }: More = {}) {
  return host.run(source, {
    send: sendTo(port),
    port,
    signal: new AbortController().signal,
    ...times,
    collectionMs: limits.collectionMs,
    recordedBodyBytes: limits.recordedBodyBytes,
    ...more,
  });
}

/** A collection of requests to `/mirror`, each with one test script. */
function scripted(...scripts: string[]): CollectionSource {
  const collection = {
    info: {
      name: 'made here',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    item: scripts.map((exec, index) => ({
      name: `request ${index}`,
      event: [{ listen: 'test', script: { exec: [exec] } }],
      request: { method: 'GET', url: '{{APIURL}}/mirror' },
    })),
  };
  return { fileName: 'made.json', collection: JSON.stringify(collection) };
}

describe('a collection in the sandbox, against Newman on the same server', () => {
  it.each([
    ['scopes', 'scopes.environment', patient],
    ['assertions', undefined, patient],
    ['flow', undefined, patient],
    ['requests', undefined, patient],
    ['failing', undefined, { requestMs: 5_000, scriptMs: 5_000 }],
  ] as const)('is equal: %s', async (name, environment, times) => {
    const source = loadSource(name, environment);
    const expected = await runNewman(source, { port: server.port, ...times });
    const outcome = outcomeOf(await collect(source, times));
    expect(outcome.executions).toEqual(expected.executions);
    expect(outcome.stats).toEqual(expected.stats);
    expect(outcome.failures).toEqual(expected.failures);
    expect(outcome.console.length).toBe(expected.console.length);
  });
});

it('is equal on a model of the API, with a fresh one for each', async () => {
  const source = loadSource('conduit');
  const expected = await withModel((port) => runNewman(source, { port, ...patient }));
  const outcome = await withModel(async (port) => outcomeOf(await collect(source, patient, { port })));
  expect(outcome.executions).toEqual(expected.executions);
  expect(outcome.stats).toEqual(expected.stats);
  expect(outcome.stats.assertions?.total).toBeGreaterThan(100);
});

describe('a hostile collection', () => {
  it('is ended when a script spins, and goes on with the next', async () => {
    const source = scripted('pm.test("before", () => {}); while (true) {}', 'pm.test("after", () => {});');
    const result = await collect(source, { requestMs: 10_000, scriptMs: 1_000 });
    const [spun, next] = result.executions;
    expect(spun?.scriptErrors).toMatchObject([
      { script: 'test', message: 'sandbox: synchronous script execution timeout' },
    ]);
    expect(next?.assertions).toMatchObject([{ name: 'after', status: 'passed' }]);
    expect(result.stopped).toBeUndefined();
  });

  it('is ended when it never ends', async () => {
    const source = scripted('postman.setNextRequest("request 0");');
    const result = await collect(source, patient, { collectionMs: 3_000 });
    expect(result.stopped).toBe('its time of 3 s was over');
    expect(result.executions.length).toBeGreaterThan(1);
  });

  it('reaches nothing but the submission', async () => {
    const other = await mirrorServer();
    try {
      const outside = `http://127.0.0.1:${other.port}/api/mirror`;
      const { executions, exchanges } = await collect(
        scripted(
          `pm.sendRequest('${outside}', (error) => pm.test('sendRequest: ' + error.code, () => {}));`,
          `const hidden = ['fetch', 'XMLHttpRequest', 'WebSocket', 'Worker', 'importScripts', 'indexedDB', 'caches'];
           for (const name of hidden) {
             let found = 'nothing';
             try { found = typeof Function('return this')()[name]; } catch (error) { found = 'nothing'; }
             pm.test(name + ' ' + found, () => {});
           }
           const reach = Function('return typeof fetch')();
           pm.test('fetch in a function: ' + reach, () => {});`,
        ),
      );
      const names = executions.flatMap(({ assertions }) => assertions.map(({ name }) => name));
      expect(names[0]).toBe('sendRequest: ENETUNREACH');
      const refused = exchanges.filter(({ error }) => error?.includes('requests go to the submission only'));
      expect(refused.length).toBe(1);
      expect(names.slice(1).filter((name) => name.endsWith(' function'))).toEqual([]);
    } finally {
      await other.close();
    }
  });

  it('cannot take the page down by what it writes', async () => {
    const { executions, console: lines } = await collect(
      scripted(
        'for (let i = 0; i < 3000; i++) console.log("line " + i); pm.test("x".repeat(200000), () => {});',
        'Object.prototype.polluted = 1; pm.test("still here", () => {});',
      ),
    );
    expect(lines.length).toBe(limits.collectionConsoleLines);
    expect(executions[0]?.assertions[0]?.name.length).toBe(limits.collectionTextLength);
    expect(executions[1]?.assertions[0]?.name).toBe('still here');
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

it('stands in for the address that the collection means its server by', async () => {
  const made = JSON.parse(scripted('pm.test(pm.response.json().headers.host, () => {});').collection);
  made.variable = [{ key: 'baseUrl', value: 'https://conduit.example.org/api' }];
  made.item[0].request.url = '{{baseUrl}}/mirror';
  const result = await collect({ fileName: 'x.json', collection: JSON.stringify(made) });
  expect(result.standIns).toEqual(['https://conduit.example.org:443']);
  expect(result.executions).toMatchObject([{ assertions: [{ name: `localhost:${server.port}` }] }]);
});

it('is cancelled at once', async () => {
  const abort = new AbortController();
  const running = host.run(scripted('postman.setNextRequest("request 0");'), {
    send: sendTo(server.port),
    port: server.port,
    signal: abort.signal,
    ...patient,
    collectionMs: limits.collectionMs,
    recordedBodyBytes: limits.recordedBodyBytes,
  });
  setTimeout(() => abort.abort(new DOMException('stopped', 'AbortError')), 500);
  await expect(running).rejects.toThrow('stopped');
});
