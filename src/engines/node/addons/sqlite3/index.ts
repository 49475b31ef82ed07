import type { RealmServices } from '../../realm-services.ts';
import { primaryCodes } from '../sqlite/codes.ts';
import { sqliteOf } from '../sqlite/core.ts';
import { databaseClass } from './database.ts';
import { statementClass } from './statement.ts';

const openModes = {
  OPEN_READONLY: 1,
  OPEN_READWRITE: 2,
  OPEN_CREATE: 4,
  OPEN_FULLMUTEX: 0x10000,
  OPEN_URI: 0x40,
  OPEN_SHAREDCACHE: 0x20000,
  OPEN_PRIVATECACHE: 0x40000,
} as const;

const limitNames = [
  ...[
    'LENGTH',
    'SQL_LENGTH',
    'COLUMN',
    'EXPR_DEPTH',
    'COMPOUND_SELECT',
    'VDBE_OP',
    'FUNCTION_ARG',
    'ATTACHED',
  ],
  ...['LIKE_PATTERN_LENGTH', 'VARIABLE_NUMBER', 'TRIGGER_DEPTH', 'WORKER_THREADS'],
];

/** Result codes that the package exports: those that a failed call may carry. */
function resultCodes(): Record<string, number> {
  return Object.fromEntries(Object.entries(primaryCodes()).filter(([, code]) => code <= 26));
}

/** What the compiled part of npm's sqlite3 (5.1, 6) exports to its own JavaScript. */
export function sqlite3(services: RealmServices): Record<string, unknown> {
  function Backup(): never {
    return services.missing('sqlite3: backup()');
  }
  const version = (): string => {
    const connection = sqliteOf(services).open(':memory:', openModes.OPEN_READWRITE);
    const text = String(connection.scalar('SELECT sqlite_version()'));
    connection.close();
    return text;
  };
  const exported: Record<string, unknown> = {
    Database: databaseClass(services),
    Statement: statementClass(services),
    Backup,
    ...openModes,
    ...resultCodes(),
    ...Object.fromEntries(limitNames.map((name, index) => [`LIMIT_${name}`, index])),
  };
  Object.defineProperty(exported, 'VERSION', { get: version, enumerable: true });
  return exported;
}
