import type { Callable, Class, Expression, Module } from '../syntax/types.ts';
import type { Evaluator } from './evaluate.ts';
import type { Binding, Scope } from './scope.ts';
import { scopesOf } from './scopes.ts';
import { unknown, type Value } from './value.ts';

type Owner = Value & { kind: 'class' | 'instance' };

/** Classes above a class that are looked at. */
const mostBases = 10;
const properties = /^(?:property|cached_property|computed_field|hybrid_property|classproperty)$/;

/** A member of a class or of an instance of it: a field, a method, a property, a setting from the environment. */
export function instanceMember(evaluator: Evaluator, owner: Owner, name: string): readonly Value[] {
  const line = classesOf(evaluator, owner);
  for (const each of line.classes) {
    const scope = scopesOf(each.module).inner.get(each.value);
    if (scope === undefined) continue;
    const found = memberOf(evaluator, { ...each, kind: owner.kind }, scope, name, line);
    if (found !== undefined) return found;
  }
  const foreign = line.packages.map((base): Value => ({
    kind: 'package',
    name: base.name,
    path: [...base.path.slice(0, 12), ...(owner.kind === 'instance' ? ['()'] : []), name],
  }));
  return foreign.length > 0 ? foreign : [unknown];
}

function memberOf(
  evaluator: Evaluator,
  owner: Owner,
  scope: Scope,
  name: string,
  line: Line,
): readonly Value[] | undefined {
  const fields = scope.fields.get(name);
  const own = scope.names.get(name);
  if (own !== undefined) {
    const setting = line.isSettings ? readSetting(evaluator, scope, own.at(-1), name, line) : undefined;
    if (setting !== undefined) return setting;
    const method = own.at(-1)?.value;
    if (
      method?.kind === 'callable' &&
      method.decorators.some((decorator) => properties.test(nameOf(decorator)))
    ) {
      return evaluateProperty(evaluator, owner, method);
    }
    const declared = own.every((binding) => binding.value === undefined);
    if (!declared || fields === undefined) return evaluator.bound(own);
  }
  return fields === undefined ? undefined : evaluator.bound(fields);
}

function evaluateProperty(evaluator: Evaluator, owner: Owner, method: Callable): readonly Value[] {
  const self = method.parameters[0]?.name ?? 'self';
  return evaluator.returned(method, owner.module, new Map([[self, [owner]]]));
}

export interface Line {
  /** The class and those above it, the nearest first. */
  classes: { module: Module; value: Class }[];
  /** Classes of packages above it. */
  packages: (Value & { kind: 'package' })[];
  /** Whether it is one of pydantic's settings, which the environment fills. */
  isSettings: boolean;
}

/** A class with those above it. */
export function classesOf(evaluator: Evaluator, owner: Owner): Line {
  const line: Line = { classes: [], packages: [], isSettings: false };
  const pending: { module: Module; value: Class }[] = [owner];
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    const { module, value } = next;
    if (line.classes.length >= mostBases || line.classes.some((each) => each.value === value)) continue;
    line.classes.push({ module, value });
    const scope = scopesOf(module).inner.get(value)?.parent;
    if (scope === undefined) continue;
    for (const base of value.bases) {
      for (const found of evaluator.values(base, scope)) {
        if (found.kind === 'class') pending.push(found);
        else if (found.kind === 'package') line.packages.push(found);
      }
    }
  }
  line.isSettings = line.packages.some(
    ({ name, path }) => /^pydantic(?:_settings)?$/.test(name) && path.at(-1) === 'BaseSettings',
  );
  return line;
}

/** A field of pydantic's settings: the environment's value, or else its default. */
function readSetting(
  evaluator: Evaluator,
  scope: Scope,
  binding: Binding | undefined,
  name: string,
  line: Line,
): readonly Value[] | undefined {
  if (binding === undefined || binding.value?.kind === 'callable' || binding.value?.kind === 'class')
    return undefined;
  const field =
    binding.value?.kind === 'call' && /Field$/.test(nameOf(binding.value.callee)) ? binding.value : undefined;
  const aliases = field === undefined ? [] : aliasesOf(evaluator, field, scope);
  const variables = aliases.length > 0 ? aliases : [prefixOf(evaluator, line) + name];
  for (const variable of variables) {
    const set = evaluator.environment.readAnyCase(variable);
    if (set !== undefined) return [set];
  }
  if (field === undefined) return binding.value === undefined ? [unknown] : undefined;
  const byDefault =
    field.args.find((argument) => argument.name === 'default') ??
    field.args.find((argument) => argument.name === undefined);
  if (byDefault !== undefined) return evaluator.values(byDefault.value, scope);
  const factory = field.args.find((argument) => argument.name === 'default_factory')?.value;
  if (factory?.kind !== 'callable') return [unknown];
  return evaluator.returned(factory, scope.module, new Map());
}

function aliasesOf(evaluator: Evaluator, field: Expression & { kind: 'call' }, scope: Scope): string[] {
  return field.args.flatMap(({ name, value }) => {
    if (!/^(?:env|alias|validation_alias)$/.test(name ?? '')) return [];
    const choices = value.kind === 'call' ? value.args.map((argument) => argument.value) : [value];
    return choices.flatMap((choice) =>
      evaluator.values(choice, scope).flatMap((each): string[] => {
        if (each.kind === 'text') return [each.text];
        if (each.kind !== 'list') return [];
        return each.items.flat().flatMap((item) => (item.kind === 'text' ? [item.text] : []));
      }),
    );
  });
}

/** `env_prefix`, in `model_config` or in the inner class `Config`. */
function prefixOf(evaluator: Evaluator, line: Line): string {
  for (const { module, value } of line.classes) {
    const scope = scopesOf(module).inner.get(value);
    if (scope === undefined) continue;
    for (const { value: config } of [
      ...(scope.names.get('model_config') ?? []),
      ...(scope.names.get('Config') ?? []),
    ]) {
      const prefix = config === undefined ? undefined : findPrefix(config);
      const [found] = prefix === undefined ? [] : evaluator.values(prefix, scope);
      if (found?.kind === 'text') return found.text;
    }
  }
  return '';
}

function findPrefix(config: Expression): Expression | undefined {
  switch (config.kind) {
    case 'call':
      return config.args.find((argument) => argument.name === 'env_prefix')?.value;
    case 'dictionary':
      return config.entries.find(({ key }) => key?.kind === 'text' && key.value === 'env_prefix')?.value;
    case 'class':
      for (const statement of config.body) {
        if (statement.kind !== 'assign') continue;
        if (statement.targets.some((target) => target.kind === 'name' && target.name === 'env_prefix')) {
          return statement.value;
        }
      }
      return undefined;
    default:
      return undefined;
  }
}

/** The last name in `a.b(…)`. */
function nameOf(expression: Expression): string {
  if (expression.kind === 'call') return nameOf(expression.callee);
  return expression.kind === 'name' || expression.kind === 'member' ? expression.name : '';
}
