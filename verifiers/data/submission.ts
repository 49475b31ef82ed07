import type { Finding } from '../../src/domain/verdict.ts';
import { findRunningCode, type RunningCode } from '../entry/index.ts';
import { findLiveness, type Liveness } from '../entry/liveness.ts';
import { isForeign, isTest } from '../entry/kinds.ts';
import type { Source } from '../sources.ts';
import type { Module, Project } from '../syntax/types.ts';
import { readDependencies, type Dependency } from './dependencies.ts';
import { findOpenings, type Opening } from './openings.ts';
import { Provenance } from './provenance.ts';
import { Values } from './values.ts';

/** A submission as the rules about data see it. */
export interface Submission {
  readonly project: Project;
  readonly running: RunningCode;
  readonly provenance: Provenance;
  readonly values: Values;
  readonly liveness: Liveness;
  /** What the dependency files declare. */
  readonly dependencies: readonly Dependency[];
  /** What the running code opens. */
  openings(): readonly Opening[];
  /** What code opens that does not run, tests left out. */
  idleOpenings(): readonly Opening[];
  /** @param offset into the text of the file; a file that is not there stands for the submission */
  finding(rule: Finding['rule'], file: string, offset: number, message: string): Finding;
  /** How the running code was found, where that needs saying. */
  entryNotes(rule: Finding['rule']): Finding[];
}

const known = new WeakMap<Project, Submission>();

/** Reads what the rules about data have in common; it is kept. */
export function readSubmission(project: Project): Submission {
  const kept = known.get(project);
  if (kept !== undefined) return kept;
  const read = new ProjectSubmission(project);
  known.set(project, read);
  return read;
}

class ProjectSubmission implements Submission {
  readonly running: RunningCode;
  readonly provenance: Provenance;
  readonly values: Values;
  readonly liveness: Liveness;
  readonly dependencies: readonly Dependency[];
  readonly #sources: ReadonlyMap<string, Source>;
  #openings: readonly Opening[] | undefined;
  #idle: readonly Opening[] | undefined;

  constructor(readonly project: Project) {
    this.running = findRunningCode(project);
    this.provenance = new Provenance(project, this.running.modules);
    this.values = new Values(project, this.running.modules);
    this.liveness = this.running.liveness;
    this.dependencies = readDependencies(project.sources);
    this.#sources = new Map(project.sources.map((source) => [source.path, source]));
  }

  openings(): readonly Opening[] {
    this.#openings ??= findOpenings(this, this.running.modules, this.running.settings);
    return this.#openings;
  }

  idleOpenings(): readonly Opening[] {
    this.#idle ??= this.#findIdle();
    return this.#idle;
  }

  finding(rule: Finding['rule'], file: string, offset: number, message: string): Finding {
    const source = this.#sources.get(file);
    const place = source === undefined ? { line: 1, column: 1 } : source.locate(offset);
    return { rule, file, ...place, message };
  }

  entryNotes(rule: Finding['rule']): Finding[] {
    return this.running.notes.map(({ file, at, message }) => this.finding(rule, file, at, message));
  }

  #findIdle(): readonly Opening[] {
    const { project, running } = this;
    const idle: Module[] = [...project.modules.values()].filter(
      ({ path }) => !running.files.has(path) && !isTest(path) && !isForeign(path),
    );
    if (idle.length === 0) return [];
    const values = new Values(project, idle);
    const liveness = findLiveness(project, idle, []);
    return findOpenings({ project, values, liveness, provenance: new Provenance(project, idle) }, idle);
  }
}
