import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { hashingCore } from '../../../../scripts/engines/hashing-cores.mjs';
import type { FileSystem } from '../../fs/types.ts';
import type { ProcessPort } from '../../kernel/process-port.ts';
import type { RealmServices } from '../realm-services.ts';

type Report = Parameters<ProcessPort['report']>[0];

/** What tests of bindings use in place of a realm: the Node they run in, and what was reported to the port. */
export interface FakeServices extends RealmServices {
  readonly reports: Report[];
}

const require = createRequire(import.meta.url);
let asyncIds = 100;

/** Files that the build puts beside the engine, found in the packages they come from. */
function asset(name: string): Uint8Array {
  if (name === 'llhttp.wasm') return require('undici/lib/llhttp/llhttp-wasm.js') as Uint8Array;
  if (name === 'node-sqlite3-wasm.wasm') {
    return readFileSync(require.resolve('node-sqlite3-wasm/dist/node-sqlite3-wasm.wasm'));
  }
  const core = /^(scrypt|bcrypt|argon2)\.wasm$/.exec(name)?.[1];
  if (core !== undefined) return hashingCore(core);
  throw new Error(`no asset ${name} in tests`);
}

/** Services over the Node that runs the test. Parts that a binding must not touch throw. */
export function fakeServices(overrides: Partial<RealmServices> = {}): FakeServices {
  const reports: Report[] = [];
  const report = (message: Report): void => void reports.push(message);
  return {
    fs: {} as FileSystem,
    port: { report, start: { pid: 7 } } as unknown as ProcessPort,
    constants: {},
    require,
    callback: (fn, self, ...args) => (fn as (...values: unknown[]) => unknown).apply(self, args),
    drainTicks: () => undefined,
    asyncResource: () => ({ getAsyncId: () => asyncIds++ }),
    complete: (done) => void setImmediate(done),
    hold: () => () => undefined,
    asset,
    wasm: (name) => new WebAssembly.Module(Uint8Array.from(asset(name))),
    missing: (what) => {
      throw new Error(`missing: ${what}`);
    },
    reports,
    ...overrides,
  };
}
