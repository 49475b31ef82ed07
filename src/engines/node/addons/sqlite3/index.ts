import type { RealmServices } from '../../realm-services.ts';
import { primaryCodes } from '../sqlite/codes.ts';
import { sqliteOf } from '../sqlite/core.ts';
import { backupClass } from './backup.ts';
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
  const about = (sql: string): string => {
    const connection = sqliteOf(services).open(':memory:', openModes.OPEN_READWRITE);
    const text = String(connection.scalar(sql));
    connection.close();
    return text;
  };
  const version = (): string => about('SELECT sqlite_version()');
  const versionNumber = (): number => {
    const [major = 0, minor = 0, patch = 0] = version().split('.').map(Number);
    return major * 1_000_000 + minor * 1_000 + patch;
  };
  const exported: Record<string, unknown> = {
    Database: databaseClass(services),
    Statement: statementClass(services),
    Backup: backupClass(services),
    ...openModes,
    ...resultCodes(),
    ...Object.fromEntries(limitNames.map((name, index) => [`LIMIT_${name}`, index])),
  };
  Object.defineProperties(exported, {
    VERSION: { get: version, enumerable: true },
    SOURCE_ID: { get: () => about('SELECT sqlite_source_id()'), enumerable: true },
    VERSION_NUMBER: { get: versionNumber, enumerable: true },
  });
  return exported;
}
