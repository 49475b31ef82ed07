import * as v from 'valibot';
import { loadManifest } from './embedded/assets.ts';
import { entryOf, npmIndex, pypiIndex } from './packages/store-index.ts';

/** Sizes of what a run loads, in bytes as they are stored; on the way they may be compressed. */
export interface DownloadSizes {
  /** Kernel, script, data and WebAssembly of the language's engine, without what is loaded on demand. */
  readonly engine: number;
  /** What runs a Postman collection. */
  readonly collectionRunner: number;
  /** The list of stored packages. */
  readonly index: number;
  /** Of each package that was asked for; undefined for one that is not stored. */
  readonly stored: readonly (number | undefined)[];
}

/**
 * Looks up what a run of a language loads. @param packages - names with versions, as a run record has them
 * @throws Error when the lists of engines and packages cannot be loaded
 */
export async function downloadSizes(
  language: 'node' | 'python',
  packages: readonly (readonly [name: string, version: string])[],
): Promise<DownloadSizes> {
  const [manifest, index] = await Promise.all([loadManifest(), loadIndex(language)]);
  const runtime = manifest.runtimes[language];
  const parts = runtime === undefined ? [] : [runtime.script, ...runtime.data, ...runtime.wasm];
  return {
    engine: [manifest.kernel, ...parts].reduce((sum, { bytes }) => sum + bytes, 0),
    collectionRunner: manifest.postman.bytes,
    index: index.size,
    stored: packages.map(([name, version]) => index.find(name, version)),
  };
}

async function loadIndex(
  language: 'node' | 'python',
): Promise<{ size: number; find: (name: string, version: string) => number | undefined }> {
  const folder = language === 'node' ? 'npm' : 'pypi';
  const response = await fetch(new URL(`store/${folder}/index.json`, document.baseURI));
  if (!response.ok) throw new Error(`the list of packages could not be loaded (${response.status})`);
  const text = await response.text();
  const { packages } = v.parse(language === 'node' ? npmIndex : pypiIndex, JSON.parse(text));
  return {
    size: text.length,
    find: (name, version) => {
      const key = language === 'node' ? name : name.toLowerCase().replace(/[-_.]+/g, '-');
      const stored: Readonly<Record<string, { bytes: number }>> | undefined = entryOf(
        packages as Readonly<Record<string, { stored: Record<string, { bytes: number }> }>>,
        key,
      )?.stored;
      return stored === undefined ? undefined : entryOf(stored, version)?.bytes;
    },
  };
}
