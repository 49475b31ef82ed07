import { loadPyodide, type PyodideInterface } from 'pyodide';
import { limits } from '../../domain/limits.ts';
import type { RuntimeAssets } from '../kernel/protocol.ts';
import type { EmscriptenModule } from './emscripten.ts';
import { withFileLocks } from './file-locks.ts';
import { withUtcNames } from './local-time.ts';

/** Loads Pyodide from memory: below the sandbox's frame nothing can be fetched. */

/** Stands for the folder of the assets; never resolved by a network. */
const INDEX_URL = 'https://engine.invalid/';
const WASM_PAGE = 65_536;
export interface LoadOptions {
  assets: RuntimeAssets;
  env: Record<string, string>;
  /** Options of the interpreter itself, e.g. `-O`; no program. */
  interpreterArgs: string[];
  executable: string;
  /** Memory to continue from, in place of starting; or `make`, when one is to be made. */
  snapshot?: Uint8Array | 'make' | undefined;
}

function asset(assets: RuntimeAssets, name: string): Uint8Array {
  const bytes = assets.data[name];
  if (bytes === undefined)
    throw new Error(`the Python engine lacks its asset ${name}; build the engines again`);
  return bytes;
}

/** Imports a module script from bytes. */
async function importBytes(bytes: Uint8Array): Promise<Record<string, unknown>> {
  const url = URL.createObjectURL(new Blob([Uint8Array.from(bytes)], { type: 'text/javascript' }));
  try {
    return (await import(/* @vite-ignore */ url)) as Record<string, unknown>;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Answers Pyodide's two requests from memory while `load` runs: fetch and streaming compilation. */
async function withoutNetwork<T>(assets: RuntimeAssets, load: () => Promise<T>): Promise<T> {
  const { fetch, WebAssembly: wasm } = self;
  const { instantiateStreaming } = wasm;
  self.fetch = (input) => {
    const url = input instanceof Request ? input.url : String(input);
    const name = url.slice(url.lastIndexOf('/') + 1);
    if (name.endsWith('.wasm')) return Promise.resolve(new Response(null, { headers: { 'x-asset': name } }));
    return Promise.resolve(new Response(Uint8Array.from(asset(assets, name))));
  };
  wasm.instantiateStreaming = async (source, imports) => {
    const name = (await source).headers.get('x-asset') ?? '';
    const module = assets.modules[name];
    if (module === undefined)
      throw new Error(`the Python engine lacks its module ${name}; build the engines again`);
    const made: { memory?: WebAssembly.ExportValue | undefined } = {};
    const wrapped = withUtcNames(withFileLocks(imports), () => made.memory);
    const instance = await WebAssembly.instantiate(module, wrapped);
    made.memory = instance.exports['memory'];
    return { module, instance };
  };
  try {
    return await load();
  } finally {
    self.fetch = fetch;
    wasm.instantiateStreaming = instantiateStreaming;
  }
}

/** Boots the interpreter; our modules of lib/ come in the archive of its standard library. */
export async function loadInterpreter(options: LoadOptions): Promise<PyodideInterface> {
  const { assets } = options;
  const script = await importBytes(asset(assets, 'pyodide.asm.mjs'));
  const config = {
    indexURL: INDEX_URL,
    // An empty list of packages: nothing may be importable that the submission did not install.
    lockFileContents: JSON.stringify(withoutPackages(asset(assets, 'pyodide-lock.json'))),
    packageBaseUrl: INDEX_URL,
    args: options.interpreterArgs,
    env: options.env,
    createPyodideModule: script['default'],
    ...snapshotConfig(options.snapshot, script['default'] as CreateModule),
    _sysExecutable: options.executable,
  };
  const python = await withoutNetwork(assets, () =>
    loadPyodide(config as unknown as Parameters<typeof loadPyodide>[0]),
  );
  capMemory(moduleOf(python).memory, limits.wasmBytes);
  return python;
}

type CreateModule = (settings: unknown) => Promise<EmscriptenModule>;

function snapshotConfig(snapshot: LoadOptions['snapshot'], create: CreateModule): object {
  if (snapshot === undefined) return {};
  if (snapshot === 'make') return { _makeSnapshot: true };
  return {
    _loadSnapshot: snapshot,
    createPyodideModule: async (settings: unknown) => {
      const module = await create(settings);
      // Pyodide copies into the memory that there is; the one that was saved may have grown.
      const missing = snapshot.byteLength - module.HEAPU8.byteLength;
      if (missing > 0) module._malloc(missing);
      return module;
    },
  };
}

/** Lets the interpreter's memory grow to `bytes`; Python then raises MemoryError. */
function capMemory(memory: WebAssembly.Memory, bytes: number): void {
  const grow = memory.grow.bind(memory);
  memory.grow = (pages) => {
    if (memory.buffer.byteLength + pages * WASM_PAGE > bytes) {
      throw new RangeError(`the interpreter's memory is limited to ${bytes} bytes`);
    }
    return grow(pages);
  };
}

function withoutPackages(lock: Uint8Array): object {
  const parsed = JSON.parse(new TextDecoder().decode(lock)) as { info: object };
  return { info: parsed.info, packages: {} };
}

/** Pyodide's inner module, with the file system. */
export function moduleOf(python: PyodideInterface): EmscriptenModule {
  return (python as unknown as { _module: EmscriptenModule })._module;
}
