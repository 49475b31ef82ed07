import type { Expression } from '../syntax/types.ts';
import type { Evaluator } from './evaluate.ts';
import type { Scope } from './scope.ts';
import { add, compare, formatPercent, joinPath } from './texts.ts';
import { combine, constantValue, isNothing, truth, truthOf, unknown, type Value } from './value.ts';

const mostEntries = 500;
/** Comparisons that known values decide. */
const comparisons = new Set(['==', '===', '!=', '!==', 'is', 'is not', 'in', 'not in']);

/** What an operation gives; of alternatives only those that the values leave open. */
export function evaluateOperation(
  evaluator: Evaluator,
  { operator, operands }: Expression & { kind: 'operation' },
  scope: Scope,
): readonly Value[] {
  const all = () => operands.map((operand) => evaluator.values(operand, scope));
  switch (operator) {
    case '||':
    case 'or':
      return either(evaluator, operands, scope, truth);
    case '??':
      return either(evaluator, operands, scope, (value) =>
        value.kind === 'unknown' ? undefined : !isNothing(value),
      );
    case '&&':
    case 'and':
      return both(evaluator, operands, scope);
    case '!':
    case 'not': {
      const decided = truthOf(all().flat());
      return decided === undefined ? [unknown] : [constantValue(!decided)];
    }
    case '+':
      return combine(all(), add);
    case '/':
      return combine(all(), joinPath);
    case '%':
      return combine(all(), ([format, values]) => formatPercent(format, values));
    default:
      if (!comparisons.has(operator)) return [unknown];
      return combine(all(), ([left, right]) => compare(operator, left, right));
  }
}

/** The operands up to the first that is taken for certain. */
function either(
  evaluator: Evaluator,
  operands: readonly Expression[],
  scope: Scope,
  isTaken: (value: Value) => boolean | undefined,
): Value[] {
  const found: Value[] = [];
  for (const [index, operand] of operands.entries()) {
    const values = evaluator.values(operand, scope);
    const last = index === operands.length - 1;
    found.push(...values.filter((value) => last || isTaken(value) !== false));
    if (!last && values.every((value) => isTaken(value) === true)) break;
  }
  return found;
}

function both(evaluator: Evaluator, operands: readonly Expression[], scope: Scope): Value[] {
  const found: Value[] = [];
  for (const [index, operand] of operands.entries()) {
    const values = evaluator.values(operand, scope);
    if (index === operands.length - 1) return [...found, ...values];
    const decided = truthOf(values);
    if (decided === true) continue;
    found.push(...values.filter((value) => truth(value) !== true));
    if (decided === false) return found;
  }
  return found;
}

/** An object literal or a dict, with what is spread into it. */
export function evaluateDictionary(
  evaluator: Evaluator,
  expression: Expression & { kind: 'dictionary' },
  scope: Scope,
): Value {
  const entries = new Map<string, readonly Value[]>();
  let open = expression.entries.length > mostEntries;
  for (const { key, value } of expression.entries.slice(0, mostEntries)) {
    const [name, ...others] = evaluator.values(key ?? value, scope);
    if (key === undefined) {
      if (name?.kind !== 'dictionary' || others.length > 0) open = true;
      else {
        for (const [inner, values] of name.entries) entries.set(inner, values);
        open ||= name.open;
      }
    } else if (name?.kind === 'text' && others.length === 0) {
      entries.set(name.text, evaluator.values(value, scope));
    } else open = true;
  }
  return { kind: 'dictionary', entries, open };
}

/** `object[key]`; under a key that is not known it may be any entry. */
export function evaluateIndex(
  evaluator: Evaluator,
  objects: readonly Value[],
  keys: readonly Value[],
): readonly Value[] {
  return objects.flatMap((object) =>
    keys.flatMap((key): readonly Value[] => {
      if (key.kind === 'text') {
        const isPackage = object.kind === 'package';
        const variable = isPackage ? evaluator.environment.variableOf(object, key.text, true) : undefined;
        return variable ?? evaluator.member([object], key.text);
      }
      if (object.kind === 'list' && key.kind === 'constant' && typeof key.value === 'number') {
        return object.items.at(key.value) ?? [unknown];
      }
      if (object.kind === 'dictionary') return [...[...object.entries.values()].flat(), unknown];
      return object.kind === 'package' ? [object] : [unknown];
    }),
  );
}
