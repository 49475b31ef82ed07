import { walkModule } from '../syntax/walk.ts';
import type { Expression, Import, Module, Project, Target } from '../syntax/types.ts';

/** Of modules with more imports of `*` the names that these bring are not looked for. */
const mostStars = 20;

/** What an import takes from a file of the submission. */
export interface Use {
  /** The file that defines it. */
  readonly to: string;
  readonly name: string;
  readonly via: readonly string[];
}

/**
 * The definitions that an import leads to. Of a module that is imported as a whole (`import * as x`, `require`, `from x
 * import *`) only the names count that are used of it; when those cannot be told, the module's file itself counts.
 */
export function usesOf(project: Project, from: Module, imported: Import): Use[] {
  if (imported.names.length === 0) return usesOfWhole(project, from, imported, imported.whole);
  return imported.names.flatMap(({ imported: name, local, at }) => {
    if (name === '*') return usesOfStar(project, from, imported, local);
    const one = { ...imported, names: [{ imported: name, local, at }] };
    return project.targets(from, one).flatMap((target) => {
      const inner = target.name === '*' && from.language === 'python' ? submodule(imported, name) : undefined;
      return inner === undefined ? toUses(target) : usesOfWhole(project, from, inner, local);
    });
  });
}

/** `from app import lib` where lib is a package: the same as `import app.lib as lib`. */
function submodule(imported: Import, name: string): Import {
  const dot = imported.specifier.endsWith('.') ? '' : '.';
  return { ...imported, specifier: `${imported.specifier}${dot}${name}`, names: [] };
}

function usesOfWhole(project: Project, from: Module, imported: Import, local: string | undefined): Use[] {
  const members = local === undefined ? undefined : membersOf(from).get(local);
  const names = members === undefined || members.bare ? [] : [...members.names];
  const { at } = imported;
  const uses = names.flatMap((name) =>
    project.targets(from, { ...imported, names: [{ imported: name, local: '', at }] }).flatMap(toUses),
  );
  return uses.length > 0 ? uses : project.targets(from, { ...imported, names: [] }).flatMap(toUses);
}

/** Names that a star brings in are those that the module uses and does not define. */
function usesOfStar(project: Project, from: Module, imported: Import, local: string): Use[] {
  if (from.language !== 'python') return usesOfWhole(project, from, imported, local);
  const whole = project.targets(from, { ...imported, names: [] }).flatMap(toUses);
  const [file] = whole;
  const stars = from.imports.filter((one) => one.names.some((name) => name.imported === '*'));
  if (stars.length > mostStars) return whole;
  const found = [...membersOf(from).keys()].flatMap((name) => {
    const target = project.origin(from, name);
    const uses = target === undefined ? [] : toUses(target);
    return uses.filter((use) => use.to === file?.to || use.via[0] === file?.to);
  });
  return found.length > 0 ? found : whole;
}

function toUses({ resolution, name, via }: Target): Use[] {
  return resolution.kind === 'file' ? [{ to: resolution.path, name, via }] : [];
}

/** How a name is used in a module: `x.a` and `{ a } = x` give names, anything else uses it as a whole. */
interface Members {
  names: Set<string>;
  bare: boolean;
}

const known = new WeakMap<Module, ReadonlyMap<string, Members>>();

function membersOf(module: Module): ReadonlyMap<string, Members> {
  const kept = known.get(module);
  if (kept !== undefined) return kept;
  const found = new Map<string, Members>();
  const taken = new Set<Expression>();
  walkModule(module, {
    statement: (statement) => {
      if (statement.kind !== 'assign') return;
      const { targets, value } = statement;
      for (const target of targets) {
        if (target.kind === 'name') taken.add(target);
        if (target.kind !== 'dictionary' || value?.kind !== 'name') continue;
        taken.add(value);
        for (const { key } of target.entries)
          noteMember(found, value.name, key?.kind === 'text' ? key.value : undefined);
      }
    },
    expression: (expression) => {
      const isAccess = expression.kind === 'member' || expression.kind === 'index';
      if (isAccess && expression.object.kind === 'name') {
        taken.add(expression.object);
        const literal =
          expression.kind === 'index' && expression.index.kind === 'text'
            ? expression.index.value
            : undefined;
        noteMember(found, expression.object.name, expression.kind === 'member' ? expression.name : literal);
      } else if (expression.kind === 'name' && !taken.has(expression))
        noteMember(found, expression.name, undefined);
    },
  });
  known.set(module, found);
  return found;
}

function noteMember(found: Map<string, Members>, local: string, name: string | undefined): void {
  const members = found.get(local) ?? { names: new Set(), bare: false };
  found.set(local, members);
  if (name === undefined) members.bare = true;
  else members.names.add(name);
}
