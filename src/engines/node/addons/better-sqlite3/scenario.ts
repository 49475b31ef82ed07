/** What the tests call on better-sqlite3's compiled part, ours and the real one, to compare the answers. */

type Row = Record<string, unknown>;
interface RawStatement {
  reader: boolean;
  readonly: boolean;
  source: string;
  busy: boolean;
  run(...args: unknown[]): unknown;
  get(...args: unknown[]): unknown;
  all(...args: unknown[]): unknown[];
  iterate(...args: unknown[]): IterableIterator<unknown>;
  bind(...args: unknown[]): RawStatement;
  pluck(on?: boolean): RawStatement;
  expand(on?: boolean): RawStatement;
  raw(on?: boolean): RawStatement;
  safeIntegers(on?: boolean): RawStatement;
  columns(): Row[];
}
interface RawDatabase {
  name: string;
  memory: boolean;
  readonly: boolean;
  open: boolean;
  inTransaction: boolean;
  prepare(sql: unknown, database: object, pragma: boolean): RawStatement;
  exec(sql: string): void;
  close(): void;
  function(...args: unknown[]): void;
  defaultSafeIntegers(on?: boolean): void;
  unsafeMode(on?: boolean): void;
}
export interface BetterSqlite3Addon {
  Database: new (...args: unknown[]) => RawDatabase;
  setErrorConstructor(constructor: unknown): void;
}

