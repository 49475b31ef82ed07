import type { Callable, Class, Expression, Module } from '../syntax/types.ts';

/** What an expression may be. What is not known is `unknown`, never a guess. */
export type Value =
  | { kind: 'text'; text: string }
  /** A text of which only parts are known; `null` stands for the others. */
  | { kind: 'template'; parts: readonly (string | null)[] }
  /** `null` for None, null, undefined and environment variables that nothing sets. */
  | { kind: 'constant'; value: number | boolean | null }
  /** A dictionary or object literal. `open` when it has more entries than are known. */
  | { kind: 'dictionary'; entries: ReadonlyMap<string, readonly Value[]>; open: boolean }
  | { kind: 'list'; items: readonly (readonly Value[])[] }
  /**
   * Something of a package: `['Pool', '()', 'query']` of `new Pool().query`. `await` and `default` leave no mark. The
   * packages `builtins` and `globalThis` hold what a language has without an import.
   */
  | { kind: 'package'; name: string; path: readonly string[]; call?: Made }
  | { kind: 'module'; module: Module }
  | { kind: 'class' | 'instance'; module: Module; value: Class }
  | { kind: 'callable'; module: Module; value: Callable }
  | { kind: 'unknown' };

/** The call that made a package's thing, in the module where it stands. */
export interface Made {
  readonly module: Module;
  readonly call: Expression & { kind: 'call' };
}

export const unknown: Value = { kind: 'unknown' };

/** Alternatives that are kept; of more, the rest is unknown. */
const mostValues = 16;

export function textValue(text: string): Value {
  return { kind: 'text', text };
}

export function constantValue(value: number | boolean | null): Value {
  return { kind: 'constant', value };
}

/** The parts of a text that is known at least in part; a value that is no text is one unknown part. */
export function partsOf(value: Value): readonly (string | null)[] {
  if (value.kind === 'text') return [value.text];
  if (value.kind === 'template') return value.parts;
  if (value.kind === 'constant' && typeof value.value === 'number') return [String(value.value)];
  return [null];
}

/** A text of parts, neighbours joined. */
export function fromParts(parts: readonly (string | null)[]): Value {
  const joined: (string | null)[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (part === null) {
      if (last !== null) joined.push(null);
    } else if (typeof last === 'string') joined[joined.length - 1] = last + part;
    else if (part !== '') joined.push(part);
  }
  const [only] = joined;
  if (joined.length === 0) return textValue('');
  if (joined.length > 1) return { kind: 'template', parts: joined };
  return typeof only === 'string' ? textValue(only) : unknown;
}

/** None, null, undefined. */
export function isNothing(value: Value): boolean {
  return value.kind === 'constant' && value.value === null;
}

/** Whether a value counts as true; undefined when that is not known. */
export function truth(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'text':
      return value.text !== '';
    case 'template':
      return value.parts.some((part) => part !== null) ? true : undefined;
    case 'constant':
      return Boolean(value.value);
    case 'dictionary':
      return value.entries.size > 0 ? true : undefined;
    case 'list':
      return value.items.length > 0 ? true : undefined;
    case 'package':
      return value.path.includes('()') ? undefined : true;
    case 'unknown':
      return undefined;
    default:
      return true;
  }
}

/** The truth of something that is one of several values; undefined when they differ. */
export function truthOf(values: readonly Value[]): boolean | undefined {
  const [first, ...others] = values.map(truth);
  return others.every((each) => each === first) ? first : undefined;
}

/** Values without repetitions, in their order. */
export function distinct(values: readonly Value[]): Value[] {
  if (values.length < 2) return [...values];
  const seen = new Set<unknown>();
  const found: Value[] = [];
  for (const value of values) {
    const key = keyOf(value);
    if (seen.has(key)) continue;
    seen.add(key);
    if (found.length === mostValues) {
      if (!seen.has('unknown')) found.push(unknown);
      break;
    }
    found.push(value);
  }
  return found;
}

function keyOf(value: Value): unknown {
  switch (value.kind) {
    case 'text':
      return `text ${value.text}`;
    case 'template':
      return `template ${JSON.stringify(value.parts)}`;
    case 'constant':
      return `constant ${value.value}`;
    case 'package':
      return value.call ?? `package ${value.name} ${value.path.join(' ')}`;
    case 'module':
      return value.module;
    case 'class':
    case 'callable':
      return value.value;
    case 'instance':
      return value.value.body;
    case 'unknown':
      return 'unknown';
    default:
      return value;
  }
}

/** Every choice of one value from each list, up to a limit; beyond it some are left out and `unknown` is added. */
export function combine(
  lists: readonly (readonly Value[])[],
  make: (choice: readonly Value[]) => Value,
): Value[] {
  let choices: (readonly Value[])[] = [[]];
  let cut = false;
  for (const list of lists) {
    const next = choices.flatMap((choice) => list.map((value) => [...choice, value]));
    cut ||= next.length > mostValues;
    choices = next.slice(0, mostValues);
  }
  const made = choices.map(make);
  return distinct(cut ? [...made, unknown] : made);
}
