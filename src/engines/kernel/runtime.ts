import type { RuntimeBundle } from '../../sandbox/messages.ts';
import type { PrepareMessage, RuntimeAssets } from './protocol.ts';
import { Spares } from './spares.ts';
import type { WorkerRuntime } from './worker-process.ts';

/**
 * Makes a runtime of the files that the page sent: its script as a blob, its WebAssembly compiled once, when first
 * needed, and workers that stand by for the processes to come, as many as the bundle asks for.
 */
export function workerRuntime(bundle: RuntimeBundle): WorkerRuntime {
  const url = URL.createObjectURL(new Blob([bundle.script], { type: 'text/javascript' }));
  let compiled: Promise<RuntimeAssets> | undefined;
  const assets = (): Promise<RuntimeAssets> => (compiled ??= compile(bundle));
  const spares = new Spares(bundle.spares ?? 0, async () => {
    const prepare: PrepareMessage = { type: 'prepare', assets: await assets() };
    const worker = new Worker(url, { name: 'spare' });
    worker.postMessage(prepare);
    return worker;
  });
  return {
    assets,
    worker: (name) => {
      const spare = spares.take();
      return spare === undefined
        ? { worker: new Worker(url, { name }), prepared: false }
        : { worker: spare, prepared: true };
    },
  };
}

async function compile(bundle: RuntimeBundle): Promise<RuntimeAssets> {
  const [data, modules, snapshot] = await Promise.all([
    each(bundle.data, read),
    each(bundle.wasm, async (file) => WebAssembly.compile(await read(file))),
    bundle.snapshot === undefined ? undefined : read(bundle.snapshot).then(shared),
  ]);
  return { data, modules, snapshot };
}

async function each<T>(
  files: Readonly<Record<string, Blob>>,
  make: (file: Blob) => Promise<T>,
): Promise<Record<string, T>> {
  const entries = Object.entries(files).map(async ([name, file]) => [name, await make(file)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

async function read(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.arrayBuffer());
}

/** Every process reads the same copy. */
function shared(bytes: Uint8Array): Uint8Array<SharedArrayBuffer> {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.byteLength));
  copy.set(bytes);
  return copy;
}
