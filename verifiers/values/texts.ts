import type { Callee } from './builtins.ts';
import {
  combine,
  constantValue,
  fromParts,
  partsOf,
  textValue,
  truth,
  unknown,
  type Value,
} from './value.ts';

/** Methods whose result is the text itself, as far as rules care. */
const same = new Set([
  'absolute',
  'as_posix',
  'decode',
  'encode',
  'expanduser',
  'get_secret_value',
  'human_repr',
  'render_as_string',
  'resolve',
  'toString',
  'unicode_string',
  'valueOf',
]);

const changes = new Map<string, (text: string) => string>([
  ['casefold', (text) => text.toLowerCase()],
  ['lower', (text) => text.toLowerCase()],
  ['toLowerCase', (text) => text.toLowerCase()],
  ['upper', (text) => text.toUpperCase()],
  ['toUpperCase', (text) => text.toUpperCase()],
  ['strip', (text) => text.trim()],
  ['trim', (text) => text.trim()],
  ['lstrip', (text) => text.trimStart()],
  ['trimStart', (text) => text.trimStart()],
  ['rstrip', (text) => text.trimEnd()],
  ['trimEnd', (text) => text.trimEnd()],
]);

const names = new Set([
  ...same,
  ...changes.keys(),
  'concat',
  'endsWith',
  'endswith',
  'format',
  'get',
  'includes',
  'join',
  'joinpath',
  'removeprefix',
  'removesuffix',
  'replace',
  'replaceAll',
  'split',
  'startsWith',
  'startswith',
]);

/**
 * What a method of texts, dictionaries and lists gives.
 * @returns undefined for a value that has no such method
 */
export function callMethod(object: Value, method: string, callee: Callee): readonly Value[] | undefined {
  if (!names.has(method)) return undefined;
  if (object.kind === 'dictionary') return method === 'get' ? getFrom(object, callee) : undefined;
  if (object.kind === 'list')
    return method === 'join' ? joinList(object, callee.given(0) ?? [textValue(',')]) : undefined;
  if (object.kind !== 'text' && object.kind !== 'template') return undefined;
  if (method === 'get') return undefined;
  if (same.has(method)) return [object];
  const change = changes.get(method);
  if (change !== undefined) return [fromParts(partsOf(object).map((part) => part && change(part)))];
  if (method === 'format') return formatBraces(object, callee);
  if (method === 'join') return (callee.given(0) ?? [unknown]).flatMap((list) => joinList(list, [object]));
  const [first = [unknown], second = []] = [callee.given(0), callee.given(1)];
  if (method === 'joinpath' || method === 'concat') {
    const glue = method === 'concat' ? [] : ['/'];
    return combine([first], ([value = unknown]) =>
      fromParts([...partsOf(object), ...glue, ...partsOf(value)]),
    );
  }
  return combine([first, second.length === 0 ? [unknown] : second], ([one = unknown, other = unknown]) =>
    applyMethod(object, method, one, other),
  );
}

function applyMethod(
  object: Value & { kind: 'text' | 'template' },
  method: string,
  one: Value,
  other: Value,
): Value {
  if (one.kind !== 'text') return unknown;
  const parts = partsOf(object);
  const head = parts[0] ?? null;
  const tail = parts.at(-1) ?? null;
  switch (method) {
    case 'startsWith':
    case 'startswith':
      return told(object, head, (text) => text.startsWith(one.text), one.text.length);
    case 'endsWith':
    case 'endswith':
      return told(object, tail, (text) => text.endsWith(one.text), one.text.length);
    case 'includes': {
      if (parts.some((part) => part?.includes(one.text) === true)) return constantValue(true);
      return object.kind === 'text' ? constantValue(false) : unknown;
    }
    case 'replace':
    case 'replaceAll':
      if (other.kind !== 'text') return unknown;
      return fromParts(parts.map((part) => part && part.replaceAll(one.text, () => other.text)));
    case 'removeprefix':
      if (head?.startsWith(one.text) !== true) return object;
      return fromParts([head.slice(one.text.length), ...parts.slice(1)]);
    case 'removesuffix':
      if (tail?.endsWith(one.text) !== true) return object;
      return fromParts([...parts.slice(0, -1), tail.slice(0, tail.length - one.text.length)]);
    case 'split':
      if (object.kind !== 'text' || one.text === '') return unknown;
      return { kind: 'list', items: object.text.split(one.text, 100).map((part) => [textValue(part)]) };
    default:
      return unknown;
  }
}

/** The answer of a test on one end of a text, where enough of that end is known. */
function told(object: Value, end: string | null, test: (text: string) => boolean, needed: number): Value {
  if (end === null || (object.kind === 'template' && end.length < needed)) return unknown;
  return constantValue(test(end));
}

