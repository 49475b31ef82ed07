import type { Expression, Module } from '../syntax/types.ts';
import { engineOfName, engineOfUrl, isInMemory, type Engine } from './engines.ts';
import type { Provenance } from './provenance.ts';

/** What the evaluation of constants tells the rules. */
export interface Values {
  /** The texts that a value may be; a part that is not known is `…`. Empty when nothing is known. */
  texts(module: Module, expression: Expression): readonly string[];
  /** Which sides of a condition may run. */
  sides(module: Module, test: Expression): 'then' | 'otherwise' | 'both';
  /** The value of an environment variable; undefined when nothing sets it. */
  variable(name: string): string | undefined;
}

/** What the arguments of a call or the value of a setting say of a database. */
export interface Settings {
  readonly engines: ReadonlySet<Engine>;
  /** A path or URL that ends with the process is among them. */
  readonly inMemory: boolean;
}

/** Keys under which ORMs and query builders are told the engine. */
const engineKeys = new Set([
  'dialect',
  'client',
  'type',
  'provider',
  'drivername',
  'driver',
  'engine',
  'ENGINE',
  'adapter',
]);
const urlKeys = new Set([
  'url',
  'uri',
  'connectionString',
  'connection_string',
  'db_url',
  'storage',
  'filename',
  'dbName',
  'connection',
  'database',
  'databaseUri',
  'db',
  'NAME',
  'dsn',
  'clientUrl',
  'use_env_variable',
  'default',
  'connections',
  'credentials',
  'file_path',
  'database_url',
]);

const mostDepth = 5;

/** Reads settings out of values, wherever in dictionaries they stand. */
export class SettingsReader {
  readonly #provenance: Provenance;
  readonly #values: Values;

  constructor(provenance: Provenance, values: Values) {
    this.#provenance = provenance;
    this.#values = values;
  }

  /** @param expressions the arguments of a call, those that are named with their names */
  read(module: Module, expressions: readonly { name?: string; value: Expression }[]): Settings {
    const engines = new Set<Engine>();
    const found = { engines, inMemory: false };
    for (const { name, value } of expressions) this.#value(module, name, value, found, 0);
    return found;
  }

  #value(
    module: Module,
    key: string | undefined,
    value: Expression,
    found: { engines: Set<Engine>; inMemory: boolean },
    depth: number,
  ): void {
    if (depth > mostDepth) return;
    for (const text of this.#values.texts(module, value)) {
      if (isInMemory(text)) found.inMemory = true;
      const byUrl = key === undefined || urlKeys.has(key) ? engineOfUrl(text) : undefined;
      const byName = key === undefined || engineKeys.has(key) ? engineOfName(text) : undefined;
      const engine = byUrl ?? byName;
      if (engine !== undefined) found.engines.add(engine);
    }
    for (const origin of this.#provenance.of(module, value)) {
      if (origin.kind === 'value' && origin.value.kind === 'dictionary') {
        for (const entry of origin.value.entries) {
          const name = entry.key?.kind === 'text' ? entry.key.value : undefined;
          // Of a setting whose key says nothing the value is read when it is a dictionary of settings itself.
          this.#value(origin.module, name ?? '', entry.value, found, depth + 1);
        }
      }
      if (origin.kind === 'package' && key !== undefined && engineKeys.has(key)) {
        const engine = engineOfName(origin.path.join('.')) ?? engineOfName(origin.name);
        if (engine !== undefined) found.engines.add(engine);
      }
    }
  }
}
