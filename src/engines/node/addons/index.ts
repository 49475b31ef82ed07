import type { RealmServices } from '../realm-services.ts';
import { argon2 } from './argon2/index.ts';
import { bcrypt } from './bcrypt/index.ts';
import { betterSqlite3 } from './better-sqlite3/index.ts';
import { sqlite3 } from './sqlite3/index.ts';

/** A compiled part of a package, and what stands in for it. */
interface StandIn {
  readonly package: string;
  readonly detail: string;
  /**
   * Where the package's own JavaScript looks for its compiled part, relative to the package. An installer places an
   * empty file there, as the loaders check that it exists.
   */
  readonly files: readonly string[];
  readonly load: (services: RealmServices) => Record<string, unknown>;
}

const standIns: readonly StandIn[] = [
  {
    package: 'sqlite3',
    detail:
      'Its compiled core runs as SQLite in WebAssembly on the virtual disk; write-ahead logging falls back to a rollback journal.',
    files: ['build/Release/node_sqlite3.node'],
    load: sqlite3,
  },
  {
    package: 'better-sqlite3',
    detail:
      'Its compiled core runs as SQLite in WebAssembly on the virtual disk; write-ahead logging falls back to a rollback journal.',
    files: ['build/Release/better_sqlite3.node'],
    load: betterSqlite3,
  },
  {
    package: 'bcrypt',
    detail: 'Its compiled core runs as the same algorithm in WebAssembly (hash-wasm).',
    files: ['lib/binding/napi-v3/bcrypt_lib.node', 'prebuilds/linux-x64/bcrypt.glibc.node'],
    load: bcrypt,
  },
  {
    package: 'argon2',
    detail:
      'Its compiled core runs as the same algorithm in WebAssembly (hash-wasm), on one thread for each hash.',
    files: ['prebuilds/linux-x64/argon2.glibc.node'],
    load: argon2,
  },
];

/** Other names under which builds of the same compiled parts go. */
const aliases: Record<string, string> = {
  'bcrypt.node': 'bcrypt_lib.node',
  'bcrypt.musl.node': 'bcrypt_lib.node',
  'argon2.musl.node': 'argon2.glibc.node',
};

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Files that must exist in an installed package for its JavaScript to load the stand-in; by package name. */
export const addonFiles: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  standIns.map((standIn) => [standIn.package, standIn.files]),
);

/**
 * The exports of the stand-in for a compiled file, by its base name (`node_sqlite3.node`), and a report that it
 * stands in; undefined when there is none.
 */
export function loadAddon(baseName: string, services: RealmServices): unknown {
  const name = aliases[baseName] ?? baseName;
  const standIn = standIns.find((each) => each.files.some((file) => fileName(file) === name));
  if (standIn === undefined) return undefined;
  services.port.report({
    type: 'substitution',
    package: standIn.package,
    kind: 'core',
    detail: standIn.detail,
  });
  return standIn.load(services);
}
