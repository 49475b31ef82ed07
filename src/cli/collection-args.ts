import type { CollectionRole } from '../domain/collection.ts';
import { UsageError } from './exit-codes.ts';

/** What the command line says about a user's own Postman collection. */
export interface CollectionOptions {
  /** File of the collection, and of its environment. */
  file: string;
  environment?: string;
  role: CollectionRole;
  variables: Record<string, string>;
  newmanJson?: string;
  newmanCsv?: string;
}

type Values = Readonly<Record<string, string | boolean | string[] | undefined>>;

/** Options of `decay run` that mean nothing without `--suite`. */
const dependent = ['suite-role', 'environment', 'global-var', 'newman-json', 'newman-csv'] as const;

/**
 * Reads `--suite` and what goes with it.
 * @returns undefined when the built-in suite alone is to be run.
 * @throws UsageError that says what to write instead.
 */
export function readCollectionOptions(values: Values): CollectionOptions | undefined {
  const { suite } = values;
  if (suite === undefined) {
    const stray = dependent.find((option) => values[option] !== undefined);
    if (stray === undefined) return undefined;
    throw new UsageError(`--${stray} goes with --suite FILE, a Postman collection.`);
  }
  return {
    file: readName('suite', suite),
    role: readRole(values['suite-role']),
    variables: readVariables(values['global-var']),
    ...optional('environment', values.environment),
    ...optional('newmanJson', values['newman-json'], 'newman-json'),
    ...optional('newmanCsv', values['newman-csv'], 'newman-csv'),
  };
}

function optional<K extends 'environment' | 'newmanJson' | 'newmanCsv'>(
  key: K,
  value: Values[string],
  option: string = key,
): { [P in K]?: string } {
  const result: { [P in K]?: string } = {};
  if (value !== undefined) result[key] = readName(option, value);
  return result;
}

function readName(option: string, value: Values[string]): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new UsageError(`--${option} needs a file name.`);
}

function readRole(value: Values[string]): CollectionRole {
  if (value === undefined || value === 'instead') return 'instead';
  if (value === 'beside') return 'beside';
  throw new UsageError(
    `There is no suite role "${String(value)}". Choose instead (the collection decides the verdict) or beside.`,
  );
}

function readVariables(value: Values[string]): Record<string, string> {
  const pairs = (Array.isArray(value) ? value : []).map((text): [string, string] => {
    const at = text.indexOf('=');
    if (at < 1) throw new UsageError(`--global-var needs NAME=VALUE, got "${text}".`);
    return [text.slice(0, at), text.slice(at + 1)];
  });
  return Object.fromEntries(pairs);
}
