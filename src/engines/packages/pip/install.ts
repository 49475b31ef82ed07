import type { ProgramContext } from '../../shell/program.ts';
import { installedDistributions } from '../installed.ts';
import { UnsupportedError } from '../npm/errors.ts';
import { PythonCatalogue, type Candidate } from './catalogue.ts';
import { normalizeName, parseRequirement, RequirementError } from './requirement.ts';
import { invalidRequirement, readRequirementsFile, type Asked } from './requirements-file.ts';
import { PythonResolver, type Resolution } from './resolve.ts';
import { linkScripts } from './venv.ts';
import { installWheel, uninstall } from './wheel.ts';

export interface PipInstall {
  /** Names and specifiers from the command line. */
  readonly words: readonly string[];
  readonly requirementFiles: readonly string[];
  readonly constraintFiles: readonly string[];
  readonly upgrade: boolean;
  readonly noDeps: boolean;
  readonly installer: 'pip' | 'uv';
}

export interface PipResult {
  readonly resolution: Resolution;
  /** In the order of installation: what others need first. */
  readonly installed: readonly { candidate: Candidate; replaced: string | undefined }[];
  /** Requirements of the user that the disk already met. */
  readonly satisfied: readonly { asked: Asked; version: string }[];
}

/** Installers are always there, in whatever version; asking for them is answered without a file. */
const INSTALLERS: ReadonlySet<string> = new Set(['pip', 'uv']);

/**
 * Resolves and installs.
 * @throws PipError, RequirementError; UnsupportedError; PackageError.
 */
export async function pipInstall(context: ProgramContext, options: PipInstall): Promise<PipResult> {
  const asked = gather(context, options);
  const catalogue = await PythonCatalogue.open(context.packages);
  const before = new Map(installedDistributions(context.fs).map((one) => [normalizeName(one.name), one]));
  const wanted = asked.requirements.filter(({ requirement }) => !INSTALLERS.has(requirement.key));
  const resolver = new PythonResolver(
    options.noDeps ? withoutDependencies(catalogue) : catalogue,
    asked.constraints.map(({ requirement }) => requirement),
    (done) => context.progress({ label: 'pip: choosing versions', done }),
    options.upgrade ? new Map() : new Map([...before].map(([key, { version }]) => [key, version])),
  );
  const resolution = await resolver.resolve(wanted);
  const fresh = resolution.chosen.filter(
    ({ candidate }) => before.get(candidate.key)?.version !== candidate.version,
  );
  const requested = new Set(wanted.map(({ requirement }) => requirement.key));
  const installed: { candidate: Candidate; replaced: string | undefined }[] = [];
  // What was decided last is needed by what was decided before it.
  for (const { candidate } of [...fresh].reverse()) {
    context.signal.throwIfAborted();
    context.progress({ label: 'pip: installing packages', done: installed.length, total: fresh.length });
    const old = before.get(candidate.key);
    const bytes = await candidate.wheel();
    if (old !== undefined) uninstall(context.fs, old.folder);
    installWheel(context.fs, bytes, options.installer, requested.has(candidate.key));
    installed.push({ candidate, replaced: old?.version });
  }
  const environment = context.env['VIRTUAL_ENV'];
  if (environment !== undefined) linkScripts(context.fs, environment);
  report(context, resolution);
  const satisfied = wanted.flatMap((one) => {
    const version = before.get(one.requirement.key)?.version;
    const isNew = fresh.some(({ candidate }) => candidate.key === one.requirement.key);
    return version === undefined || isNew ? [] : [{ asked: one, version }];
  });
  return { resolution, installed, satisfied };
}

function gather(
  context: ProgramContext,
  options: PipInstall,
): { requirements: Asked[]; constraints: Asked[] } {
  const requirements: Asked[] = [];
  const constraints: Asked[] = [];
  const elsewhere: string[] = [];
  for (const path of options.requirementFiles) {
    const file = readRequirementsFile(context.fs, path, context.cwd);
    requirements.push(...file.requirements);
    constraints.push(...file.constraints);
    elsewhere.push(...file.elsewhere);
    if (file.hashed.length > 0) {
      context.substitution({
        package: 'pip',
        kind: 'runtime',
        detail: 'Hashes in requirements files are not compared: wheels of the package store are packed anew.',
      });
    }
  }
  for (const path of options.constraintFiles) {
    constraints.push(...readRequirementsFile(context.fs, path, context.cwd, 'constraints').constraints);
  }
  for (const word of options.words) {
    if (/^[./]|^(git\+|https?:|file:)/.test(word)) elsewhere.push(word);
    else requirements.push(...readWord(word));
  }
  if (elsewhere[0] !== undefined) {
    throw new UnsupportedError({
      reason: 'engine',
      detail: `pip: ${elsewhere[0].slice(0, 200)} cannot be installed here; only packages of an index can`,
    });
  }
  return { requirements, constraints };
}

function readWord(word: string): Asked[] {
  try {
    const requirement = parseRequirement(word);
    return requirement === undefined ? [] : [{ requirement, from: '' }];
  } catch (error) {
    if (error instanceof RequirementError) throw invalidRequirement(word, error, '');
    throw error;
  }
}

/** Tells the run record what differs from an install on a real machine. */
function report(context: ProgramContext, { chosen, omitted }: Resolution): void {
  for (const { candidate } of chosen) {
    if (candidate.insteadOf === undefined) continue;
    context.substitution({
      package: candidate.name,
      kind: 'version',
      detail: `${candidate.name} ${candidate.version} stands in for the pinned ${candidate.insteadOf.version}, which ${candidate.insteadOf.because}.`,
    });
  }
  for (const { need, because } of omitted) {
    context.substitution({
      package: need.requirement.name,
      kind: 'omitted',
      detail: `${need.requirement.name} is compiled code and was left out: ${because}.`,
    });
  }
}

function withoutDependencies(catalogue: PythonCatalogue): Pick<PythonCatalogue, 'find' | 'isPublished'> {
  return {
    isPublished: (key, specifier) => catalogue.isPublished(key, specifier),
    find: async (key, specifier) => {
      const found = await catalogue.find(key, specifier);
      if (found.kind !== 'candidates') return found;
      const candidates = found.candidates.map((one) => ({ ...one, requires: () => Promise.resolve([]) }));
      return { kind: 'candidates', candidates };
    },
  };
}
