import type { Finding, RuleResult } from '../../src/domain/verdict.ts';
import { readSubmission, type Submission } from '../data/submission.ts';
import { isForeign, isTest } from '../entry/kinds.ts';
import type { Module, Project } from '../syntax/types.ts';
import { webFrameworkOf } from './frameworks.ts';
import { ImportGraph, type Edge } from './graph.ts';
import { layerOf, layers, layersNeeded, type Layer } from './layers.ts';
import { findQueries } from './queries.ts';

/** Findings and notes that are kept; a submission may break the rule in a million lines. */
const mostFindings = 200;
const mostNotes = 50;
/** Files of a cycle that a message names. */
const mostNamed = 12;

/**
 * The architecture rule of the profile `parser`; see README.md. Three of four layers hold code that runs, imports go
 * downwards once they are followed to what they take, routes do not query, models do not know the web framework.
 */
export function checkArchitecture(project: Project): RuleResult {
  return new Check(readSubmission(project)).result();
}

class Check {
  readonly #submission: Submission;
  readonly #graph: ImportGraph;
  /** Code files of each layer that run or whose types are used, and that hold something. */
  readonly #layered: ReadonlyMap<Layer, readonly Module[]>;

  constructor(submission: Submission) {
    this.#submission = submission;
    const { modules } = submission.running;
    this.#graph = new ImportGraph(submission.project, modules);
    const typed = new Set(this.#graph.typeEdges.map((edge) => edge.to));
    const known = new Set(modules);
    const used = [...submission.project.modules.values()].filter(
      (module) => known.has(module) || typed.has(module.path),
    );
    this.#layered = groupByLayer(used.filter(holdsCode));
  }

  result(): RuleResult {
    const missing = this.#missingLayers();
    const findings = [
      ...(missing === undefined ? [] : [missing]),
      ...this.#upwardImports(),
      ...this.#queriesInRoutes(),
      ...this.#frameworkIn('models'),
    ];
    const compliant = findings.length === 0;
    const notes = this.#notes().slice(0, mostNotes);
    return {
      rule: 'architecture',
      compliant,
      findings: compliant ? this.#evidence() : findings.slice(0, mostFindings),
      ...(notes.length > 0 && { notes }),
    };
  }

  #finding(module: Module, at: number, message: string): Finding {
    return this.#submission.finding('architecture', module.path, at, message);
  }

  #missingLayers(): Finding | undefined {
    const present = layers.filter((layer) => this.#layered.has(layer));
    if (present.length >= layersNeeded) return undefined;
    const missing = layers.filter((layer) => !this.#layered.has(layer)).map((layer) => layer.name);
    const idle = this.#idleLayers().filter((layer) => !this.#layered.has(layer));
    const unused =
      idle.length === 0
        ? ''
        : `; there are directories for ${idle.map((layer) => layer.name).join(', ')}, but no code in them runs`;
    const message =
      present.length === 0
        ? `no layers at all: no directory that holds running code has the name of a layer${unused}`
        : `only ${present.length} of 4 layers have code that runs, ${layersNeeded} are needed; ` +
          `missing: ${missing.join(', ')}${unused}`;
    const [first] = this.#submission.running.modules;
    return this.#submission.finding('architecture', first?.path ?? '', 0, message);
  }

  /** Layers that have files at all, whether or not these run. */
  #idleLayers(): Layer[] {
    const all = [...this.#submission.project.modules.values()].filter(
      ({ path }) => !isTest(path) && !isForeign(path),
    );
    const found = groupByLayer(all);
    return layers.filter((layer) => found.has(layer));
  }

