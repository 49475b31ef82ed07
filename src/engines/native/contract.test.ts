import { createServer } from 'node:net';
import { describe, it } from 'vitest';
import { contractNames, runContractCase } from '../contract/index.ts';
import { nativeEngine } from './index.ts';
import { findToolchain } from './toolchain.ts';

const { python } = await findToolchain();

/** A port that nobody uses at this moment. */
function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

// Listening is seen in /proc, which only Linux has.
describe.skipIf(process.platform !== 'linux')('engine contract: native, Node', () => {
  it.each(contractNames)('%s', async (name) => runContractCase(nativeEngine, 'node', name, await freePort()));
});

describe.skipIf(process.platform !== 'linux' || python === undefined)(
  'engine contract: native, Python',
  () => {
    it.each(contractNames)('%s', async (name) =>
      runContractCase(nativeEngine, 'python', name, await freePort()),
    );
  },
);
