import * as v from 'valibot';
import { limits } from '../../domain/limits.ts';
import { entryOf, npmIndex, pypiIndex, registries, type NpmStored, type Registries } from './store-index.ts';
import { PackageError, type Ecosystem, type PackageSource } from './types.ts';

const CACHE_BYTES = 96 * 2 ** 20;
const MAX_REGISTRY_QUESTIONS = 400;
const FOLDER = { npm: 'npm', pypi: 'pypi' } as const;
const ACCEPT = {
  npm: 'application/vnd.npm.install-v1+json',
  pypi: 'application/vnd.pypi.simple.v1+json',
} as const;

const npmDocument = v.object({
  versions: v.record(
    v.string(),
    v.object({ dist: v.object({ tarball: v.string(), integrity: v.optional(v.string()) }) }),
  ),
});
const pypiDocument = v.object({
  files: v.array(v.object({ url: v.string(), hashes: v.record(v.string(), v.string()) })),
});

type Stored = Pick<NpmStored, 'file' | 'bytes' | 'sha256'>;
interface LoadedIndex {
  readonly text: string;
  readonly find: (name: string, version: string) => Stored | undefined;
}

/**
 * The page's side of the package store: fetches from the app's own origin, checks hashes, and asks the registries
 * when the deployment names them. A sandbox is hostile: it can only name packages, and it gets only such files from
 * a registry as the registry's own answer listed, with the hash listed there.
 */
export class PackageHost implements PackageSource {
  readonly #base: URL;
  readonly #fetch: typeof fetch;
  readonly #indexes = new Map<Ecosystem, Promise<LoadedIndex>>();
  readonly #archives = new Map<string, Uint8Array>();
  readonly #listed = new Map<string, string>();
  #registries: Promise<Registries> | undefined;
  #cached = 0;
  #questions = 0;

  /** @param base - address of the folder that the build wrote, with a trailing slash. */
  constructor(
    base: URL = new URL('store/', document.baseURI),
    fetcher: typeof fetch = (...args) => fetch(...args),
  ) {
    this.#base = base;
    this.#fetch = fetcher;
  }

  async index(ecosystem: Ecosystem): Promise<string> {
    return (await this.#index(ecosystem)).text;
  }

  async archive(ecosystem: Ecosystem, name: string, version: string): Promise<Uint8Array> {
    const found = (await this.#index(ecosystem)).find(name, version);
    if (found === undefined)
      throw new PackageError('not-stored', `${name} ${version} is not in the package store`);
    return this.#remember(found.sha256, async () => {
      const url = new URL(`${FOLDER[ecosystem]}/${encodeURIComponent(found.file)}`, this.#base);
      const bytes = await this.#read(url, {}, `the stored package ${found.file}`, limits.messageBytes);
      await check(bytes, 'SHA-256', found.sha256, found.file);
      return bytes;
    });
  }

  async registryMetadata(ecosystem: Ecosystem, name: string): Promise<string> {
    const registry = (await this.#addresses())[ecosystem];
    if (registry === null) throw new PackageError('offline', 'this deployment names no package registry');
    if (!isPackageName(ecosystem, name)) throw new PackageError('not-found', `${name} is not a package name`);
    if (++this.#questions > MAX_REGISTRY_QUESTIONS) {
      throw new PackageError('offline', 'this page has asked the registry too often; reload it to go on');
    }
    const path = ecosystem === 'npm' ? name.replace('/', '%2f') : `${encodeURIComponent(name)}/`;
    const url = new URL(path, registry);
    const what = `the registry's answer for ${name}`;
    const bytes = await this.#read(url, { accept: ACCEPT[ecosystem] }, what, limits.messageBytes);
    const text = new TextDecoder().decode(bytes);
    this.#list(ecosystem, text, url, name);
    return text;
  }

  async registryArchive(_ecosystem: Ecosystem, url: string, integrity: string): Promise<Uint8Array> {
    if (integrity === '' || this.#listed.get(url) !== integrity) {
      throw new PackageError('integrity', `the registry did not list ${url.slice(0, 300)} with that hash`);
    }
    return this.#remember(`${url} ${integrity}`, async () => {
      const bytes = await this.#read(new URL(url), {}, url, limits.messageBytes);
      const sri = /^(sha(?:256|384|512))-(\S+)$/.exec(integrity.split(' ')[0] ?? '');
      if (sri === null) await check(bytes, 'SHA-256', integrity, url);
      else await check(bytes, (sri[1] ?? '').replace('sha', 'SHA-'), fromBase64(sri[2] ?? ''), url);
      return bytes;
    });
  }

