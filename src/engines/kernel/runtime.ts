import type { RuntimeBundle } from '../../sandbox/messages.ts';
import type { RuntimeAssets } from './protocol.ts';
import type { WorkerRuntime } from './worker-process.ts';

/** Makes a runtime of the bytes that the page sent: its script as a blob, its WebAssembly compiled once, when first needed. */
export function workerRuntime(bundle: RuntimeBundle): WorkerRuntime {
  const url = URL.createObjectURL(new Blob([bundle.script], { type: 'text/javascript' }));
  let assets: Promise<RuntimeAssets> | undefined;
  return {
    url,
    assets: () => (assets ??= compile(bundle)),
  };
}

async function compile(bundle: RuntimeBundle): Promise<RuntimeAssets> {
  const compiled = await Promise.all(
    Object.entries(bundle.wasm).map(
      async ([name, bytes]) => [name, await WebAssembly.compile(bytes)] as const,
    ),
  );
  return { data: bundle.data, modules: Object.fromEntries(compiled) };
}
