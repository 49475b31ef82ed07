import type { Class, Expression, Module } from '../syntax/types.ts';
import { walkRunning } from '../entry/liveness.ts';
import { definitionsOf } from './definitions.ts';
import type { Search } from './openings.ts';
import { originsOf } from './values.ts';

/** A value that an application is given as the URL of its database. */
export interface UrlSetting {
  readonly module: Module;
  readonly at: number;
  readonly value: Expression;
}

const keys = new Set(['SQLALCHEMY_DATABASE_URI', 'SQLALCHEMY_BINDS', 'SQLALCHEMY_ENGINES']);

interface Held extends UrlSetting {
  /** The class that the setting is a field of. */
  readonly holder: Class | undefined;
}

/**
 * What Flask's configuration names as the database, in whatever form: `app.config[…] = `, `from_mapping(…)`,
 * `update({…})`, `from_object(Config)`. Of classes only those count that the application is configured from, when that
 * can be told.
 */
export function findUrlSettings(search: Search, modules: readonly Module[]): UrlSetting[] {
  const held: Held[] = [];
  const chosen = new Set<Class>();
  let isChosen = true;
  for (const module of modules) {
    const { classes } = definitionsOf(module);
    const add = (value: Expression | undefined, at: number) => {
      if (value === undefined) return;
      const holder = classes.find(({ body }) =>
        body.some((statement) => statement.kind === 'assign' && statement.value === value),
      );
      held.push({ module, at, value, holder });
    };
    walkRunning(module, search.liveness, {
      statement: (statement) => {
        if (statement.kind !== 'assign') return;
        if (statement.targets.some((target) => keys.has(nameOf(target)))) add(statement.value, statement.at);
      },
      expression: (expression) => {
        if (expression.kind === 'dictionary') {
          for (const { key, value, at } of expression.entries) {
            if (key?.kind === 'text' && keys.has(key.value)) add(value, at);
          }
        }
        if (expression.kind !== 'call') return;
        for (const { name, value } of expression.args) if (keys.has(name ?? '')) add(value, value.at);
        const [first, second] = expression.args;
        const { callee } = expression;
        const method = callee.kind === 'member' ? callee.name : '';
        if (method === 'setdefault' && first?.value.kind === 'text' && keys.has(first.value.value)) {
          add(second?.value, expression.at);
        }
        if (method !== 'from_object' || first === undefined) return;
        const found = chosenClasses(search, modules, module, first.value);
        if (found.length === 0) isChosen = false;
        for (const one of found) chosen.add(one);
      },
    });
  }
  if (!isChosen || chosen.size === 0) return held;
  const used = new Set([...chosen].flatMap((one) => lineage(search, modules, one, held)));
  return held.filter(({ holder }) => holder === undefined || used.has(holder));
}

/** The classes that an object or a dotted name means; none when it is a module or not known. */
function chosenClasses(
  search: Search,
  modules: readonly Module[],
  module: Module,
  value: Expression,
): Class[] {
  const direct = originsOf(search, module, value).flatMap((origin) =>
    origin.kind === 'class' || origin.kind === 'instance' ? [origin.value] : [],
  );
  if (direct.length > 0) return direct;
  const names = search.values.texts(module, value).map((text) => text.slice(text.lastIndexOf('.') + 1));
  return modules.flatMap((one) => definitionsOf(one).classes.filter(({ name }) => names.includes(name)));
}

/** A class as far up as the first that holds a setting. */
function lineage(search: Search, modules: readonly Module[], start: Class, held: readonly Held[]): Class[] {
  const seen = new Set<Class>();
  const queue = [start];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const one = next;
    if (held.some(({ holder }) => holder === one)) continue;
    const home = modules.find((module) => definitionsOf(module).classes.includes(one));
    if (home === undefined) continue;
    for (const base of one.bases) {
      for (const origin of search.provenance.of(home, base))
        if (origin.kind === 'class') queue.push(origin.value);
    }
  }
  return [...seen];
}

function nameOf(target: Expression): string {
  if (target.kind === 'name' || target.kind === 'member') return target.name;
  return target.kind === 'index' && target.index.kind === 'text' ? target.index.value : '';
}
