import type { Callable, Expression, Module } from '../syntax/types.ts';
import { walkModule } from '../syntax/walk.ts';
import { callBuiltin, type Callee } from './builtins.ts';
import type { Evaluator } from './evaluate.ts';
import type { Scope } from './scope.ts';
import { scopesOf } from './scopes.ts';
import { callMethod } from './texts.ts';
import { unknown, type Value } from './value.ts';

type Call = Expression & { kind: 'call' };

/** Calls of one function that are looked at for what its parameters may be. Of one with more, nothing is asked. */
const mostCallers = 16;
const mostPath = 14;

/** Values of a function's parameters while its body is evaluated. */
export type Frame = ReadonlyMap<string, readonly Value[]>;

/** A call in a module's code. */
export interface Caller {
  readonly call: Call;
  readonly module: Module;
}

/** What a call gives. */
export function evaluateCall(evaluator: Evaluator, call: Call, scope: Scope): readonly Value[] {
  const callee: Callee = { call, scope, evaluator, given: argumentsOf(evaluator, call, scope) };
  const { callee: called } = call;
  const found: Value[] = [];
  let functions: readonly Value[];
  if (called.kind === 'member' && !evaluator.isModule(called, scope)) {
    functions = evaluator.values(called.object, scope).flatMap((object) => {
      const given = callMethod(object, called.name, callee);
      if (given !== undefined) found.push(...given);
      return given === undefined ? evaluator.member([object], called.name) : [];
    });
  } else functions = evaluator.values(called, scope);
  for (const value of functions) found.push(...callValue(value, callee));
  return found;
}

function callValue(value: Value, callee: Callee): readonly Value[] {
  const { call, scope, evaluator } = callee;
  switch (value.kind) {
    case 'package': {
      const loaded = loadedModule(value, callee);
      if (loaded !== undefined) return loaded;
      const { name, path } = value;
      const made = { module: scope.module, call };
      const thing: Value = { kind: 'package', name, path: [...path.slice(0, mostPath), '()'], call: made };
      return callBuiltin(value, callee) ?? [thing];
    }
    case 'class':
      return [{ ...value, kind: 'instance' }];
    case 'callable':
      return evaluator.returned(
        value.value,
        value.module,
        frameOf(evaluator, value.value, value.module, call, scope),
      );
    default:
      return [unknown];
  }
}

/** `require('x')`, `import('x')`, `importlib.import_module('x')`. */
function loadedModule(
  value: Value & { kind: 'package' },
  { call, scope, given, evaluator }: Callee,
): readonly Value[] | undefined {
  const key = `${value.name}.${value.path.join('.')}`;
  const loads =
    /^(?:globalThis\.(?:require|import)|module\.createRequire\.\(\)|importlib\.import_module|builtins\.__import__)$/;
  if (!loads.test(key)) return undefined;
  const [specifier, ...others] = given(0) ?? [];
  if (specifier?.kind !== 'text' || others.length > 0) return [unknown];
  return evaluator.loaded(
    scope.module,
    specifier.text,
    call.callee.kind === 'name' && call.callee.name === 'require',
  );
}

function argumentsOf(evaluator: Evaluator, call: Call, scope: Scope): Callee['given'] {
  return (index, name) => {
    const named = name === undefined ? undefined : call.args.find((argument) => argument.name === name);
    const argument = named ?? call.args.filter((each) => each.name === undefined)[index];
    return argument === undefined || argument.spread ? undefined : evaluator.values(argument.value, scope);
  };
}

function frameOf(evaluator: Evaluator, callable: Callable, module: Module, call: Call, scope: Scope): Frame {
  const frame = new Map<string, readonly Value[]>();
  const placed = call.args.filter((argument) => argument.name === undefined);
  const parameters = callable.parameters.filter(({ name }, index) => index > 0 || !isReceiver(name));
  const outer = scopesOf(module).inner.get(callable)?.parent ?? scope;
  for (const [index, parameter] of parameters.entries()) {
    const argument = call.args.find(({ name }) => name === parameter.name) ?? placed[index];
    if (argument !== undefined) {
      frame.set(parameter.name, argument.spread ? [unknown] : evaluator.values(argument.value, scope));
    } else if (parameter.default !== undefined) {
      frame.set(parameter.name, evaluator.values(parameter.default, outer));
    }
  }
  return frame;
}

function isReceiver(name: string): boolean {
  return name === 'self' || name === 'cls';
}

/**
 * What a parameter may be: what the calls that are found give, or else its default and its type.
 * @param outer the scope in which the function stands
 */
export function parameterValues(
  evaluator: Evaluator,
  callable: Callable,
  index: number,
  outer: Scope,
): readonly Value[] {
  const given = argumentsGiven(evaluator, callable, index, outer);
  if (given.length > 0) return given;
  const { default: fallback, annotationValue } = callable.parameters[index] ?? {};
  const byDefault = fallback === undefined ? [] : evaluator.values(fallback, outer);
  const types = annotationValue === undefined ? [] : evaluator.values(annotationValue, outer);
  const typed = types.flatMap((type): Value[] =>
    type.kind === 'class' ? [{ ...type, kind: 'instance' }] : [],
  );
  return byDefault.length === 0 && typed.length > 0 ? typed : [...byDefault, unknown];
}

/**
 * What the calls of a function that are found in the running code give for one of its parameters; nothing when no
 * call is found.
 */
function argumentsGiven(
  evaluator: Evaluator,
  callable: Callable,
  index: number,
  outer: Scope,
): readonly Value[] {
  const owner = outer.kind === 'class' && outer.node?.kind === 'class' ? outer.node : undefined;
  const isConstructor = owner !== undefined && /^(?:__init__|constructor)$/.test(callable.name);
  const parameter = callable.parameters[index];
  const called = isConstructor ? owner.name : callable.name;
  if (called === '' || parameter === undefined) return [];
  const place = index - (isReceiver(callable.parameters[0]?.name ?? '') ? 1 : 0);
  const callers = evaluator.callersOf(called);
  if (callers.length > mostCallers) return [];
  const found: Value[] = [];
  for (const { call, module } of callers) {
    const { module: scope } = scopesOf(module);
    const values = evaluator.values(call.callee, scope);
    if (!values.some((value) => 'value' in value && value.value === (isConstructor ? owner : callable)))
      continue;
    const argument =
      call.args.find(({ name }) => name === parameter.name) ??
      call.args.filter(({ name }) => name === undefined)[place];
    const given = argument?.value ?? parameter.default;
    if (given === undefined || argument?.spread === true) found.push(unknown);
    else found.push(...evaluator.values(given, argument === undefined ? outer : scope));
  }
  return found;
}

/** The calls of modules by the last name of what is called. */
export function gatherCalls(modules: readonly Module[]): ReadonlyMap<string, readonly Caller[]> {
  const gathered = new Map<string, Caller[]>();
  for (const module of modules) {
    for (const call of callsIn(module)) {
      const { callee } = call;
      if (callee.kind !== 'name' && callee.kind !== 'member') continue;
      const others = gathered.get(callee.name);
      if (others === undefined) gathered.set(callee.name, [{ call, module }]);
      else others.push({ call, module });
    }
  }
  return gathered;
}

const calls = new WeakMap<Module, readonly Call[]>();

/** All calls of a module, in the order of the text; they are kept. */
export function callsIn(module: Module): readonly Call[] {
  const known = calls.get(module);
  if (known !== undefined) return known;
  const found: Call[] = [];
  walkModule(module, {
    expression: (expression) => {
      if (expression.kind === 'call') found.push(expression);
    },
  });
  calls.set(module, found);
  return found;
}
