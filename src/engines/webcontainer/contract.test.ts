import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { buildWebContainerFiles } from '../../../scripts/engines/webcontainer.mjs';
import { contractNames, runContractCase } from '../contract/index.ts';
import { nativeClient } from './testing/native-client.ts';
import { webContainerEngine, type WebContainerSettings } from './webcontainer-engine.ts';

/** Bundling takes its time on loaded cores. */
const buildMs = 120_000;
let built: string;
const paths = new Map<string, string>();

beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), 'decay-relay-'));
  for (const { name, path } of await buildWebContainerFiles({ outDir: built })) paths.set(name, path);
}, buildMs);
afterAll(() => rm(built, { recursive: true, force: true }));

function engineWith(settings: WebContainerSettings) {
  const parts = {
    versions: async () => ({}),
    names: async () => [...paths.keys()],
    load: (name: string) => readFile(paths.get(name) ?? name),
  };
  return webContainerEngine(parts, settings, async () => ({
    scope: { host: 'http://localhost', reach: async () => true, boot: nativeClient },
    remove: () => undefined,
  }));
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Without a browser nobody announces ports: the client does that. */
const needsPorts = 'a listening server is announced, and a refused port says so';
const names = contractNames.filter((name) => name !== needsPorts);

// The relay under real Node: its processes, connections and files are those of this machine.
describe.skipIf(process.platform === 'win32')('engine contract: the relay of a WebContainer', () => {
  it.each(names)('%s', async (name) => {
    await runContractCase(engineWith({}), 'node', name, await freePort());
  });

  it.each(names.filter((name) => /shell|killed/.test(name)))('with our own shell: %s', async (name) => {
    await runContractCase(engineWith({ shell: 'own' }), 'node', name, await freePort());
  });
});
