import { compare, gt, major, minVersion, prerelease, rcompare, satisfies, valid } from 'semver';
import * as v from 'valibot';
import { entryOf, npmIndex, type NpmIndex } from '../store-index.ts';
import { PackageError, type PackageSource } from '../types.ts';
import { noMatchingVersion, notFound, UnsupportedError } from './errors.ts';
import type { Spec } from './spec.ts';

/** The Node whose `engines` decide between versions, as they do for npm. */
export const NODE_VERSION = '20.20.2';

const text = v.string();
const ranges = v.fallback(v.optional(v.record(text, text)), undefined);
const packument = v.object({
  'dist-tags': v.fallback(v.record(text, text), {}),
  versions: v.record(
    text,
    v.object({
      dependencies: ranges,
      optionalDependencies: ranges,
      peerDependencies: ranges,
      peerDependenciesMeta: v.fallback(
        v.optional(v.record(text, v.object({ optional: v.optional(v.boolean()) }))),
        undefined,
      ),
      bin: v.fallback(v.optional(v.union([text, v.record(text, text)])), undefined),
      engines: v.fallback(v.optional(v.object({ node: v.optional(text) })), undefined),
      deprecated: v.fallback(v.optional(text), undefined),
      hasInstallScript: v.fallback(v.optional(v.boolean()), undefined),
      os: v.fallback(v.optional(v.array(text)), undefined),
      cpu: v.fallback(v.optional(v.array(text)), undefined),
      funding: v.fallback(v.optional(v.unknown()), undefined),
      dist: v.object({ tarball: text, integrity: v.optional(text) }),
    }),
  ),
});

/** One version of a package, from the store or the registry. */
export interface PackageVersion {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly optionalPeers: ReadonlySet<string>;
  readonly bin: Readonly<Record<string, string>>;
  readonly node: string | undefined;
  readonly deprecated: string | undefined;
  readonly integrity: string | undefined;
  /** Address at the registry; undefined when the store or the disk holds it. */
  readonly tarball: string | undefined;
  readonly funding: boolean;
  /** True when the registry says that its own scripts must run after unpacking; nothing stored needs that. */
  readonly installScript: boolean;
  /** True when it is for other systems than Linux on x64. */
  readonly otherPlatform: boolean;
}

interface Releases {
  readonly tags: Readonly<Record<string, string>>;
  readonly versions: ReadonlyMap<string, PackageVersion>;
}

/** Which versions there are, and which one npm would take. */
export class Catalogue {
  readonly #source: PackageSource;
  readonly #index: NpmIndex;
  readonly #stored = new Map<string, Releases>();
  readonly #remote = new Map<string, Promise<Releases | undefined>>();

  private constructor(source: PackageSource, index: NpmIndex) {
    this.#source = source;
    this.#index = index;
  }

  static async open(source: PackageSource): Promise<Catalogue> {
    return new Catalogue(source, v.parse(npmIndex, JSON.parse(await source.index('npm'))));
  }

