import { parse, rcompare, satisfies, valid } from '@renovatebot/pep440';
import * as v from 'valibot';
import { UnsupportedError } from '../npm/errors.ts';
import { alikeAcrossMajors, compiledPython, nativePython, unusablePython } from '../stand-ins.ts';
import { entryOf, pypiIndex, type PypiIndex } from '../store-index.ts';
import { PackageError, type PackageSource } from '../types.ts';
import { PYTHON_VERSION } from './markers.ts';
import { exactPin } from './requirement.ts';
import { wheelRequirements } from './wheel.ts';

const simpleProject = v.object({
  files: v.array(
    v.object({
      filename: v.string(),
      url: v.string(),
      hashes: v.record(v.string(), v.string()),
      'requires-python': v.optional(v.nullable(v.string())),
      yanked: v.optional(v.union([v.boolean(), v.string()])),
    }),
  ),
});
const WHEEL = /^([^-]+)-([^-]+)(?:-\d[^-]*)?-([^-]+)-([^-]+)-([^-]+)\.whl$/;

/** One version that can be installed. */
export interface Candidate {
  /** Normalized name. */
  readonly key: string;
  /** As the package writes itself. */
  readonly name: string;
  readonly version: string;
  readonly filename: string;
  /** `Requires-Dist` lines. */
  requires(): Promise<readonly string[]>;
  wheel(): Promise<Uint8Array>;
  /** The pin that this version stands in for, when an exact pin was relaxed, and why it was. */
  readonly insteadOf: { readonly version: string; readonly because: string } | undefined;
}

/** What a search for a name gives. */
export type Found =
  | { readonly kind: 'candidates'; readonly candidates: readonly Candidate[] }
  /** No published version fits; `versions` are those pip would list. */
  | { readonly kind: 'none'; readonly versions: readonly string[] }
  | { readonly kind: 'unknown' };

/** Which versions there are, best first. */
export class PythonCatalogue {
  readonly #source: PackageSource;
  readonly #index: PypiIndex;
  readonly #remote = new Map<string, Promise<readonly Candidate[] | undefined>>();

  private constructor(source: PackageSource, index: PypiIndex) {
    this.#source = source;
    this.#index = index;
  }

  static async open(source: PackageSource): Promise<PythonCatalogue> {
    return new PythonCatalogue(source, v.parse(pypiIndex, JSON.parse(await source.index('pypi'))));
  }

