import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { DirectoryEntry } from '../../fs/types.ts';
import type { ProcessPort } from '../../kernel/process-port.ts';
import { lockDirectory } from '../../node/addons/sqlite/locks.ts';
import type { RealmServices } from '../../node/realm-services.ts';
import { NodeDisk } from './node-disk.ts';
import { report } from './report.ts';

const longest = 2 ** 30;

/** Announcements of processes that have ended say nothing: here nobody takes them away. */
class Disk extends NodeDisk {
  override readdir(path: string): DirectoryEntry[] {
    const entries = super.readdir(path);
    return path.startsWith(`${lockDirectory}/`)
      ? entries.filter(({ name }) => isAlive(Number(name)))
      : entries;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** What the stand-ins for compiled add-ons need, over the Node that they are loaded into. */
export function nodeServices(): RealmServices {
  const asset = (name: string): Uint8Array => new Uint8Array(readFileSync(join(__dirname, name)));
  const missing = (what: string): never => {
    report({ type: 'unsupported', reason: 'missing-binding', detail: what });
    throw new Error(`${what} is not available in this engine`);
  };
  const port = {
    start: { pid: process.pid },
    report: (message: Parameters<ProcessPort['report']>[0]) => {
      if (message.type === 'substitution' || message.type === 'unsupported') report(message);
    },
  };
  return {
    fs: new Disk(),
    // The stand-ins use these two members of it and no other.
    port: port as unknown as ProcessPort,
    constants: {},
    require: createRequire(__filename),
    callback: (fn, self, ...args) => (fn as (...values: unknown[]) => unknown).apply(self, args),
    // Node runs its queue itself when a stand-in returns to it.
    complete: (done) => void setImmediate(done),
    hold: () => {
      const timer = setInterval(() => undefined, longest);
      return () => clearInterval(timer);
    },
    drainTicks: () => undefined,
    asyncResource: () => ({ getAsyncId: () => 1 }),
    asset,
    wasm: (name) => new WebAssembly.Module(Uint8Array.from(asset(name))),
    missing,
  };
}