class SqliteError extends Error {
  override readonly name = 'SqliteError';
  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

/** Runs every call and writes down results and errors by name. `directory` is empty and writable. */
export function playBetterSqlite3(addon: BetterSqlite3Addon, directory: string): Record<string, unknown> {
  addon.setErrorConstructor(SqliteError);
  const results: Record<string, unknown> = {};
  const show = (value: unknown): unknown => {
    if (typeof value === 'bigint') return `${value}n`;
    if (value === undefined) return '-';
    if (value instanceof Uint8Array) return `${value.constructor.name}:${Buffer.from(value).toString('hex')}`;
    if (Array.isArray(value)) return value.map(show);
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, show(each)]));
    }
    return value;
  };
  const note = (name: string, call: () => unknown): void => {
    try {
      results[name] = show(call());
    } catch (error) {
      const { name: kind, message, code } = error as SqliteError;
      results[name] = { kind, message, code: code ?? '-' };
    }
  };
  const open = (
    file: string,
    options: { readonly?: boolean; mustExist?: boolean; verbose?: unknown } = {},
  ): RawDatabase => {
    const memory = file === ':memory:';
    const { readonly = false, mustExist = false, verbose = null } = options;
    return new addon.Database(file, file, memory, readonly, mustExist, 50, verbose, null);
  };

  const log: string[] = [];
  const file = `${directory}/app.db`;
  const db = open(file, { verbose: (sql: string) => log.push(sql) });
  const prepare = (sql: unknown, pragma = false): RawStatement => db.prepare(sql, db, pragma);

  note('properties', () => [db.memory, db.readonly, db.open, db.inTransaction]);
  note('exec', () =>
    db.exec(`
      -- two tables
      CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT UNIQUE NOT NULL, age INTEGER CHECK (age > 0), data BLOB, score REAL);
      CREATE TABLE posts (id INTEGER PRIMARY KEY AUTOINCREMENT, user_id INTEGER NOT NULL REFERENCES users(id), title TEXT);
    `),
  );
  note('pragma', () => [
    prepare('PRAGMA foreign_keys = ON', true).all(),
    prepare('PRAGMA foreign_keys', true).pluck().get(),
    prepare('PRAGMA user_version', true).all(),
    prepare('PRAGMA table_info(users)', true).all(),
  ]);
  const insert = prepare('INSERT INTO users (email, age, data, score) VALUES (?, ?, ?, ?)');
  note('insert', () => insert.run('a@x', 30, Buffer.from([1, 2, 255]), 1.5));
  note('insert array', () => insert.run(['b@x', 31n, null, 2]));
  note('insert odd values', () => insert.run("c'\u0000é🎉", undefined, new Uint8Array(0), 1e300));
  note('insert or ignore', () => prepare('INSERT OR IGNORE INTO users (email) VALUES (?)').run('a@x'));
  note('unique', () => insert.run('a@x', 1, null, null));
  note('not null', () => insert.run(null, 1, null, null));
  note('check', () => insert.run('d@x', -1, null, null));
  note('primary key', () => prepare("INSERT INTO users (id, email) VALUES (1, 'z')").run());
  note('foreign key', () => prepare("INSERT INTO posts (user_id, title) VALUES (99, 't')").run());
  note('no table', () => prepare('SELECT * FROM nope'));
  note('no column', () => prepare('SELECT nope FROM users'));
  note('syntax', () => prepare('SELEC 1'));
  note('nothing', () => prepare(' -- nothing'));
  note('two statements', () => prepare('SELECT 1; SELECT 2'));
  note('trailing comment', () => prepare('SELECT 1; -- done').get());
  note('not a string', () => prepare(5));
  note('too few', () => insert.run('x'));
  note('too many', () => insert.run('x', 1, null, null, 5));
  note('boolean', () => insert.run('x', true, null, null));
  note('date', () => insert.run(new Date(0), 1, null, null));
  note('big', () => insert.run('x', 2n ** 63n, null, null));
  note('get', () => prepare('SELECT * FROM users WHERE id = ?').get(1));
  note('get none', () => prepare('SELECT * FROM users WHERE id = ?').get(77));
  note('all', () => prepare('SELECT id, email, age, data, score FROM users ORDER BY id').all());
  note('run on a reader', () => prepare('SELECT 1').run());
  note('get on a writer', () => insert.get('q@x', 1, null, null));
  note('returning', () => prepare('INSERT INTO users (email) VALUES (?) RETURNING id, email').get('r@x'));
  const named = prepare('SELECT @a AS a, :b AS b, $c AS c, @a AS again');
  note('named', () => named.get({ a: 1, b: 'two', c: null, extra: 4 }));
  note('named missing', () => named.get({ a: 1, b: 2 }));
  note('named none', () => named.get());
  note('named by position', () => named.get(1, 2, 3));
  note('named twice', () => named.get({ a: 1 }, { b: 1 }));
  note('named instance', () => named.get(new Map()));
  note('mixed', () => prepare('SELECT ? AS x, @y AS y, ? AS z').get({ y: 2 }, [1], 3));
  note('numbered', () => prepare('SELECT ?2 AS b, ?1 AS a').get({ 1: 'one', 2: 'two' }));
  note('pluck', () => prepare('SELECT email FROM users ORDER BY id').pluck().all());
  note('raw', () => prepare('SELECT id, email FROM users ORDER BY id').raw().all());
  note('expand', () =>
    prepare(
      'SELECT users.id, title, 1 + 1 AS two FROM users LEFT JOIN posts ON user_id = users.id ORDER BY 1',
    )
      .expand()
      .get(),
  );
  note('mode off', () => prepare('SELECT 1 AS one').raw().raw(false).get());
  note('pluck on a writer', () => insert.pluck());
  note('columns', () => prepare('SELECT id, email, age + 1 AS older FROM users').columns());
  note('safe integers', () => prepare('SELECT id, 9007199254740993 AS big FROM users').safeIntegers().get());
  note('unsafe integers', () => prepare('SELECT 9007199254740993 AS big').get());
  note('bound', () => {
    const bound = prepare('SELECT ? AS v').bind(5);
    return [bound.get(), bound.all()];
  });
  note('bound twice', () => prepare('SELECT ? AS v').bind(5).bind(6));
  note('bound and given', () => prepare('SELECT ? AS v').bind(5).get(6));
  note('flags', () => {
    const begin = prepare('BEGIN');
    return [
      insert.reader,
      insert.readonly,
      named.reader,
      named.readonly,
      begin.readonly,
      named.source,
      insert.busy,
    ];
  });
  note('iterate', () => {
    const seen: unknown[] = [];
    for (const row of prepare('SELECT id FROM users ORDER BY id').iterate()) {
      seen.push(row);
      if (seen.length === 2) break;
    }
    return seen;
  });
  note('write while iterating', () => {
    const rows = prepare('SELECT id FROM users').iterate();
    rows.next();
    try {
      return insert.run('w@x', 1, null, null);
    } finally {
      rows.return?.();
    }
  });
  note('transaction', () => {
    prepare('BEGIN').run();
    const inside = db.inTransaction;
    prepare("UPDATE users SET age = 40 WHERE email = 'a@x'").run();
    prepare('ROLLBACK').run();
    return [inside, db.inTransaction, prepare("SELECT age FROM users WHERE email = 'a@x'").pluck().get()];
  });
  note('begin twice', () => {
    prepare('BEGIN').run();
    try {
      return prepare('BEGIN').run();
    } finally {
      prepare('ROLLBACK').run();
    }
  });
  note('changes', () => [
    prepare('UPDATE users SET score = 0').run(),
    prepare("DELETE FROM users WHERE email = 'none'").run(),
    prepare('CREATE TABLE other (a)').run(),
  ]);
  note('functions', () => {
    db.function((a: number, b: number) => a * b, 'times', 2, 2, true, false);
    db.function((...all: unknown[]) => all.map(String).join('+'), 'joined', -1, 1, false, false);
    db.function((value: Uint8Array | null) => value?.length ?? null, 'bytes', 1, 2, false, false);
    return prepare(
      "SELECT times(6, 7) AS t, joined(1, 'x', NULL) AS j, bytes(x'0102') AS b, bytes(NULL) AS n",
    ).get();
  });
  note('function throws', () => {
    db.function(
      () => {
        throw new RangeError('my own');
      },
      'fails',
      0,
      2,
      false,
      false,
    );
    return prepare('SELECT fails()').get();
  });
  note('function result', () => {
    db.function(() => ({}), 'odd', 0, 2, false, false);
    return prepare('SELECT odd()').get();
  });
  note('json', () =>
    prepare(`SELECT json_extract('{"a":[1,2]}', '$.a[1]') AS j, date(0, 'unixepoch') AS d`).get(),
  );
  note('window', () =>
    prepare('SELECT row_number() OVER (ORDER BY id) AS n, upper(email) AS e FROM users LIMIT 2').all(),
  );
  note('locked', () => {
    const other = open(file);
    prepare('BEGIN IMMEDIATE').run();
    try {
      const readable = other.prepare('SELECT count(*) AS n FROM posts', other, false).get();
      return [readable, other.prepare('DELETE FROM posts', other, false).run()];
    } finally {
      prepare('ROLLBACK').run();
      other.close();
    }
  });
  note('two connections', () => {
    const other = open(file);
    other.prepare("INSERT INTO posts (user_id, title) VALUES (1, 'from the other')", other, false).run();
    other.close();
    return prepare('SELECT title FROM posts').all();
  });
  note('readonly', () => {
    const other = open(file, { readonly: true });
    try {
      return other.prepare('DELETE FROM posts', other, false).run();
    } finally {
      other.close();
    }
  });
  note('must exist', () => open(`${directory}/none.db`, { mustExist: true }));
  note('no directory', () => open(`${directory}/no/where.db`));
  note('persisted', () => {
    db.close();
    const again = open(file);
    const rows = again.prepare('SELECT count(*) AS n FROM users', again, false).get();
    again.close();
    return [rows, db.open];
  });
  note('closed', () => insert.run('late@x', 1, null, null));
  note('closed prepare', () => prepare('SELECT 1'));
  note('memory', () => {
    const memory = open(':memory:');
    memory.exec('CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)');
    return [memory.memory, memory.name, memory.prepare('SELECT sum(a) AS s FROM t', memory, false).get()];
  });
  results['log'] = log;
  return results;
}