  /**
   * Versions that satisfy a specifier, best first.
   * @throws UnsupportedError when there may be one that is not stored and the registry cannot be asked.
   */
  async find(key: string, specifier: string): Promise<Found> {
    const entry = entryOf(this.#index.packages, key);
    const stored = entry === undefined ? [] : this.#storedCandidates(key, specifier);
    if (stored.length > 0) return { kind: 'candidates', candidates: stored };
    if (entry !== undefined && !entry.versions.some((version) => fits(version, specifier, true))) {
      return { kind: 'none', versions: sortVersions(entry.versions).reverse() };
    }
    const relaxed = this.#relaxCompiled(key, specifier);
    if (relaxed !== undefined) return { kind: 'candidates', candidates: [relaxed] };
    if (nativePython.has(key)) {
      throw new UnsupportedError({
        reason: 'native-package',
        detail: `pip: ${key} is compiled code for which there is no build that runs in a browser`,
      });
    }
    if (Object.hasOwn(unusablePython, key)) {
      throw new UnsupportedError({
        reason: 'engine',
        detail: `pip: ${key} ${unusablePython[key] ?? ''}, which does not work here`,
      });
    }
    let remote: readonly Candidate[] | undefined;
    try {
      remote = await this.#registryCandidates(key, specifier);
    } catch (error) {
      const near = error instanceof UnsupportedError ? this.#relaxOffline(key, specifier) : undefined;
      if (near === undefined) throw error;
      return { kind: 'candidates', candidates: [near] };
    }
    if (remote === undefined) return { kind: 'unknown' };
    const fitting = pick(remote, specifier);
    return fitting.length > 0
      ? { kind: 'candidates', candidates: fitting }
      : { kind: 'none', versions: remote.map(({ version }) => version).reverse() };
  }

  /** Whether some published version, stored or not, satisfies a specifier. */
  isPublished(key: string, specifier: string): boolean {
    return (
      entryOf(this.#index.packages, key)?.versions.some((version) => fits(version, specifier, true)) === true
    );
  }

  #storedCandidates(key: string, specifier: string): Candidate[] {
    const entry = entryOf(this.#index.packages, key);
    const all = Object.entries(entry?.stored ?? {}).filter(([, { requiresPython }]) =>
      runsHere(requiresPython),
    );
    const candidates = all.map(([version]) => this.#stored(key, version, undefined));
    return pick(candidates, specifier);
  }

  #stored(key: string, version: string, insteadOf: Candidate['insteadOf']): Candidate {
    const entry = entryOf(this.#index.packages, key);
    const item = entry?.stored[version];
    return {
      key,
      name: entry?.name ?? key,
      version,
      filename: item?.file ?? '',
      insteadOf,
      requires: () => Promise.resolve(item?.requires ?? []),
      wheel: () => this.#source.archive('pypi', key, version),
    };
  }

  /** An exact pin of compiled code for which there is no wheel: the nearest stored version of the same major. */
  #relaxCompiled(key: string, specifier: string): Candidate | undefined {
    const pin = this.#publishedPin(key, specifier);
    const stored = Object.values(entryOf(this.#index.packages, key)?.stored ?? {});
    if (pin === undefined || !(compiledPython.has(key) || stored.some((item) => item.compiled === true))) {
      return undefined;
    }
    const near = this.#nearest(key, pin, 2) ?? this.#nearest(key, pin, 1);
    const version = near ?? (alikeAcrossMajors.has(key) ? this.#nearest(key, pin, 0) : undefined);
    const because = 'has no build for this interpreter in the package store';
    return version === undefined ? undefined : this.#stored(key, version, { version: pin, because });
  }

  /** An exact pin that is not stored when the registry cannot be asked: the nearest release of the same minor line. */
  #relaxOffline(key: string, specifier: string): Candidate | undefined {
    const pin = this.#publishedPin(key, specifier);
    const version = pin === undefined ? undefined : this.#nearest(key, pin, 2);
    if (pin === undefined || version === undefined) return undefined;
    const because = 'is not in the package store, and the registry cannot be asked';
    return this.#stored(key, version, { version: pin, because });
  }

  /** The version that an exact pin names, when it was published. */
  #publishedPin(key: string, specifier: string): string | undefined {
    const pin = specifier
      .split(',')
      .map(exactPin)
      .find((version) => version !== undefined);
    return pin !== undefined && fits(pin, specifier, true) && this.isPublished(key, `==${pin}`)
      ? pin
      : undefined;
  }

  /** The nearest stored version that has the pin's first `same` numbers: the next above, else the next below. */
  #nearest(key: string, pin: string, same: number): string | undefined {
    const line = (version: string) =>
      Array.from({ length: same }, (_, at) => parse(version)?.release[at] ?? 0).join('.');
    const near = sortVersions(Object.keys(entryOf(this.#index.packages, key)?.stored ?? {})).filter(
      (version) => line(version) === line(pin),
    );
    return near.filter((version) => rcompare(version, pin) < 0).at(-1) ?? near[0];
  }

  async #registryCandidates(key: string, specifier: string): Promise<readonly Candidate[] | undefined> {
    const known = this.#remote.get(key) ?? this.#askRegistry(key, specifier);
    this.#remote.set(key, known);
    return known;
  }

  async #askRegistry(key: string, specifier: string): Promise<readonly Candidate[] | undefined> {
    let answer: string;
    try {
      answer = await this.#source.registryMetadata('pypi', key);
    } catch (error) {
      if (!(error instanceof PackageError)) throw error;
      if (error.code === 'not-found') return undefined;
      throw new UnsupportedError({
        reason: 'needs-registry',
        detail: `pip: ${key}${specifier} is not in the package store, and the registry cannot be asked (${error.message})`,
      });
    }
    const { files } = v.parse(simpleProject, JSON.parse(answer));
    const usable = files.flatMap((file): Candidate[] => {
      const [, name = '', version = '', python = '', , platform = ''] = WHEEL.exec(file.filename) ?? [];
      const hash = file.hashes['sha256'];
      const runs = /(^|\.)py3|cp314/.test(python) && /^any$|pyemscripten_2026_0/.test(platform);
      if (!runs || hash === undefined || !runsHere(file['requires-python'] ?? undefined)) return [];
      const wheel = () => this.#source.registryArchive('pypi', file.url, hash);
      const requires = async () => wheelRequirements(await wheel());
      return [{ key, name, version, filename: file.filename, insteadOf: undefined, requires, wheel }];
    });
    if (usable.length === 0 && files.length > 0) {
      throw new UnsupportedError({
        reason: 'native-package',
        detail: `pip: ${key} has no wheel that runs in a browser`,
      });
    }
    return usable
      .filter(({ version }) => valid(version) !== null)
      .sort((a, b) => rcompare(a.version, b.version));
  }
}

/** Those that fit, newest first; pre-releases only where nothing else fits or the specifier names one. */
function pick(candidates: readonly Candidate[], specifier: string): Candidate[] {
  const sorted = [...candidates].sort((a, b) => rcompare(a.version, b.version));
  const final = sorted.filter(({ version }) => !isPrerelease(version) && fits(version, specifier, true));
  return final.length > 0 && !/\d(a|b|rc|\.dev)\d/.test(specifier)
    ? final
    : sorted.filter(({ version }) => fits(version, specifier, true));
}

function fits(version: string, specifier: string, prereleases: boolean): boolean {
  return valid(version) !== null && (specifier === '' || satisfies(version, specifier, { prereleases }));
}

const runsHere = (requires: string | undefined) =>
  requires === undefined || requires === '' || fits(PYTHON_VERSION, requires.replaceAll(/\s+/g, ''), true);

function isPrerelease(version: string): boolean {
  const parsed = parse(version);
  return parsed !== null && (parsed.pre !== null || parsed.dev !== null);
}

/** Newest first; what is no version is left out. */
const sortVersions = (versions: readonly string[]) =>
  versions.filter((version) => valid(version) !== null).sort(rcompare);