  #index(ecosystem: Ecosystem): Promise<LoadedIndex> {
    const known = this.#indexes.get(ecosystem);
    if (known !== undefined) return known;
    const loading = this.#loadIndex(ecosystem).catch((error: unknown) => {
      this.#indexes.delete(ecosystem);
      throw error;
    });
    this.#indexes.set(ecosystem, loading);
    return loading;
  }

  async #loadIndex(ecosystem: Ecosystem): Promise<LoadedIndex> {
    const url = new URL(`${FOLDER[ecosystem]}/index.json`, this.#base);
    const text = new TextDecoder().decode(
      await this.#read(url, {}, `the ${ecosystem} package index`, limits.messageBytes),
    );
    const document: unknown = JSON.parse(text);
    // Both shapes have the fields that are looked up here.
    const packages: Readonly<Record<string, { stored: Readonly<Record<string, Stored>> }>> =
      ecosystem === 'npm' ? v.parse(npmIndex, document).packages : v.parse(pypiIndex, document).packages;
    return { text, find: (name, version) => entryOf(entryOf(packages, name)?.stored ?? {}, version) };
  }

  #addresses(): Promise<Registries> {
    const url = new URL('registries.json', this.#base);
    this.#registries ??= this.#read(url, {}, 'the registry addresses', limits.messageBytes)
      .then((bytes) => v.parse(registries, JSON.parse(new TextDecoder().decode(bytes))))
      .catch((error: unknown) => {
        this.#registries = undefined;
        throw error;
      });
    return this.#registries;
  }

  /** Notes which files the registry lists, so that nothing else can be asked for. */
  #list(ecosystem: Ecosystem, text: string, source: URL, name: string): void {
    try {
      const document: unknown = JSON.parse(text);
      if (ecosystem === 'npm') {
        for (const { dist } of Object.values(v.parse(npmDocument, document).versions)) {
          if (dist.integrity !== undefined) this.#listed.set(dist.tarball, dist.integrity);
        }
        return;
      }
      for (const file of v.parse(pypiDocument, document).files) {
        const hash = file.hashes['sha256'];
        if (hash !== undefined) this.#listed.set(new URL(file.url, source).href, hash);
      }
    } catch {
      throw new PackageError('integrity', `the registry's answer for ${name} could not be understood`);
    }
  }

  async #read(url: URL, headers: Record<string, string>, what: string, limit: number): Promise<Uint8Array> {
    const response = await this.#fetch(url, { headers, credentials: 'omit' }).catch(() => undefined);
    if (response === undefined)
      throw new PackageError('offline', `${what} could not be fetched: no connection`);
    if (response.status === 404) throw new PackageError('not-found', `${what} does not exist`);
    if (!response.ok)
      throw new PackageError('offline', `${what} could not be fetched: status ${response.status}`);
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    let total = 0;
    const reader = response.body?.getReader();
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
      total += part.value.length;
      if (total > limit) {
        void reader?.cancel();
        throw new PackageError('too-large', `${what} is larger than ${limit} bytes`);
      }
      chunks.push(part.value);
    }
    return new Uint8Array(await new Blob(chunks).arrayBuffer());
  }

  /** Keeps the most recently used archives, up to a fixed number of bytes. */
  async #remember(key: string, load: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const known = this.#archives.get(key);
    this.#archives.delete(key);
    const bytes = known ?? (await load());
    if (known === undefined) this.#cached += bytes.length;
    this.#archives.set(key, bytes);
    for (const [oldest, { length }] of this.#archives) {
      if (this.#cached <= CACHE_BYTES || oldest === key) break;
      this.#archives.delete(oldest);
      this.#cached -= length;
    }
    return bytes;
  }
}

function isPackageName(ecosystem: Ecosystem, name: string): boolean {
  const pattern = ecosystem === 'npm' ? /^(@[\w.~-]+\/)?[\w.~-]+$/ : /^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/i;
  return name.length <= 214 && pattern.test(name) && !name.startsWith('.');
}

/** @throws PackageError integrity */
async function check(bytes: Uint8Array, algorithm: string, hex: string, what: string): Promise<void> {
  const digest = new Uint8Array(await crypto.subtle.digest(algorithm, Uint8Array.from(bytes)));
  if (toHex(digest) === hex.toLowerCase()) return;
  throw new PackageError(
    'integrity',
    `${what} does not have the expected hash; it was changed on its way here`,
  );
}

const toHex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const fromBase64 = (text: string) =>
  toHex(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
