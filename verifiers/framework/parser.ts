import type { Framework } from '../../src/domain/task.ts';
import type { Finding, RuleResult } from '../../src/domain/verdict.ts';
import { readDependencies } from '../data/dependencies.ts';
import { findRunningCode, type RunningCode } from '../entry/index.ts';
import { isForeign, isTest } from '../entry/kinds.ts';
import type { Module, Project } from '../syntax/types.ts';
import { evaluatorOf, scopesOf, type Evaluator } from '../values/index.ts';
import { findRunserver, sightCommands } from './commands.ts';
import { kinds, labelOf, packagesOf } from './known.ts';
import { sight, type Sighting, type Sightings } from './sightings.ts';

/** Findings that are kept of a kind; a submission may construct a thousand applications. */
const mostFindings = 20;

/**
 * The framework rule: the running code constructs an application of the task's framework, and that is what serves.
 * Other frameworks that are constructed beside it are noted.
 */
export function checkFramework(project: Project, wanted: Framework): RuleResult {
  const running = findRunningCode(project);
  const evaluator = evaluatorOf(project, running.modules);
  const sightings = sightAll(project, running, evaluator);
  const constructed = sightings.constructed.filter((each) => isOf(each, wanted));
  const others = sightings.constructed.filter((each) => !isOf(each, wanted));
  const served = sightings.served.filter((each) => isOf(each, wanted));
  const instead = sightings.served.filter((each) => each.kind !== 'unknown' && !isOf(each, wanted));
  const undecided = sightings.served.some((each) => each.kind === 'unknown');
  const report = new Report(project, wanted);
  if (constructed.length === 0 && served.length === 0) {
    const rivals = instead.length > 0 ? instead : others;
    return report.violated([
      ...rivals.map((each) =>
        report.at(each, `${nameOf(each)} is what serves here, and the task wants ${report.label}`),
      ),
      report.absence(running, evaluator),
    ]);
  }
  if (served.length === 0 && instead.length > 0 && !undecided) {
    return report.violated(
      instead.map((each) =>
        report.at(
          each,
          `${nameOf(each)} is what serves here; the application of ${report.label} is constructed and not served`,
        ),
      ),
    );
  }
  const notes = [...others, ...instead].map((each) =>
    report.at(each, `${nameOf(each)} is used beside ${report.label}`),
  );
  const evidence = [
    ...constructed.map((each) => report.at(each, `an application of ${report.label} is constructed`)),
    ...served.map((each) => report.at(each, `an application of ${report.label} serves`)),
  ];
  return report.compliant(evidence, notes);
}

function sightAll(project: Project, running: RunningCode, evaluator: Evaluator): Sightings {
  const found = sight(project, running, evaluator);
  found.served.push(...sightCommands(project, running, evaluator));
  const django = sightDjango(project, running, evaluator);
  found.constructed.push(...django);
  found.served.push(...django);
  if (hasUrls(running)) return found;
  // Without URLs nothing of Django answers a request.
  const isDjango = (each: Sighting) => isOf(each, 'django');
  return {
    constructed: found.constructed.filter((each) => !isDjango(each)),
    served: found.served.filter((each) => !isDjango(each)),
  };
}

/** Django's own server: `execute_from_command_line` in a manage.py that is told `runserver`. */
function sightDjango(project: Project, running: RunningCode, evaluator: Evaluator): Sighting[] {
  const kind = kinds.find((each) => each.task === 'django');
  const isTold = findRunserver(project) !== undefined || !running.known;
  if (kind === undefined) return [];
  return ['execute_from_command_line', 'call_command', 'execute'].flatMap((name) =>
    evaluator.callersOf(name).flatMap(({ call, module }): Sighting[] => {
      const isDjango = evaluator
        .possibleValues(module, call.callee)
        .some((value) => value.kind === 'package' && value.name === 'django');
      const words = call.args.flatMap(({ value }) => (value.kind === 'list' ? value.items : [value]));
      const says = words.some((word) => word.kind === 'text' && word.value === 'runserver');
      if (!isDjango || !(says || (isTold && name !== 'call_command'))) return [];
      return [{ kind, file: module.path, at: call.at }];
    }),
  );
}

