import { openFrame } from '../../sandbox/frame.ts';
import type { RuntimeBundle } from '../../sandbox/messages.ts';
import { EngineError, type BootOptions, type Engine, type Sandbox } from '../engine.ts';
import type { PackageSource } from '../packages/types.ts';
import { SNAPSHOT_VARIABLE } from '../python/snapshot.ts';
import { loadKernel, loadManifest, loadPart, loadRuntime, runtimeParts, type RuntimeName } from './assets.ts';
import { EmbeddedSandbox } from './embedded-sandbox.ts';
import { Preparations } from './preparations.ts';
import { Snapshots, snapshotKey } from './snapshots.ts';

/** How many frames a page keeps at once; each may hold `limits.diskBytes` and its interpreters. */
const MAX_SANDBOXES = 8;
const SNAPSHOT_FILE = '/tmp/snapshot';
const nothingAhead = { sandbox: undefined, snapshot: undefined };
/** A program that a snapshot must be able to run before it is used. */
const TRIAL =
  'import asyncio, threading\nasyncio.run(asyncio.sleep(0))\nthreading.Thread().start()\nprint("ok")';

/** The engine that runs a language's own runtime in workers of this page. */
export function embeddedEngine(runtime: RuntimeName, packages: PackageSource): Engine {
  const openSandbox = async (
    bundle: RuntimeBundle,
    env: Record<string, string> = {},
    signal?: AbortSignal,
  ): Promise<EmbeddedSandbox> => {
    const failure: { report?: (message: string) => void } = {};
    const frame = await openFrame(await loadKernel(), (message) => failure.report?.(message), signal);
    const sandbox = new EmbeddedSandbox(frame, packages, [bundle], env, (name) => loadPart(runtime, name));
    failure.report = (message) => sandbox.fail(`the kernel failed: ${message}`);
    return sandbox;
  };
  const preparations = new Preparations({
    snapshots: new Snapshots(),
    key: async () => snapshotKey([...(await runtimeParts(runtime)), navigator.userAgent]),
    make: async (signal) => makeSnapshot(await loadRuntime(runtime), openSandbox, signal),
    open: async (snapshot) => openSandbox({ ...(await loadRuntime(runtime)), snapshot }),
  });
  return {
    id: runtime,
    capabilities: { languages: [runtime], isolated: true, offline: true, maxSandboxes: MAX_SANDBOXES },
    async versions() {
      const { runtimes } = await loadManifest();
      return runtimes[runtime]?.versions ?? {};
    },
    // Node starts in a tenth of the time: nothing to gain. Without JSPI a snapshot cannot be used.
    prepare: () =>
      runtime === 'python' && canBoot() && 'Suspending' in WebAssembly
        ? preparations.prepare()
        : Promise.resolve(),
    async boot(options: BootOptions = {}, signal?: AbortSignal): Promise<Sandbox> {
      checkBrowser();
      const [bundle, ahead] = await Promise.all([
        loadRuntime(runtime, options.onProgress),
        runtime === 'python' ? preparations.use(options.env === undefined) : nothingAhead,
      ]);
      return ahead.sandbox ?? openSandbox({ ...bundle, snapshot: ahead.snapshot }, options.env, signal);
    },
  };
}

/**
 * Makes a snapshot in a sandbox of its own, and tries it in another. @throws EngineError, or the signal's reason; then
 * runs go without one.
 */
async function makeSnapshot(
  bundle: RuntimeBundle,
  open: (bundle: RuntimeBundle, env?: Record<string, string>, signal?: AbortSignal) => Promise<Sandbox>,
  signal: AbortSignal,
): Promise<Blob> {
  const inSandbox = async <T>(parts: RuntimeBundle, work: (sandbox: Sandbox) => Promise<T>): Promise<T> => {
    const sandbox = await open(parts, {}, signal);
    try {
      return await work(sandbox);
    } finally {
      await sandbox.dispose();
    }
  };
  const run = async (sandbox: Sandbox, args: string[], env: Record<string, string>): Promise<void> => {
    const process = await sandbox.spawn('python3', args, { env, signal });
    const code = await process.exit;
    signal.throwIfAborted();
    if (code !== 0)
      throw new EngineError('EBOOT', `the interpreter's snapshot failed with exit code ${code}`);
  };
  const alone = { ...bundle, spares: 0 };
  const snapshot = await inSandbox(alone, async (sandbox) => {
    await run(sandbox, [], { [SNAPSHOT_VARIABLE]: SNAPSHOT_FILE });
    return new Blob([Uint8Array.from(await sandbox.fs.readFile(SNAPSHOT_FILE))]);
  });
  await inSandbox({ ...alone, snapshot }, (sandbox) => run(sandbox, ['-c', TRIAL], {}));
  return snapshot;
}

const canBoot = (): boolean => typeof SharedArrayBuffer !== 'undefined' && crossOriginIsolated;

/** @throws EngineError EBROWSER when the browser lacks what the engines stand on. */
function checkBrowser(): void {
  if (!canBoot()) {
    throw new EngineError(
      'EBROWSER',
      'this page is not cross-origin isolated, so that shared memory is missing; serve it with the COOP and COEP headers of docs/architecture.md',
    );
  }
}
