import type { Expression, Import, Module, Statement } from './types.ts';

/** An import that a name of a module comes from. */
export interface Binding {
  import: Import;
  /** Its name there; `*` for the module as a whole. */
  imported: string;
}

const bindings = new WeakMap<Module, ReadonlyMap<string, Binding>>();
const definitions = new WeakMap<Module, ReadonlySet<string>>();

/** Names that a module's imports bind; those at its top come before those inside functions. */
export function bindingsOf(module: Module): ReadonlyMap<string, Binding> {
  const known = bindings.get(module);
  if (known !== undefined) return known;
  const found = new Map<string, Binding>();
  const imports = [
    ...module.imports.filter((one) => !one.deferred),
    ...module.imports.filter((one) => one.deferred),
  ];
  for (const one of imports) {
    for (const { imported, local } of one.names) {
      if (local !== '' && local !== '*' && !found.has(local)) found.set(local, { import: one, imported });
    }
    if (one.whole !== undefined && !found.has(one.whole))
      found.set(one.whole, { import: one, imported: '*' });
  }
  bindings.set(module, found);
  return found;
}

/** Whether a module's own statements, outside functions and classes, give a value to a name. */
export function definesName(module: Module, name: string): boolean {
  let names = definitions.get(module);
  if (names === undefined) {
    names = definedNames(module.body);
    definitions.set(module, names);
  }
  return names.has(name);
}

function definedNames(body: readonly Statement[]): Set<string> {
  const found = new Set<string>();
  const queue: (readonly Statement[])[] = [body];
  for (let statements = queue.pop(); statements !== undefined; statements = queue.pop()) {
    for (const statement of statements) {
      if (statement.kind === 'declare') found.add(statement.value.name);
      else if (statement.kind === 'assign') addTargets(statement.targets, found);
      else if (statement.kind === 'branch') queue.push(statement.then, statement.otherwise);
      else if (statement.kind === 'block') {
        for (const { target } of statement.binds) addTargets([target], found);
        queue.push(statement.body);
      }
    }
  }
  return found;
}

function addTargets(targets: readonly Expression[], found: Set<string>): void {
  const queue: (readonly Expression[])[] = [targets];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const target of next) {
      if (target.kind === 'name') found.add(target.name);
      else if (target.kind === 'list') queue.push(target.items);
      else if (target.kind === 'dictionary') queue.push(target.entries.map((entry) => entry.value));
      else if (target.kind === 'other') queue.push(target.children);
    }
  }
}