function getFrom(object: Value & { kind: 'dictionary' }, { given }: Callee): readonly Value[] {
  const byDefault = given(1) ?? [constantValue(null)];
  return (given(0) ?? [unknown]).flatMap((key): readonly Value[] => {
    if (key.kind !== 'text') return [...[...object.entries.values()].flat(), unknown];
    return object.entries.get(key.text) ?? (object.open ? [unknown] : byDefault);
  });
}

function joinList(list: Value, separators: readonly Value[]): Value[] {
  if (list.kind !== 'list') return [unknown];
  return combine([separators, ...list.items], ([separator = unknown, ...items]) =>
    fromParts(items.flatMap((item, index) => [...(index === 0 ? [] : partsOf(separator)), ...partsOf(item)])),
  );
}

/** `'…{}…{name}…'.format(…)`; what a field says about form is not looked at. */
function formatBraces(format: Value & { kind: 'text' | 'template' }, { given }: Callee): readonly Value[] {
  if (format.kind !== 'text') return [unknown];
  const lists: (readonly Value[])[] = [];
  let next = 0;
  for (const piece of format.text.split(/(\{\{|\}\}|\{[^{}]{0,100}\})/).slice(0, 100)) {
    if (piece === '{{' || piece === '}}') lists.push([textValue(piece.charAt(0))]);
    else if (piece.startsWith('{') && piece.endsWith('}')) {
      const field = piece.slice(1, -1).replace(/[!:].*$/s, '');
      const index = field === '' ? next++ : Number(field);
      const value = Number.isInteger(index) ? given(index) : given(-1, field);
      lists.push(value ?? [unknown]);
    } else lists.push([textValue(piece)]);
  }
  return combine(lists, (choice) => fromParts(choice.flatMap(partsOf)));
}

/** Python's `'…%s…' % values`. */
export function formatPercent(format: Value | undefined, values: Value | undefined): Value {
  if (format?.kind !== 'text' || values === undefined) return unknown;
  const given = values.kind === 'list' ? values.items : [[values]];
  let next = 0;
  const parts = format.text
    .split(/(%(?:\([^()]{1,100}\))?[-+ #0-9.]{0,20}[a-zA-Z%])/)
    .flatMap((piece, index) => {
      if (index % 2 === 0) return [piece];
      if (piece.endsWith('%')) return ['%'];
      const name = /^%\(([^()]+)\)/.exec(piece)?.[1];
      const named = values.kind === 'dictionary' && name !== undefined ? values.entries.get(name) : undefined;
      const [value, ...others] = (name === undefined ? given[next++] : named) ?? [];
      return value === undefined || others.length > 0 ? [null] : [...partsOf(value)];
    });
  return fromParts(parts);
}

/** `a + b`: texts and lists; of anything else nothing is known. */
export function add(choice: readonly Value[]): Value {
  if (choice.every((value) => value.kind === 'list')) {
    return { kind: 'list', items: choice.flatMap((value) => value.items) };
  }
  const isText = choice.some((value) => value.kind === 'text' || value.kind === 'template');
  return isText ? fromParts(choice.flatMap(partsOf)) : unknown;
}

/** Parts of a path with slashes between them. */
export function joinPath(choice: readonly Value[]): Value {
  const isText = choice.some((value) => value.kind === 'text' || value.kind === 'template');
  if (!isText) return unknown;
  return fromParts(choice.flatMap((value, index) => [...(index === 0 ? [] : ['/']), ...partsOf(value)]));
}

/** A comparison of two known values; unknown otherwise. */
export function compare(operator: string, left: Value | undefined, right: Value | undefined): Value {
  if (left === undefined || right === undefined) return unknown;
  if (operator === 'in' || operator === 'not in') {
    const inside = contains(right, left);
    return inside === undefined ? unknown : constantValue(inside === (operator === 'in'));
  }
  const equals = /^(?:===?|is)$/.test(operator);
  if (!equals && !/^(?:!==?|is not)$/.test(operator)) return unknown;
  const same = isSame(left, right);
  return same === undefined ? unknown : constantValue(same === equals);
}

function isSame(left: Value, right: Value): boolean | undefined {
  if (left.kind === 'text' && right.kind === 'text') return left.text === right.text;
  if (left.kind === 'constant' && right.kind === 'constant') return left.value === right.value;
  const plain = (value: Value) => value.kind === 'text' || value.kind === 'constant';
  if (plain(left) && plain(right)) return false;
  const [nothing, other] = left.kind === 'constant' ? [left, right] : [right, left];
  if (nothing.kind === 'constant' && nothing.value === null && truth(other) === true) return false;
  return undefined;
}

function contains(container: Value, item: Value): boolean | undefined {
  if (item.kind !== 'text') return undefined;
  if (container.kind === 'text') return container.text.includes(item.text);
  if (container.kind === 'dictionary') {
    if (container.entries.has(item.text)) return true;
    return container.open ? undefined : false;
  }
  if (container.kind !== 'list') return undefined;
  const answers = container.items.map((values) => {
    const [value, ...others] = values;
    return value === undefined || others.length > 0 ? undefined : isSame(value, item);
  });
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}
