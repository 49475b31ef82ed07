import { walkModule, type Visitor } from '../syntax/walk.ts';
import type { Callable, Expression, Module, Project } from '../syntax/types.ts';
import { mayBeDecided } from './decidable.ts';
import { evaluatorOf, type Value } from '../values/index.ts';

/** The parts of running files that do not run: branches on known values, functions that nothing mentions. */
export interface Liveness {
  /** Functions that nothing that runs calls or mentions. */
  readonly idle: ReadonlySet<Callable>;
  /** Which sides of a condition of a module may run. */
  sides(module: Module, test: Expression): 'then' | 'otherwise' | 'both';
}

/** A function that falls idle may be the last that mentions another one; chains are followed so far. */
const mostRounds = 6;

/** @param settings paths of Django's settings modules */
export function findLiveness(
  project: Project,
  modules: readonly Module[],
  settings: readonly string[],
): Liveness {
  const evaluator = evaluatorOf(project, modules, settings);
  const known = new Map<Expression, 'then' | 'otherwise' | 'both'>();
  const sides = (module: Module, test: Expression) => {
    const kept = known.get(test);
    if (kept !== undefined) return kept;
    const decided = mayBeDecided(project, module, test)
      ? decide(evaluator.possibleValues(module, test))
      : 'both';
    known.set(test, decided);
    return decided;
  };
  return { idle: findIdle(modules, sides), sides };
}

/** Walks what runs of a module. */
export function walkRunning(module: Module, liveness: Liveness, visitor: Visitor): void {
  walkModule(module, withLiveness(module, liveness, visitor));
}

function withLiveness(module: Module, { idle, sides }: Liveness, visitor: Visitor): Visitor {
  return {
    ...(visitor.statement === undefined ? {} : { statement: visitor.statement }),
    sides: (test) => sides(module, test),
    expression: (expression) =>
      expression.kind === 'callable' && idle.has(expression) ? false : visitor.expression?.(expression),
  };
}

/** Offsets of the imports of a module that do not run. */
export function idleImports(module: Module, liveness: Liveness): ReadonlySet<number> {
  const all = new Set([...module.imports, ...module.unknownImports].map(({ at }) => at));
  const isDecided = (test: Expression) => liveness.sides(module, test) !== 'both';
  let isAny = false;
  walkModule(module, {
    sides: (test) => {
      isAny ||= isDecided(test);
      return 'both';
    },
    expression: (expression) => {
      isAny ||= expression.kind === 'callable' && liveness.idle.has(expression);
    },
  });
  if (!isAny) return new Set();
  const live = new Set<number>();
  walkRunning(module, liveness, {
    statement: (statement) => live.add(statement.at),
    expression: (expression) => live.add(expression.at),
  });
  const dead = new Set<number>();
  walkModule(module, {
    statement: (statement) => {
      if (all.has(statement.at) && !live.has(statement.at)) dead.add(statement.at);
    },
    expression: (expression) => {
      if (all.has(expression.at) && !live.has(expression.at)) dead.add(expression.at);
    },
  });
  return dead;
}

type Sides = Liveness['sides'];

function findIdle(modules: readonly Module[], sides: Sides): Set<Callable> {
  const candidates = modules.flatMap((module) => plainFunctions(module));
  const idle = new Set<Callable>();
  const mentions = new Map<Module, ReadonlySet<string>>();
  let changed: ReadonlySet<Module> = new Set(modules);
  for (let round = 0; round < mostRounds && changed.size > 0; round++) {
    for (const module of changed) mentions.set(module, gatherMentions(module, { idle, sides }));
    const mentioned = new Set<string>();
    for (const names of mentions.values()) for (const name of names) mentioned.add(name);
    const fallen = candidates.filter(({ callable, name }) => !mentioned.has(name) && !idle.has(callable));
    for (const { callable } of fallen) idle.add(callable);
    changed = new Set(fallen.map(({ module }) => module));
  }
  return idle;
}

/**
 * Functions that run only when somebody names them: declared or kept in a constant. Methods, and functions with
 * decorators, may be called by frameworks.
 */
interface Candidate {
  readonly module: Module;
  readonly callable: Callable;
  readonly name: string;
}

