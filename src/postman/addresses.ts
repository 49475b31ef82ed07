import type { CollectionSource } from '../domain/collection.ts';
import { isFields, own } from './items.ts';
import { parseFile } from './read-collection.ts';

/** Names of variables by which collections mean the server under test; compared without case, `_` and `-`. */
const serverVariables = new Set(['apiurl', 'baseurl']);

/** Which addresses lead to the submission. Nothing else is reached from a collection. */
export interface Addresses {
  /** @param origin - e.g. `http://localhost:3000`, always with its port. */
  lead(origin: string): 'submission' | 'stand-in' | 'nowhere';
  /** Addresses that the collection itself means the server by and that are not the submission's own. */
  readonly standIns: string[];
}

/** @param source - Checked: both files are JSON. */
export function findAddresses(source: CollectionSource, port: number): Addresses {
  const local = new Set(
    ['localhost', '127.0.0.1', '[::1]', '0.0.0.0'].map((host) => `http://${host}:${port}`),
  );
  const values = [
    ...Object.entries(source.variables ?? {}),
    ...variablesOf(source.collection, 'collection', 'variable'),
    ...(source.environment === undefined ? [] : variablesOf(source.environment, 'environment', 'values')),
  ];
  const standIns = new Set<string>();
  const known = new Map(values);
  for (const [name, value] of values) {
    if (!serverVariables.has(name.toLowerCase().replaceAll(/[_-]/g, ''))) continue;
    const origin = originOf(filled(value, known));
    if (origin !== undefined && !local.has(origin)) standIns.add(origin);
  }
  return {
    lead(origin) {
      const plain = origin.toLowerCase();
      if (local.has(plain)) return 'submission';
      return standIns.has(plain) ? 'stand-in' : 'nowhere';
    },
    standIns: [...standIns],
  };
}

function variablesOf(
  text: string,
  kind: 'collection' | 'environment',
  list: string,
): [name: string, value: string][] {
  const fields = parseFile(text, kind);
  const variables = typeof fields === 'string' ? [] : own(fields, list);
  if (!Array.isArray(variables)) return [];
  return variables.flatMap((variable: unknown): [string, string][] => {
    if (!isFields(variable)) return [];
    const name = own(variable, 'key') ?? own(variable, 'id');
    const value = own(variable, 'value');
    return typeof name === 'string' && typeof value === 'string' ? [[name, value]] : [];
  });
}

/** Variables inside of variables, a few levels deep: `{{host}}/api`. */
function filled(value: string, known: ReadonlyMap<string, string>): string {
  let text = value;
  for (let level = 0; level < 4 && text.includes('{{') && text.length < 4_096; level++) {
    text = text.replaceAll(/\{\{([^{}]{1,256})\}\}/g, (whole, name: string) => known.get(name) ?? whole);
  }
  return text;
}

/** Scheme, host and port of an address that may lack its scheme, as collections often write it. */
function originOf(address: string): string | undefined {
  const trimmed = address.trim();
  try {
    const { protocol, hostname, port } = new URL(
      /^https?:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`,
    );
    if (hostname === '' || hostname.includes('{')) return undefined;
    return `${protocol}//${hostname}:${port === '' ? (protocol === 'https:' ? 443 : 80) : port}`;
  } catch {
    return undefined;
  }
}
