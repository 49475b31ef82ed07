import * as v from 'valibot';
import { limits } from '../../domain/limits.ts';
import type { RuntimeBundle } from '../../sandbox/messages.ts';
import { EngineError, type BootProgress } from '../engine.ts';
import { hex } from './hex.ts';

/** What scripts/build-engines.mjs writes: files of the engines with their hashes. */
const asset = v.object({ name: v.string(), file: v.string(), bytes: v.number(), sha256: v.string() });
const manifestSchema = v.object({
  kernel: asset,
  /** Runs Postman collections. */
  postman: asset,
  /** What the WebContainer engine places inside; see src/engines/webcontainer/inside/. */
  webcontainer: v.optional(v.object({ files: v.array(asset), versions: v.record(v.string(), v.string()) })),
  runtimes: v.record(
    v.picklist(['node', 'python']),
    v.object({
      commands: v.array(v.string()),
      script: asset,
      data: v.array(asset),
      wasm: v.array(asset),
      /** Parts that are loaded when a process first needs them. */
      later: v.array(asset),
      versions: v.record(v.string(), v.string()),
    }),
  ),
});
type Asset = v.InferOutput<typeof asset>;
export type Manifest = v.InferOutput<typeof manifestSchema>;
export type RuntimeName = keyof Manifest['runtimes'];

type OnProgress = (progress: BootProgress) => void;

const base = () => new URL('engines/', document.baseURI);
const loaded = new Map<string, Promise<Blob>>();
let manifest: Promise<Manifest> | undefined;

/** @throws EngineError EASSET when the engines were not built or not served. */
export function loadManifest(): Promise<Manifest> {
  manifest ??= fetchManifest().catch((error: unknown) => {
    manifest = undefined;
    throw error;
  });
  return manifest;
}

async function fetchManifest(): Promise<Manifest> {
  const response = await fetch(new URL('manifest.json', base())).catch(() => undefined);
  if (response?.ok !== true) {
    throw new EngineError(
      'EASSET',
      'the engines could not be loaded (engines/manifest.json); check the connection and reload',
    );
  }
  return v.parse(manifestSchema, await response.json());
}

export async function loadKernel(): Promise<string> {
  const { kernel } = await loadManifest();
  return (await load(kernel)).text();
}

/** A file that the WebContainer engine places inside, by its name. */
export async function loadWebContainerFile(name: string): Promise<Uint8Array> {
  const { webcontainer } = await loadManifest();
  const file = webcontainer?.files.find((candidate) => candidate.name === name);
  if (file === undefined)
    throw new EngineError('EASSET', `${name} of the WebContainer engine is not part of this build`);
  return bytesOf(await load(file));
}

/** Source text of the worker that runs Postman collections; see src/postman/. */
export async function loadCollectionRunner(): Promise<string> {
  const { postman } = await loadManifest();
  return (await load(postman)).text();
}

/** Everything that a runtime's processes need; its hashes checked. Loaded once a page. */
export async function loadRuntime(
  name: RuntimeName,
  onProgress: OnProgress = () => undefined,
): Promise<RuntimeBundle> {
  const { runtimes } = await loadManifest();
  const runtime = runtimes[name];
  if (runtime === undefined) throw new EngineError('EASSET', `the ${name} runtime is not part of this build`);
  const total = [runtime.script, ...runtime.data, ...runtime.wasm].reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  const fetchAsset = async (item: Asset) => {
    const file = await load(item);
    done += item.bytes;
    onProgress({ label: `Loading the ${name} engine`, done, total });
    return [item.name, file] as const;
  };
  const [script, data, wasm] = await Promise.all([
    fetchAsset(runtime.script),
    Promise.all(runtime.data.map(fetchAsset)),
    Promise.all(runtime.wasm.map(fetchAsset)),
  ]);
  return {
    commands: runtime.commands,
    script: await script[1].text(),
    data: Object.fromEntries(data),
    wasm: Object.fromEntries(wasm),
    // Python takes most of a second to start; Node a tenth of it.
    spares: name === 'python' ? limits.sparePythons : 0,
  };
}

/** What a runtime is made of: names and hashes of its script and its files. */
export async function runtimeParts(name: RuntimeName): Promise<string[]> {
  const runtime = (await loadManifest()).runtimes[name];
  if (runtime === undefined) return [];
  return [runtime.script, ...runtime.data, ...runtime.wasm].flatMap((item) => [item.name, item.sha256]);
}

/** A part of a runtime by its name. @throws EngineError EASSET when the runtime has no such part, or as above. */
export async function loadPart(name: RuntimeName, part: string): Promise<Uint8Array<ArrayBuffer>> {
  const { runtimes } = await loadManifest();
  const item = runtimes[name]?.later.find((each) => each.name === part);
  if (item === undefined) throw new EngineError('EASSET', `the ${name} runtime has no part ${part}`);
  return bytesOf(await load(item));
}

function load(item: Asset): Promise<Blob> {
  const known = loaded.get(item.sha256);
  if (known !== undefined) return known;
  const loading = fetchChecked(item).catch((error: unknown) => {
    loaded.delete(item.sha256);
    throw error;
  });
  loaded.set(item.sha256, loading);
  return loading;
}

const bytesOf = async (file: Blob): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await file.arrayBuffer());

async function fetchChecked(item: Asset): Promise<Blob> {
  const response = await fetch(new URL(item.file, base())).catch(() => undefined);
  if (response?.ok !== true) {
    throw new EngineError(
      'EASSET',
      `the engine file ${item.file} could not be loaded; check the connection and try again`,
    );
  }
  const file = await response.blob();
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  if (hex(new Uint8Array(digest)) !== item.sha256) {
    throw new EngineError(
      'EASSET',
      `the engine file ${item.file} is not the one that was built; reload the page without its cache`,
    );
  }
  return file;
}
