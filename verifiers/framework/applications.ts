import type { Expression, Module } from '../syntax/types.ts';
import { classesOf, scopesOf, type Evaluator, type Scope, type Value } from '../values/index.ts';
import { kindOf, type Kind } from './known.ts';

const mostDepth = 6;
const mostCalls = 60;

/** The frameworks of whose applications a value is made: directly, by a class above it, or inside a wrapper. */
export function frameworksIn(evaluator: Evaluator, values: readonly Value[], depth = 0): Kind[] {
  if (depth > mostDepth) return [];
  const found = values.flatMap((value) => frameworksOf(evaluator, value, depth));
  return [...new Set(found)];
}

function frameworksOf(evaluator: Evaluator, value: Value, depth: number): Kind[] {
  switch (value.kind) {
    case 'package': {
      const kind = kindOf(value.name, value.path);
      if (kind !== undefined) return [kind];
      const { call } = value;
      return call === undefined ? [] : inArguments(evaluator, call.module, call.call, depth + 1);
    }
    case 'class':
    case 'instance':
      return classesOf(evaluator, value).packages.flatMap(
        (base) => kindOf(base.name, [...base.path, '()']) ?? [],
      );
    case 'dictionary':
      return [...value.entries.values()].flatMap((each) => frameworksIn(evaluator, each, depth + 1));
    case 'list':
      return value.items.flatMap((each) => frameworksIn(evaluator, each, depth + 1));
    case 'callable':
      return inside(evaluator, value, depth + 1);
    default:
      return [];
  }
}

/** The applications that a call is given, to wrap or to serve them. */
export function inArguments(
  evaluator: Evaluator,
  module: Module,
  call: Expression & { kind: 'call' },
  depth = 0,
): Kind[] {
  const values = call.args.flatMap((argument) => evaluator.possibleValues(module, argument.value));
  return frameworksIn(evaluator, values, depth);
}

/** The applications that a function hands its requests to, or returns. */
function inside(
  evaluator: Evaluator,
  { module, value }: Value & { kind: 'callable' },
  depth: number,
): Kind[] {
  const scopes = scopesOf(module);
  const own = scopes.inner.get(value);
  if (own === undefined) return [];
  const called = scopes.calls
    .filter(({ site }) => isWithin(site.scope, own))
    .slice(0, mostCalls)
    .flatMap(({ call }) => evaluator.possibleValues(module, call.callee));
  const returned = own.returns.flatMap((each) =>
    each.value === undefined ? [] : evaluator.possibleValues(module, each.value),
  );
  return frameworksIn(evaluator, [...called, ...returned], depth);
}

function isWithin(scope: Scope, outer: Scope): boolean {
  for (let each: Scope | undefined = scope; each !== undefined; each = each.parent)
    if (each === outer) return true;
  return false;
}

/** Whether a value is code of the submission's own that can answer requests. */
export function isOwnHandler(value: Value): boolean {
  return value.kind === 'callable' || value.kind === 'instance' || value.kind === 'class';
}
