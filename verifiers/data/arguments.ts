import type { Expression, Module } from '../syntax/types.ts';
import type { Value } from '../values/index.ts';
import { engineOfName, engineOfUrl, isInMemory, type Engine } from './engines.ts';
import { textOf, type Values } from './values.ts';

/** What the arguments of a call or the value of a setting say of a database. */
export interface Settings {
  readonly engines: ReadonlySet<Engine>;
  /** A path or URL of a database that ends with the process is among them. */
  readonly inMemory: boolean;
}

interface Found {
  readonly engines: Set<Engine>;
  inMemory: boolean;
}

/** Keys under which ORMs and query builders are told the engine. */
const engineKeys = new Set([
  ...[
    'dialect',
    'client',
    'type',
    'provider',
    'drivername',
    'driver',
    'engine',
    'ENGINE',
    'adapter',
    'backend',
  ],
]);
/** Keys of URLs, of paths, and of dictionaries around them. */
const urlKeys = new Set([
  ...[
    'url',
    'uri',
    'connectionString',
    'connection_string',
    'db_url',
    'storage',
    'filename',
    'dbName',
    'connection',
  ],
  ...['database', 'databaseUri', 'db', 'NAME', 'dsn', 'clientUrl', 'default', 'connections', 'credentials'],
  ...['file_path', 'database_url', 'name_or_url', 'bind', 'replication', 'write', 'config'],
]);

const mostDepth = 5;

/**
 * Reads settings out of values, wherever in dictionaries they stand. A text without a name is read as a URL; one that
 * stands under a key that says nothing is not read.
 */
export function readSettings(
  values: Values,
  module: Module,
  given: readonly { name?: string; value: Expression }[],
): Settings {
  const found: Found = { engines: new Set(), inMemory: false };
  for (const { name, value } of given) {
    for (const one of values.of(module, value)) readValue(values, name, one, found, 0);
  }
  return found;
}

function readValue(values: Values, key: string | undefined, value: Value, found: Found, depth: number): void {
  if (depth > mostDepth) return;
  const isEngine = key !== undefined && engineKeys.has(key);
  const text = textOf(value);
  if (text !== undefined) {
    if (isInMemory(text)) found.inMemory = true;
    const isUrl = key === undefined || urlKeys.has(key);
    const engine = isEngine ? engineOfName(text) : isUrl ? engineOfUrl(text) : undefined;
    if (engine !== undefined) found.engines.add(engine);
  } else if (value.kind === 'dictionary') {
    for (const [name, entries] of value.entries) {
      for (const entry of entries) readValue(values, name, entry, found, depth + 1);
    }
  } else if (value.kind === 'package') {
    const engine = isEngine ? (engineOfName(value.path.join('.')) ?? engineOfName(value.name)) : undefined;
    if (engine !== undefined) found.engines.add(engine);
    if (value.call !== undefined) readUrlParts(values, value, value.call, found, depth);
  }
}

/** `URL.create('postgresql+asyncpg', …)`, `make_url('sqlite://')`: the call that made a thing of SQLAlchemy. */
function readUrlParts(
  values: Values,
  { name, path }: Value & { kind: 'package' },
  { module, call }: NonNullable<(Value & { kind: 'package' })['call']>,
  found: Found,
  depth: number,
): void {
  const made = path.findLast((part) => part !== '()') ?? '';
  const key = made === 'create' || made === 'URL' ? 'drivername' : made === 'make_url' ? 'url' : undefined;
  const given = call.args.find((argument) => argument.name === 'drivername') ?? call.args[0];
  if (key === undefined || given === undefined || !/^(?:sqlalchemy|databases|sqlmodel)$/.test(name)) return;
  for (const value of values.of(module, given.value)) readValue(values, key, value, found, depth + 1);
}
