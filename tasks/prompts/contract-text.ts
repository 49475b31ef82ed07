import { contract } from '../contract/index.ts';
import { isObject, type Json } from '../json.ts';

const width = 100;

/**
 * The contract as it stands in prompts: the whole document as JSON, without `x-rules`, whose sentences the descriptions
 * have already; they would only be read, and paid for, twice.
 */
export const contractText: string = layOut(withoutRules(contract), '');

function withoutRules(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutRules);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== 'x-rules')
      .map(([name, one]) => [name, withoutRules(one)]),
  );
}

/** JSON with what fits on one line on one line. */
function layOut(value: Json, indent: string): string {
  const line = JSON.stringify(value);
  if (typeof value !== 'object' || value === null || line.length + indent.length <= width) return line;
  const inner = `${indent}  `;
  const items = Array.isArray(value)
    ? value.map((item) => layOut(item, inner))
    : Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${layOut(item, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${items.map((item) => inner + item).join(',\n')}\n${indent}${close}`;
}
