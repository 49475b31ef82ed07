import type { Expression } from '../types.ts';
import { Cursor } from './cursor.ts';
import { parseInterpolation } from './expressions.ts';
import { afterBackslash, decodeLiteral, quotesAt, readReplacement, type Replacement } from './strings.ts';
import { end, string } from './tokens.ts';

/** A number; an imaginary one is not a constant to the rules. */
export function parseNumber(cursor: Cursor): Expression {
  const { at } = cursor;
  const written = cursor.written(at, cursor.until).replaceAll('_', '');
  cursor.advance();
  if (/j$/i.test(written)) return { kind: 'other', what: '', children: [], at };
  return { kind: 'constant', value: Number(written), at };
}

/** One string or several beside each other, which are one; with an f-string among them it is a template. */
export function parseStrings(cursor: Cursor): Expression {
  const { at } = cursor;
  const parts: Expression[] = [];
  const bytes = cursor.text.includes('b');
  let template = false;
  let height = 0;
  while (cursor.kind === string) {
    const prefix = cursor.text;
    if (prefix.includes('b') !== bytes) cursor.fail('bytes and text stand beside each other');
    if (prefix.includes('f')) {
      template = true;
      height = Math.max(height, addFormatParts(cursor, parts));
    } else addText(parts, decode(cursor, contents(cursor), bytes, prefix.includes('r')), cursor.at);
    cursor.advance();
  }
  cursor.height = height;
  if (template) {
    cursor.grow();
    return { kind: 'template', parts, at };
  }
  const [only] = parts;
  return only?.kind === 'text' ? { ...only, at } : { kind: 'text', value: '', at };
}

interface Range {
  from: number;
  to: number;
}

/** Where the text between the quotes lies. */
function contents(cursor: Cursor): Range {
  const open = cursor.at + cursor.text.length;
  const quotes = quotesAt(cursor.gathered.source.text, open).length;
  return { from: open + quotes, to: cursor.until - quotes };
}

function decode(cursor: Cursor, { from, to }: Range, bytes: boolean, raw: boolean): string {
  const written = cursor.written(from, to);
  if (bytes && !isAscii(written)) cursor.gathered.report({ at: from, message: 'bytes hold ASCII only' });
  if (raw) return written.includes('\r') ? written.replaceAll(/\r\n?/g, '\n') : written;
  const value = decodeLiteral(written, bytes);
  if (value === undefined) cursor.gathered.report({ at: from, message: 'an escape is cut short' });
  return value ?? written;
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

function addText(parts: Expression[], value: string, at: number): void {
  const last = parts.at(-1);
  if (last?.kind === 'text') last.value += value;
  else if (value !== '' || parts.length === 0) parts.push({ kind: 'text', value, at });
}

/** @returns the height of the highest expression inside */
function addFormatParts(cursor: Cursor, parts: Expression[]): number {
  const { text } = cursor.gathered.source;
  const quotes = quotesAt(text, cursor.at + cursor.text.length);
  const raw = cursor.text.includes('r');
  const { from, to } = contents(cursor);
  const add = (start: number, stop: number) => {
    if (stop > start) addText(parts, decode(cursor, { from: start, to: stop }, false, raw), start);
  };
  let height = 0;
  let start = from;
  let i = from;
  while (i < to) {
    const character = text.charAt(i);
    if (character === '\\') i = afterBackslash(text, i, true, raw);
    else if (character === '{' || character === '}') {
      const doubled = text.charAt(i + 1) === character && i + 1 < to;
      add(start, doubled ? i + 1 : i);
      if (doubled) i += 2;
      else if (character === '}') {
        cursor.gathered.report({ at: i, message: 'a single } in an f-string' });
        i++;
      } else {
        const field = readReplacement(text, i + 1, to + quotes.length, quotes);
        if (field === undefined) break;
        height = Math.max(height, addReplacement(cursor, parts, field));
        i = field.end;
      }
      start = i;
    } else i++;
  }
  add(start, to);
  return height;
}

function addReplacement(cursor: Cursor, parts: Expression[], field: Replacement): number {
  const { gathered } = cursor;
  if (field.selfDocumenting) {
    const equals = cursor.written(field.to, field.end).search(/[}!:]/);
    addText(parts, cursor.written(field.from, field.to + Math.max(equals, 1)), field.from);
  }
  const children: Expression[] = [];
  let height = 0;
  const read = ({ from, to, nested }: Replacement) => {
    const inner = Cursor.over(gathered, from, to, true);
    inner.depth = cursor.depth + 1;
    if (inner.kind === end) inner.fail('an empty expression in an f-string');
    children.push(parseInterpolation(inner));
    if (inner.kind !== end) inner.fail('an expression in an f-string does not end where it should');
    height = Math.max(height, inner.height);
    nested.forEach(read);
  };
  read(field);
  const plain =
    !field.hasSpecification &&
    !field.selfDocumenting &&
    (field.conversion === '' || field.conversion === 's');
  const [value] = children;
  if (plain && value !== undefined && children.length === 1) parts.push(value);
  else parts.push({ kind: 'other', what: '', children, at: field.from });
  return height + 1;
}