function hasUrls({ modules }: RunningCode): boolean {
  return modules.some(
    (module) => module.language === 'python' && scopesOf(module).module.names.has('urlpatterns'),
  );
}

function isOf({ kind }: Sighting, wanted: Framework): boolean {
  return typeof kind === 'object' && kind.task === wanted;
}

function nameOf({ kind }: Sighting): string {
  if (kind === 'own') return 'a server of its own, without a framework,';
  return kind === 'unknown' ? 'something that is not known' : `an application of ${kind.label}`;
}

/** Puts findings together for one framework. */
class Report {
  readonly label: string;
  readonly #project: Project;
  readonly #wanted: Framework;

  constructor(project: Project, wanted: Framework) {
    this.#project = project;
    this.#wanted = wanted;
    this.label = labelOf(wanted);
  }

  violated(findings: readonly Finding[]): RuleResult {
    return { rule: 'framework', compliant: false, findings: distinct(findings) };
  }

  compliant(evidence: readonly Finding[], notes: readonly Finding[]): RuleResult {
    const result: RuleResult = { rule: 'framework', compliant: true, findings: distinct(evidence) };
    return notes.length === 0 ? result : { ...result, notes: distinct(notes) };
  }

  at({ file, at }: { file: string; at: number }, message: string): Finding {
    const source = this.#project.sources.find(({ path }) => path === file);
    const place = source?.locate(at) ?? { line: 1, column: 1 };
    return { rule: 'framework', file, ...place, message };
  }

  /** Why no application of the framework was found: as near to one as the submission gets. */
  absence(running: RunningCode, evaluator: Evaluator): Finding {
    const idle = this.#idleConstruction(running);
    if (idle !== undefined) {
      return this.at(idle, `an application of ${this.label} is constructed here, in code that does not run`);
    }
    const packages = packagesOf[this.#wanted];
    for (const module of running.modules) {
      const imported = module.imports.find((one) => packages.includes(topOf(module, one.specifier)));
      if (imported === undefined) continue;
      const place = { file: module.path, at: imported.at };
      const isDjango =
        this.#wanted === 'django' && !hasUrls(running) && evaluator.callersOf('path').length === 0;
      const why = isDjango ? 'no URLs of it are there' : 'no application of it is constructed';
      return this.at(place, `${this.label} is imported here, but ${why}`);
    }
    const declared = readDependencies(this.#project.sources).find(({ name }) => packages.includes(name));
    if (declared !== undefined)
      return this.at(declared, `${this.label} is declared as a dependency and never used`);
    const file = running.entries[0] ?? 'run.sh';
    return this.at({ file, at: 0 }, `nothing of ${this.label} is used: no application of it is constructed`);
  }

  #idleConstruction(running: RunningCode): Sighting | undefined {
    const idle = (module: Module) =>
      !running.files.has(module.path) && !isTest(module.path) && !isForeign(module.path);
    const modules = [...this.#project.modules.values()].filter(idle);
    if (modules.length === 0) return undefined;
    const everything: RunningCode = { ...running, modules, entries: [], known: false };
    const { constructed } = sight(this.#project, everything, evaluatorOf(this.#project, modules));
    return constructed.find((each) => isOf(each, this.#wanted));
  }
}

function topOf({ language }: Module, specifier: string): string {
  if (language === 'python') return specifier.split('.', 1)[0] ?? '';
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function distinct(findings: readonly Finding[]): Finding[] {
  const found = new Map(
    findings.map((each) => [`${each.file}:${each.line}:${each.column} ${each.message}`, each]),
  );
  return [...found.values()].slice(0, mostFindings);
}