  /**
   * The version that npm installs for a range or tag.
   * @throws NpmError E404, ETARGET; UnsupportedError when only the registry could tell and cannot be asked.
   */
  async pick(spec: Extract<Spec, { name: string }>): Promise<PackageVersion> {
    const { name, wanted } = spec;
    const stored = this.#storedReleases(name);
    const chosen = stored === undefined ? undefined : choose(stored, spec);
    if (chosen !== undefined) return chosen;
    const published = entryOf(this.#index.packages, name)?.versions;
    if (published !== undefined && spec.kind === 'range' && !mayExist(published, wanted)) {
      throw noMatchingVersion(name, wanted);
    }
    const remote = await this.#registryReleases(name);
    if (remote === undefined) throw notFound(`${name}@${wanted}`, name);
    const found = choose(remote, spec);
    if (found === undefined) throw noMatchingVersion(name, wanted);
    return found;
  }

  /**
   * Whether a tool exists that is known but not stored, so that a development dependency on it can be left out.
   * @returns its commands, or undefined when the name or the range is not known to be good.
   */
  omittable(name: string, wanted: string): readonly string[] | undefined {
    const known =
      entryOf(this.#index.packages, name) === undefined ? entryOf(this.#index.known, name) : undefined;
    if (known === undefined) return undefined;
    if (wanted === 'latest' || wanted === '*' || wanted === '') return known.bin ?? [];
    const least = minimum(wanted);
    return least === undefined || gt(least, known.latest) ? undefined : (known.bin ?? []);
  }

  stores(name: string): boolean {
    return entryOf(this.#index.packages, name) !== undefined;
  }

  /** Whether a name is known to be a compiled part for another platform. */
  isForOtherPlatform(name: string): boolean {
    return this.#index.otherPlatforms?.includes(name) === true;
  }

  /** What there is of a package: its tags, and its versions from old to new. @throws like `pick`. */
  async releases(
    name: string,
  ): Promise<{ tags: Readonly<Record<string, string>>; versions: PackageVersion[] }> {
    const found = this.#storedReleases(name) ?? (await this.#registryReleases(name));
    if (found === undefined) throw notFound(`${name}@latest`, name);
    const versions = [...found.versions.values()].sort((a, b) => compare(a.version, b.version, true));
    return { tags: found.tags, versions };
  }

  /** Bytes of a package, checked by whoever hands them out. */
  archive(item: PackageVersion): Promise<Uint8Array> {
    return item.tarball === undefined
      ? this.#source.archive('npm', item.name, item.version)
      : this.#source.registryArchive('npm', item.tarball, item.integrity ?? '');
  }

  #storedReleases(name: string): Releases | undefined {
    const known = this.#stored.get(name);
    if (known !== undefined) return known;
    const entry = entryOf(this.#index.packages, name);
    if (entry === undefined) return undefined;
    const versions = new Map(
      Object.entries(entry.stored).map(([version, item]): [string, PackageVersion] => [
        version,
        {
          name,
          version,
          dependencies: item.dependencies ?? {},
          optionalDependencies: item.optionalDependencies ?? {},
          peerDependencies: item.peerDependencies ?? {},
          optionalPeers: new Set(item.optionalPeers),
          bin: item.bin ?? {},
          node: item.node,
          deprecated: item.deprecated,
          integrity: item.integrity,
          tarball: undefined,
          funding: item.funding === true,
          installScript: false,
          otherPlatform: false,
        },
      ]),
    );
    // The store stands for the registry as of the lock: without the tag's own version, the newest stored is the latest.
    const latest = [...versions.keys()].filter((version) => prerelease(version) === null).sort(rcompare)[0];
    const releases = { versions, tags: { ...(latest === undefined ? {} : { latest }), ...entry.tags } };
    this.#stored.set(name, releases);
    return releases;
  }

  #registryReleases(name: string): Promise<Releases | undefined> {
    const known = this.#remote.get(name) ?? this.#askRegistry(name);
    this.#remote.set(name, known);
    return known;
  }

  async #askRegistry(name: string): Promise<Releases | undefined> {
    let answer: string;
    try {
      answer = await this.#source.registryMetadata('npm', name);
    } catch (error) {
      if (!(error instanceof PackageError)) throw error;
      if (error.code === 'not-found') return undefined;
      throw new UnsupportedError({
        reason: 'needs-registry',
        detail: `npm: ${name} is not in the package store in the version asked for, and the registry cannot be asked (${error.message})`,
      });
    }
    const { 'dist-tags': tags, versions } = v.parse(packument, JSON.parse(answer));
    const list = Object.entries(versions).filter(([version]) => valid(version, { loose: true }) !== null);
    return {
      tags,
      versions: new Map(
        list.map(([version, item]): [string, PackageVersion] => {
          const optional = item.optionalDependencies ?? {};
          const required = Object.entries(item.dependencies ?? {}).filter(
            ([key]) => !Object.hasOwn(optional, key),
          );
          const peers = Object.entries(item.peerDependenciesMeta ?? {}).filter(
            ([, meta]) => meta.optional === true,
          );
          return [
            version,
            {
              name,
              version,
              dependencies: Object.fromEntries(required),
              optionalDependencies: optional,
              peerDependencies: item.peerDependencies ?? {},
              optionalPeers: new Set(peers.map(([peer]) => peer)),
              bin:
                typeof item.bin === 'string'
                  ? { [name.split('/').pop() ?? name]: item.bin }
                  : (item.bin ?? {}),
              node: item.engines?.node,
              deprecated: item.deprecated,
              integrity: item.dist.integrity,
              tarball: item.dist.tarball,
              funding: item.funding !== undefined,
              installScript: item.hasInstallScript === true,
              otherPlatform: !runsHere(item),
            },
          ];
        }),
      ),
    };
  }
}

/** Whether a package's or a lock entry's `os` and `cpu` admit Linux on x64; a leading `!` excludes. */
export function runsHere({
  os,
  cpu,
}: {
  os?: readonly string[] | undefined;
  cpu?: readonly string[] | undefined;
}): boolean {
  const admits = (list: readonly string[] | undefined, own: string) =>
    list === undefined || list.length === 0
      ? true
      : !list.includes(`!${own}`) &&
        (list.includes(own) || list.includes('any') || list.every((item) => item.startsWith('!')));
  return admits(os, 'linux') && admits(cpu, 'x64');
}

/**
 * The order of npm-pick-manifest: the `latest` version if it fits, runs on this Node and is not deprecated; else the
 * best by running on this Node, not being deprecated, and being newest.
 */
function choose(
  { tags, versions }: Releases,
  { kind, wanted }: { kind: string; wanted: string },
): PackageVersion | undefined {
  if (kind === 'tag') {
    const tagged = entryOf(tags, wanted);
    return tagged === undefined ? undefined : versions.get(tagged);
  }
  const latest = tags['latest'];
  const standard = latest === undefined ? undefined : versions.get(latest);
  if (standard !== undefined && (wanted === '*' || fits(standard.version, wanted)) && rank(standard) === 3) {
    return standard;
  }
  const fitting = [...versions.values()].filter(({ version }) => fits(version, wanted));
  return fitting.sort((a, b) => rank(b) - rank(a) || rcompare(a.version, b.version, true))[0];
}

const fits = (version: string, range: string) => satisfies(version, range, { loose: true });

function rank({ node, deprecated }: PackageVersion): number {
  const runs = node === undefined || satisfies(NODE_VERSION, node, { loose: true });
  return (runs ? 2 : 0) + (deprecated === undefined ? 1 : 0);
}

/**
 * Whether a range may be met by a version that is not stored: one that was published, a pre-release (those are not
 * listed), or a later release of a major version that is known, made since the list was.
 */
function mayExist(published: readonly string[], wanted: string): boolean {
  if (/\d-[a-z\d]/i.test(wanted.replaceAll(/\s-\s/g, ' '))) return true;
  if (published.some((version) => fits(version, wanted))) return true;
  const least = minimum(wanted);
  const newest = [...published].sort(rcompare)[0];
  return least !== undefined && newest !== undefined && gt(least, newest) && major(least) === major(newest);
}

function minimum(range: string): string | undefined {
  try {
    return minVersion(range, { loose: true })?.version;
  } catch {
    return undefined;
  }
}
