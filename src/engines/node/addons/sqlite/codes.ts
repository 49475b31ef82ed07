/** SQLite's result codes: primary by name, extended below the primary one they refine. */
const primary: Record<string, number> = {
  SQLITE_OK: 0,
  SQLITE_ERROR: 1,
  SQLITE_INTERNAL: 2,
  SQLITE_PERM: 3,
  SQLITE_ABORT: 4,
  SQLITE_BUSY: 5,
  SQLITE_LOCKED: 6,
  SQLITE_NOMEM: 7,
  SQLITE_READONLY: 8,
  SQLITE_INTERRUPT: 9,
  SQLITE_IOERR: 10,
  SQLITE_CORRUPT: 11,
  SQLITE_NOTFOUND: 12,
  SQLITE_FULL: 13,
  SQLITE_CANTOPEN: 14,
  SQLITE_PROTOCOL: 15,
  SQLITE_EMPTY: 16,
  SQLITE_SCHEMA: 17,
  SQLITE_TOOBIG: 18,
  SQLITE_CONSTRAINT: 19,
  SQLITE_MISMATCH: 20,
  SQLITE_MISUSE: 21,
  SQLITE_NOLFS: 22,
  SQLITE_AUTH: 23,
  SQLITE_FORMAT: 24,
  SQLITE_RANGE: 25,
  SQLITE_NOTADB: 26,
  SQLITE_NOTICE: 27,
  SQLITE_WARNING: 28,
  SQLITE_ROW: 100,
  SQLITE_DONE: 101,
};

const refinements: Record<string, string[]> = {
  SQLITE_ERROR: ['MISSING_COLLSEQ', 'RETRY', 'SNAPSHOT'],
  SQLITE_ABORT: ['', 'ROLLBACK'],
  SQLITE_BUSY: ['RECOVERY', 'SNAPSHOT', 'TIMEOUT'],
  SQLITE_LOCKED: ['SHAREDCACHE', 'VTAB'],
  SQLITE_READONLY: ['RECOVERY', 'CANTLOCK', 'ROLLBACK', 'DBMOVED', 'CANTINIT', 'DIRECTORY'],
  SQLITE_IOERR: [
    ...[
      'READ',
      'SHORT_READ',
      'WRITE',
      'FSYNC',
      'DIR_FSYNC',
      'TRUNCATE',
      'FSTAT',
      'UNLOCK',
      'RDLOCK',
      'DELETE',
    ],
    ...[
      'BLOCKED',
      'NOMEM',
      'ACCESS',
      'CHECKRESERVEDLOCK',
      'LOCK',
      'CLOSE',
      'DIR_CLOSE',
      'SHMOPEN',
      'SHMSIZE',
    ],
    ...['SHMLOCK', 'SHMMAP', 'SEEK', 'DELETE_NOENT', 'MMAP', 'GETTEMPPATH', 'CONVPATH'],
  ],
  SQLITE_CORRUPT: ['VTAB', 'SEQUENCE', 'INDEX'],
  SQLITE_CANTOPEN: ['NOTEMPDIR', 'ISDIR', 'FULLPATH', 'CONVPATH', 'DIRTYWAL', 'SYMLINK'],
  SQLITE_CONSTRAINT: [
    ...[
      'CHECK',
      'COMMITHOOK',
      'FOREIGNKEY',
      'FUNCTION',
      'NOTNULL',
      'PRIMARYKEY',
      'TRIGGER',
      'UNIQUE',
      'VTAB',
    ],
    ...['ROWID', 'PINNED', 'DATATYPE'],
  ],
};

const names = new Map<number, string>();
for (const [name, code] of Object.entries(primary)) {
  names.set(code, name);
  refinements[name]?.forEach((suffix, index) => {
    if (suffix !== '') names.set(code | ((index + 1) << 8), `${name}_${suffix}`);
  });
}

export const SQLITE = {
  OK: 0,
  BUSY: 5,
  CANTOPEN: 14,
  MISUSE: 21,
  RANGE: 25,
  ROW: 100,
  DONE: 101,
} as const;

/** Name of a result code, extended ones included; undefined for unknown ones. */
export function codeName(code: number): string | undefined {
  return names.get(code);
}

/** Name of a result code's primary part, e.g. `SQLITE_CONSTRAINT` for all kinds of it. */
export function primaryName(code: number): string {
  return names.get(code & 0xff) ?? 'SQLITE_UNKNOWN';
}

/** Primary codes by name without the prefix, as the npm package sqlite3 exports them. */
export function primaryCodes(): Record<string, number> {
  return Object.fromEntries(
    Object.entries(primary).map(([name, code]) => [name.slice('SQLITE_'.length), code]),
  );
}

/** A failure that SQLite reported. `code` is the extended result code. */
export class SqliteFailure extends Error {
  override readonly name = 'SqliteFailure';
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}
