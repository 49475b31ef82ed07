import type { Source } from '../sources.ts';
import { constantValue, textValue, unknown, type Value } from './value.ts';

const mostDepth = 20;
const mostText = 200_000;

/** The value of a JSON file of the submission; unknown when it is none. */
export function readJson(sources: readonly Source[], path: string): Value {
  const source = path.endsWith('.json') ? sources.find((one) => one.path === path) : undefined;
  if (source === undefined || source.text.length > mostText) return unknown;
  try {
    return toValue(JSON.parse(source.text), 0);
  } catch {
    return unknown;
  }
}

function toValue(json: unknown, depth: number): Value {
  if (depth > mostDepth) return unknown;
  if (typeof json === 'string') return textValue(json);
  if (typeof json === 'number' || typeof json === 'boolean' || json === null) return constantValue(json);
  if (Array.isArray(json))
    return { kind: 'list', items: json.map((item: unknown) => [toValue(item, depth + 1)]) };
  if (typeof json !== 'object') return unknown;
  const entries = new Map(Object.entries(json).map(([key, value]) => [key, [toValue(value, depth + 1)]]));
  return { kind: 'dictionary', entries, open: false };
}
