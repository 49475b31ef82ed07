import { satisfies } from '@renovatebot/pep440';
import { UnsupportedError } from '../npm/errors.ts';
import { mayBeOmitted } from '../stand-ins.ts';
import type { Candidate, PythonCatalogue } from './catalogue.ts';
import { PipError } from './errors.ts';
import { exactPin, parseRequirement, RequirementError, type Requirement } from './requirement.ts';
import type { Asked } from './requirements-file.ts';

const MAX_STEPS = 4_000;

/** A requirement in the course of a resolution. */
export interface Need {
  readonly requirement: Requirement;
  /** Who asks: a chosen candidate, or undefined for the user. */
  readonly parent: Candidate | undefined;
  readonly from: string;
}

export interface Resolution {
  /** Chosen versions in the order in which they were decided, with the need that led to each. */
  readonly chosen: readonly { candidate: Candidate; need: Need; wantedExtras: readonly string[] }[];
  readonly omitted: readonly { need: Need; because: string }[];
}

interface State {
  readonly pins: ReadonlyMap<string, { candidate: Candidate; need: Need; wantedExtras: readonly string[] }>;
  readonly needs: readonly Need[];
  readonly open: readonly Need[];
  readonly omitted: readonly { need: Need; because: string }[];
}

type Outcome = { readonly state: State } | { readonly conflict: readonly Need[] };

/**
 * Chooses one version per package such that every requirement holds: newest first, going back where two contradict.
 * @throws PipError in pip's words; UnsupportedError when what is not stored could have resolved it.
 */
export class PythonResolver {
  readonly #catalogue: Pick<PythonCatalogue, 'find' | 'isPublished'>;
  readonly #constraints: readonly Requirement[];
  readonly #onProgress: (packages: number) => void;
  readonly #installed: ReadonlyMap<string, string>;
  #steps = 0;

  /** @param installed - versions on the disk by normalized name; they are kept where they fit. */
  constructor(
    catalogue: Pick<PythonCatalogue, 'find' | 'isPublished'>,
    constraints: readonly Requirement[],
    onProgress: (packages: number) => void,
    installed: ReadonlyMap<string, string> = new Map(),
  ) {
    this.#catalogue = catalogue;
    this.#constraints = constraints;
    this.#onProgress = onProgress;
    this.#installed = installed;
  }

  async resolve(asked: readonly Asked[]): Promise<Resolution> {
    const needs = asked.map(({ requirement, from }): Need => ({ requirement, parent: undefined, from }));
    const outcome = await this.#solve({ pins: new Map(), needs, open: needs, omitted: [] });
    if ('state' in outcome)
      return { chosen: [...outcome.state.pins.values()], omitted: outcome.state.omitted };
    throw this.#explain(outcome.conflict, asked);
  }

  async #solve(state: State): Promise<Outcome> {
    const [need, ...open] = state.open;
    if (need === undefined) return { state };
    if (++this.#steps > MAX_STEPS) {
      throw new PipError(['ResolutionTooDeepError: 200000', 'Dependency resolution exceeded maximum depth']);
    }
    const { key } = need.requirement;
    const pin = state.pins.get(key);
    if (pin !== undefined) return this.#revisit({ ...state, open }, need, pin);
    if (state.omitted.some((one) => one.need.requirement.key === key)) return this.#solve({ ...state, open });
    const because = mayBeOmitted(key, need.parent?.key);
    if (because !== undefined)
      return this.#solve({ ...state, open, omitted: [...state.omitted, { need, because }] });

