import * as v from 'valibot';

/** The indexes that scripts/build-store.mjs writes: what is stored, and which versions exist beyond that. */

const name = v.pipe(v.string(), v.maxLength(214));
const version = v.pipe(v.string(), v.maxLength(256));
const ranges = v.record(name, v.pipe(v.string(), v.maxLength(4_096)));
const archive = {
  file: v.pipe(v.string(), v.regex(/^[\w.+@-]+$/)),
  bytes: v.number(),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
};

const npmStored = v.object({
  ...archive,
  /** Of the registry's own tarball, for lock files. */
  integrity: v.optional(v.string()),
  dependencies: v.optional(ranges),
  optionalDependencies: v.optional(ranges),
  peerDependencies: v.optional(ranges),
  /** Names of peers that need not be there. */
  optionalPeers: v.optional(v.array(name)),
  bin: v.optional(v.record(name, v.string())),
  /** `engines.node`. */
  node: v.optional(v.string()),
  deprecated: v.optional(v.string()),
  /** Whether the package asks for money; npm counts those. */
  funding: v.optional(v.boolean()),
});
export type NpmStored = v.InferOutput<typeof npmStored>;

export const npmIndex = v.object({
  format: v.literal(1),
  packages: v.record(
    name,
    v.object({
      stored: v.record(version, npmStored),
      /** All published releases, and the pre-releases that are stored. */
      versions: v.array(version),
      /** Dist-tags that point at stored versions. */
      tags: v.record(name, version),
    }),
  ),
  /** Tools that exist but are not stored: their newest release when the lock was made, and their commands. */
  known: v.record(name, v.object({ latest: version, bin: v.optional(v.array(name)) })),
  /** Compiled parts for other platforms, which npm leaves out on Linux on x64. */
  otherPlatforms: v.optional(v.array(name)),
});
export type NpmIndex = v.InferOutput<typeof npmIndex>;

const pypiStored = v.object({
  ...archive,
  /** `Requires-Dist` lines. */
  requires: v.optional(v.array(v.string())),
  extras: v.optional(v.array(v.string())),
  requiresPython: v.optional(v.string()),
  /** True when the wheel holds machine code, or held it before the build dropped it. */
  compiled: v.optional(v.boolean()),
});

export const pypiIndex = v.object({
  format: v.literal(1),
  /** By normalized name. */
  packages: v.record(
    name,
    v.object({ name, stored: v.record(version, pypiStored), versions: v.array(version) }),
  ),
});
export type PypiIndex = v.InferOutput<typeof pypiIndex>;

/** Addresses asked for what the store lacks, with a trailing slash; null where there is none. */
export const registries = v.object({ npm: v.nullable(v.string()), pypi: v.nullable(v.string()) });
export type Registries = v.InferOutput<typeof registries>;

/** Own keys only, so that a package called `__proto__` or `constructor` is just unknown. */
export function entryOf<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