  #upwardImports(): Finding[] {
    const seen = new Set<string>();
    return this.#graph.edges.filter(isUpward).flatMap((edge) => {
      const { from, import: imported, to } = edge;
      const key = [from.path, imported.at, to].join('\0');
      if (seen.has(key) || seen.size >= mostFindings) return [];
      seen.add(key);
      const cycle = this.#graph.path(to, from.path);
      const closed = cycle === undefined ? '' : `; it closes the cycle ${showPath([from.path, ...cycle])}`;
      return [this.#finding(from, imported.at, describeUpward(edge) + closed)];
    });
  }

  #queriesInRoutes(): Finding[] {
    return this.#inLayer('routes').flatMap((module) =>
      findQueries(this.#submission, module).map(({ at, what }) =>
        this.#finding(
          module,
          at,
          `a file of the routes layer reaches the data itself: ${what}; let a lower layer do it`,
        ),
      ),
    );
  }

  #frameworkIn(name: Layer['name']): Finding[] {
    const { project } = this.#submission;
    return this.#inLayer(name).flatMap((module) =>
      module.imports
        .filter((imported) => !imported.typeOnly)
        .flatMap((imported) => {
          const targets = project.targets(module, imported);
          const [framework] = targets.flatMap((target) => webFrameworkOf(imported, target) ?? []);
          if (framework === undefined) return [];
          return [
            this.#finding(
              module,
              imported.at,
              `a file of the ${name} layer imports the web framework (${framework})`,
            ),
          ];
        }),
    );
  }

  #inLayer(name: Layer['name']): Module[] {
    return this.#submission.running.modules.filter((module) => layerOf(module.path)?.name === name);
  }

  #notes(): Finding[] {
    return [
      ...this.#submission.entryNotes('architecture'),
      ...this.#fourthLayer(),
      ...this.#graph.typeEdges
        .filter(isUpward)
        .map((edge) =>
          this.#finding(
            edge.from,
            edge.import.at,
            `${describeUpward(edge)}; it takes types only, which is allowed`,
          ),
        ),
      ...this.#frameworkIn('repositories'),
      ...this.#frameworkIn('services'),
      ...this.#cycles(),
    ];
  }

  #fourthLayer(): Finding[] {
    const missing = layers.filter((layer) => !this.#layered.has(layer));
    const [layer] = missing;
    if (layer === undefined || missing.length > 1) return [];
    const [first] = this.#submission.running.modules;
    return [
      this.#submission.finding(
        'architecture',
        first?.path ?? '',
        0,
        `there is no ${layer.name} layer; three of four are enough`,
      ),
    ];
  }

  /** Cycles in which no import goes upwards: the findings name the others. */
  #cycles(): Finding[] {
    return this.#graph.cycles().flatMap((cycle) => {
      const [first = '', second] = cycle;
      const edge = this.#graph.edges.find(({ from, to }) => from.path === first && to === second);
      const upward = cycle.some((file, index) => index > 0 && isAbove(cycle[index - 1] ?? '', file));
      if (edge === undefined || upward) return [];
      return [
        this.#finding(
          edge.from,
          edge.import.at,
          `these files import each other in a cycle: ${showPath(cycle)}`,
        ),
      ];
    });
  }

  #evidence(): Finding[] {
    return layers.flatMap((layer) => {
      const [first, ...more] = this.#layered.get(layer) ?? [];
      if (first === undefined) return [];
      const others = more.length === 0 ? '' : ` and ${more.length} more`;
      return [this.#finding(first, 0, `the ${layer.name} layer: ${first.path}${others}`)];
    });
  }
}

function isAbove(from: string, to: string): boolean {
  const own = layerOf(from);
  const other = layerOf(to);
  return own !== undefined && other !== undefined && other.rank > own.rank;
}

function isUpward({ from, to }: Edge): boolean {
  return isAbove(from.path, to);
}

function describeUpward({ from, to, import: imported, name, via }: Edge): string {
  const what = name === '*' ? to : `${name} of ${to}`;
  const through = via.length === 0 ? '' : ` (passed on by ${via.slice(0, mostNamed).join(', ')})`;
  return (
    `a file of the ${layerOf(from.path)?.name} layer imports ${what}${through} as ${imported.specifier}; ` +
    `that is of the ${layerOf(to)?.name} layer, which lies above it`
  );
}

function showPath(files: readonly string[]): string {
  if (files.length <= mostNamed) return files.join(' -> ');
  const left = files.length - mostNamed;
  return [...files.slice(0, mostNamed - 1), `… ${left} more`, files.at(-1)].join(' -> ');
}

/** Empty files and an `__init__.py` without code make no layer; a file that cannot be read may hold anything. */
function holdsCode(module: Module): boolean {
  return module.body.length > 0 || module.problems.length > 0 || module.imports.length > 0;
}

function groupByLayer(modules: readonly Module[]): Map<Layer, Module[]> {
  const groups = new Map<Layer, Module[]>();
  for (const module of modules) {
    const layer = layerOf(module.path);
    if (layer === undefined) continue;
    const group = groups.get(layer) ?? [];
    group.push(module);
    groups.set(layer, group);
  }
  return groups;
}