    const same = state.needs.filter((other) => other.requirement.key === key);
    const candidates = await this.#candidates(need, same);
    if (candidates.length === 0) return { conflict: same };
    let conflict: readonly Need[] = same;
    for (const candidate of candidates) {
      const wantedExtras = [...new Set(same.flatMap(({ requirement }) => requirement.extras))];
      const more = await this.#needsOf(candidate, wantedExtras);
      const pins = new Map(state.pins).set(key, { candidate, need, wantedExtras });
      this.#onProgress(pins.size);
      const outcome = await this.#solve({
        ...state,
        pins,
        needs: [...state.needs, ...more],
        open: [...open, ...more],
      });
      if ('state' in outcome) return outcome;
      conflict = outcome.conflict;
      // Another version of this package helps only if this package had a part in the contradiction.
      const involved = conflict.some(
        ({ parent, requirement }) => parent?.key === key || requirement.key === key,
      );
      if (!involved) return outcome;
    }
    return { conflict };
  }

  /** A need for what is already chosen: it fits and perhaps brings further extras, or it contradicts. */
  async #revisit(
    state: State,
    need: Need,
    pin: { candidate: Candidate; need: Need; wantedExtras: readonly string[] },
  ): Promise<Outcome> {
    const { key, specifier, extras } = need.requirement;
    if (!accepts(pin.candidate, specifier)) {
      return {
        conflict: [...state.needs.filter((other) => other.requirement.key === key && other !== need), need],
      };
    }
    const fresh = extras.filter((extra) => !pin.wantedExtras.includes(extra));
    if (fresh.length === 0) return this.#solve(state);
    const wantedExtras = [...pin.wantedExtras, ...fresh];
    const more = await this.#needsOf(pin.candidate, wantedExtras);
    const pins = new Map(state.pins).set(key, { ...pin, wantedExtras });
    return this.#solve({ ...state, pins, needs: [...state.needs, ...more], open: [...state.open, ...more] });
  }

  async #candidates(need: Need, same: readonly Need[]): Promise<readonly Candidate[]> {
    const { key, url } = need.requirement;
    if (url !== undefined) {
      throw new UnsupportedError({
        reason: 'engine',
        detail: `pip: ${key} is to come from ${url.slice(0, 200)}; only packages of an index can be installed here`,
      });
    }
    const limits = this.#constraints
      .filter((constraint) => constraint.key === key)
      .map(({ specifier }) => specifier);
    const specifiers = [...new Set([...same.map(({ requirement }) => requirement.specifier), ...limits])];
    const specifier = specifiers.filter((one) => one !== '').join(',');
    const found = await this.#catalogue.find(key, specifier);
    if (found.kind === 'candidates') {
      const present = this.#installed.get(key);
      return [...found.candidates].sort(
        (a, b) => Number(b.version === present) - Number(a.version === present),
      );
    }
    if (found.kind === 'unknown') throw noVersion(need, []);
    const alone = await this.#catalogue.find(key, need.requirement.specifier);
    if (alone.kind === 'none') throw noVersion(need, alone.versions);
    return [];
  }

  async #needsOf(candidate: Candidate, extras: readonly string[]): Promise<Need[]> {
    const needs: Need[] = [];
    for (const line of await candidate.requires()) {
      try {
        const requirement = parseRequirement(line, extras);
        if (requirement !== undefined)
          needs.push({ requirement, parent: candidate, from: ` (from ${candidate.key})` });
      } catch (error) {
        if (!(error instanceof RequirementError)) throw error;
        throw new PipError([
          `Invalid requirement in the metadata of ${candidate.name} ${candidate.version}: '${line}'`,
        ]);
      }
    }
    return needs;
  }

  /**
   * A contradiction is the submission's only if everything that takes part in it is settled: asked for by the user, or
   * by a version that the user pinned. Else a version that is not stored might have resolved it.
   */
  #explain(conflict: readonly Need[], asked: readonly Asked[]): Error {
    const pinned = (parent: Candidate | undefined) =>
      parent === undefined ||
      asked.some(
        ({ requirement }) => requirement.key === parent.key && exactPin(requirement.specifier) !== undefined,
      );
    const key = conflict[0]?.requirement.key ?? '';
    const together = conflict
      .map(({ requirement }) => requirement.specifier)
      .filter((one) => one !== '')
      .join(',');
    if (!conflict.every(({ parent }) => pinned(parent)) || this.#catalogue.isPublished(key, together)) {
      return new UnsupportedError({
        reason: 'needs-registry',
        detail: `pip: no stored versions satisfy all of ${conflict.map(describe).join('; ')}`,
      });
    }
    return impossible(conflict);
  }
}

const accepts = (candidate: Candidate, specifier: string) =>
  specifier === '' ||
  (candidate.insteadOf !== undefined && candidate.insteadOf.version === exactPin(specifier)) ||
  satisfies(candidate.insteadOf?.version ?? candidate.version, specifier, { prereleases: true });

const describe = ({ requirement, parent }: Need) =>
  parent === undefined
    ? `The user requested ${requirement.text}`
    : `${parent.key} ${parent.version} depends on ${requirement.text}`;

function noVersion({ requirement, from }: Need, versions: readonly string[]): PipError {
  const list = versions.length === 0 ? 'none' : versions.join(', ');
  const uvReason =
    versions.length === 0
      ? `Because ${requirement.key} was not found in the package registry and you require ${requirement.text}, we can conclude that your requirements are unsatisfiable.`
      : `Because there is no version of ${requirement.text} and you require ${requirement.text}, we can conclude that your requirements are unsatisfiable.`;
  return new PipError(
    [
      `Could not find a version that satisfies the requirement ${requirement.text}${from} (from versions: ${list})`,
      `No matching distribution found for ${requirement.text}`,
    ],
    ['  × No solution found when resolving dependencies:', `  ╰─▶ ${uvReason}`],
  );
}

function impossible(conflict: readonly Need[]): PipError {
  const who = conflict.map(({ parent, requirement, from }) =>
    parent === undefined
      ? from.replace(/^ \(from (.*)\)$/, '$1') || requirement.text
      : `${parent.key}==${parent.version}`,
  );
  const listed = [...new Set(who)];
  const names =
    listed.length < 2 ? listed.join('') : `${listed.slice(0, -1).join(', ')} and ${listed.at(-1) ?? ''}`;
  return new PipError(
    [
      `Cannot install ${names} because these package versions have conflicting dependencies.`,
      '',
      'The conflict is caused by:',
      ...conflict.map((need) => `    ${describe(need)}`),
      '',
      'To fix this you could try to:',
      "1. loosen the range of package versions you've specified",
      '2. remove package versions to allow pip to attempt to solve the dependency conflict',
      '',
      'ResolutionImpossible: for help visit https://pip.pypa.io/en/latest/topics/dependency-resolution/#dealing-with-dependency-conflicts',
    ],
    [
      '  × No solution found when resolving dependencies:',
      `  ╰─▶ Because ${conflict.map((need) => describe(need).replace('The user requested', 'you require')).join(' and ')}, we can conclude that your requirements are unsatisfiable.`,
    ],
  );
}