function plainFunctions(module: Module): Candidate[] {
  const found: Candidate[] = [];
  walkModule(module, {
    statement: (statement) => {
      if (statement.kind === 'declare' && statement.value.kind === 'callable') {
        const { value } = statement;
        if (value.decorators.length === 0 && !hooks.test(value.name))
          found.push({ module, callable: value, name: value.name });
      }
      if (
        statement.kind === 'assign' &&
        statement.value?.kind === 'callable' &&
        statement.targets.length === 1
      ) {
        const [target] = statement.targets;
        if (target?.kind === 'name' && target.name !== 'default' && !hooks.test(target.name)) {
          found.push({ module, callable: statement.value, name: target.name });
        }
      }
    },
    expression: (expression) => expression.kind !== 'class',
  });

  return found;
}

/** Functions that tools and frameworks find by their name: migrations, gunicorn, Django, fastify-cli, module hooks. */
const hooks =
  /^(?:__\w+__|up|down|upgrade|downgrade|main|init|create_app|make_app|get_app|app|application|handler|handle|setup|register|plugin|autoload|on_\w+|when_ready|post_\w+|pre_\w+|child_exit|worker_\w+|run_migrations\w*|lifespan|default|ready|clean\w*|save\w*|get_\w+_display|seed|run)$/;

/** Names that code of a module which runs mentions beside declaring them, whatever they mean. */
function gatherMentions(module: Module, liveness: Liveness): Set<string> {
  const mentioned = new Set<string>();
  const declared = new Set<Expression>();
  for (const { names } of module.imports) for (const { imported } of names) mentioned.add(imported);
  walkRunning(module, liveness, {
    statement: (statement) => {
      if (statement.kind !== 'assign') return;
      for (const target of statement.targets) {
        if (target.kind === 'name') declared.add(target);
        if (isExports(target)) skipExported(statement.value, declared);
      }
      const isAll = statement.targets.some((target) => target.kind === 'name' && target.name === '__all__');
      if (isAll && statement.value?.kind === 'list')
        for (const item of statement.value.items) declared.add(item);
    },
    expression: (expression) => {
      if (declared.has(expression)) return;
      if (expression.kind === 'name' || expression.kind === 'member') mentioned.add(expression.name);
      else if (expression.kind === 'text') addWords(expression.value, mentioned);
      else if (expression.kind === 'dictionary') {
        for (const { key, value } of expression.entries) {
          // `const { open } = require('./db')` names it.
          if (key?.kind === 'text' && value.kind === 'name') mentioned.add(key.value);
        }
      }
    },
  });
  return mentioned;
}

/** `app.main:create_app`, `open_postgres` of getattr. */
function addWords(text: string, mentioned: Set<string>): void {
  if (text.length > 100 || !/^[\w.:]+(?:\(\))?$/.test(text)) return;
  for (const word of text.split(/\W+/)) if (word !== '') mentioned.add(word);
}

/** `module.exports`, `exports.open`. */
function isExports(target: Expression): boolean {
  if (target.kind !== 'member') return false;
  const { object, name } = target;
  return (
    (object.kind === 'name' &&
      ((object.name === 'module' && name === 'exports') || object.name === 'exports')) ||
    (object.kind === 'member' && isExports(object))
  );
}

/** What is exported is not yet called: `module.exports = { open, close }`. */
function skipExported(value: Expression | undefined, declared: Set<Expression>): void {
  if (value?.kind === 'dictionary') {
    declared.add(value);
    for (const { key, value: entry } of value.entries) {
      if (entry.kind === 'name' && key?.kind === 'text' && key.value === entry.name)
        declared.add(entry).add(key);
    }
  }
}

/** Things of packages decide nothing: what is called may give anything. */
function decide(values: readonly Value[]): 'then' | 'otherwise' | 'both' {
  const truths = new Set(values.map(truthOf));
  const [only] = truths;
  if (truths.size !== 1 || only === undefined) return 'both';
  return only ? 'then' : 'otherwise';
}

function truthOf(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'text':
      return value.text !== '';
    case 'constant':
      return Boolean(value.value);
    case 'template':
      return true;
    default:
      return undefined;
  }
}
