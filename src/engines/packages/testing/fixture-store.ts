import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { PackageError, type Ecosystem, type PackageSource } from '../types.ts';

export interface FixturePackage {
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  optionalPeers?: string[];
  bin?: Record<string, string>;
  node?: string;
  deprecated?: string;
  files?: Record<string, string>;
}

export interface FixtureWheel {
  requires?: string[];
  requiresPython?: string;
  compiled?: boolean;
  files?: Record<string, string>;
}

export interface Fixture {
  /** `name@version`. */
  npm?: Record<string, FixturePackage>;
  /** Published npm releases that are not stored. */
  npmPublished?: Record<string, string[]>;
  known?: Record<string, { latest: string; bin?: string[] }>;
  /** `name==version`. */
  pypi?: Record<string, FixtureWheel>;
  pypiPublished?: Record<string, string[]>;
  /** What the registry answers, by name; without it there is no connection. */
  registry?: Record<string, unknown>;
}

const encode = (text: string) => new TextEncoder().encode(text);
const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** A small package store in memory. */
export class FixtureStore implements PackageSource {
  readonly #indexes: Record<Ecosystem, unknown>;
  readonly #archives = new Map<string, Uint8Array>();
  readonly #registry: Record<string, unknown> | undefined;

  constructor(fixture: Fixture) {
    this.#registry = fixture.registry;
    const npm: Record<string, { stored: Record<string, unknown>; versions: string[]; tags: object }> = {};
    for (const [id, { files, ...about }] of Object.entries(fixture.npm ?? {})) {
      const at = id.lastIndexOf('@');
      const [name, version] = [id.slice(0, at), id.slice(at + 1)];
      const bytes = tarball({ 'package.json': JSON.stringify({ name, version }), ...files });
      this.#archives.set(`npm ${name} ${version}`, bytes);
      const entry = (npm[name] ??= {
        stored: {},
        versions: [...(fixture.npmPublished?.[name] ?? [])],
        tags: {},
      });
      entry.stored[version] = { file: 'x.tgz', bytes: bytes.length, sha256: hash(bytes), ...about };
      entry.versions.push(version);
    }
    const pypi: Record<string, { name: string; stored: Record<string, unknown>; versions: string[] }> = {};
    for (const [id, { files, ...about }] of Object.entries(fixture.pypi ?? {})) {
      const [name = '', version = ''] = id.split('==');
      const bytes = wheel(name, version, files ?? {});
      const key = name.toLowerCase();
      this.#archives.set(`pypi ${key} ${version}`, bytes);
      const entry = (pypi[key] ??= { name, stored: {}, versions: [...(fixture.pypiPublished?.[key] ?? [])] });
      entry.stored[version] = {
        file: `${key}-${version}.whl`,
        bytes: bytes.length,
        sha256: hash(bytes),
        ...about,
      };
      entry.versions.push(version);
    }
    this.#indexes = {
      npm: { format: 1, packages: npm, known: fixture.known ?? {} },
      pypi: { format: 1, packages: pypi },
    };
  }

  index(ecosystem: Ecosystem): Promise<string> {
    return Promise.resolve(JSON.stringify(this.#indexes[ecosystem]));
  }

  archive(ecosystem: Ecosystem, name: string, version: string): Promise<Uint8Array> {
    const bytes = this.#archives.get(`${ecosystem} ${name} ${version}`);
    return bytes === undefined
      ? Promise.reject(new PackageError('not-stored', `${name} ${version}`))
      : Promise.resolve(bytes);
  }

  registryMetadata(_ecosystem: Ecosystem, name: string): Promise<string> {
    if (this.#registry === undefined)
      return Promise.reject(new PackageError('offline', 'there is no connection'));
    const answer = Object.hasOwn(this.#registry, name) ? this.#registry[name] : undefined;
    return answer === undefined
      ? Promise.reject(new PackageError('not-found', name))
      : Promise.resolve(JSON.stringify(answer));
  }

  registryArchive(ecosystem: Ecosystem, url: string): Promise<Uint8Array> {
    return Promise.resolve(
      ecosystem === 'npm' ? tarball({ 'package.json': '{}', 'from.txt': url }) : wheel('remote', '1.0', {}),
    );
  }
}

/** A gzipped ustar archive below `package/`; names are written as they are, so that hostile ones can be made. */
export function tarball(files: Record<string, string>, prefix = 'package/'): Uint8Array {
  const blocks = Object.entries(files).flatMap(([path, text]) => {
    const data = encode(text);
    const header = Buffer.alloc(512);
    header.write(`${prefix}${path}`);
    header.write('0000644', 100);
    header.write(data.length.toString(8).padStart(11, '0'), 124);
    header.write('0', 156);
    header.write('ustar', 257);
    return [header, data, Buffer.alloc((512 - (data.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

function wheel(name: string, version: string, files: Record<string, string>): Uint8Array {
  const info = `${name}-${version}.dist-info`;
  const all = {
    [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`,
    ...files,
  };
  return zipSync(Object.fromEntries(Object.entries(all).map(([path, text]) => [path, encode(text)])));
}
