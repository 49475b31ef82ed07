import { EventEmitter } from 'node:events';

/** What the tests call on the compiled part of npm's sqlite3, ours and the real one, to compare the answers. */

type Callback = (
  this: { lastID?: number; changes?: number },
  error: Error | null,
  ...results: unknown[]
) => void;
type Method = (...args: unknown[]) => RawStatement;
interface RawStatement extends EventEmitter {
  sql: string;
  run: Method;
  get: Method;
  all: Method;
  each: Method;
  bind: Method;
  reset: Method;
  finalize(callback?: () => void): RawDatabase;
}
interface RawDatabase extends EventEmitter {
  open: boolean;
  filename: string;
  mode: number;
  close(callback?: Callback): RawDatabase;
  exec(sql: string, callback?: Callback): RawDatabase;
  serialize(callback?: () => void): RawDatabase;
  parallelize(callback?: () => void): RawDatabase;
  configure(option: string, value: unknown): RawDatabase;
  interrupt(): RawDatabase;
  wait(callback?: Callback): RawDatabase;
}
export interface Sqlite3Addon {
  Database: new (...args: unknown[]) => RawDatabase;
  Statement: new (...args: unknown[]) => RawStatement;
  [constant: string]: unknown;
}

/** Lets the compiled classes emit events, as the package's own JavaScript does. */
export function emitting(constructor: { prototype: object }): void {
  for (const key in EventEmitter.prototype) {
    Object.defineProperty(constructor.prototype, key, {
      value: EventEmitter.prototype[key as keyof EventEmitter],
      writable: true,
      configurable: true,
    });
  }
}

/** Runs every call and writes down results, errors and their order. `directory` is empty and writable. */
export async function playSqlite3(addon: Sqlite3Addon, directory: string): Promise<Record<string, unknown>> {
  emitting(addon.Database);
  emitting(addon.Statement);
  const results: Record<string, unknown> = {};
  const show = (value: unknown): unknown => {
    if (value === undefined) return '-';
    if (value instanceof Error) {
      const { name, message, code, errno } = value as Error & { code?: string; errno?: number };
      return { name, message, code: code ?? '-', errno: errno ?? '-' };
    }
    if (value instanceof Uint8Array) return `${value.constructor.name}:${Buffer.from(value).toString('hex')}`;
    if (Array.isArray(value)) return value.map(show);
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, show(each)]));
    }
    return value;
  };
  const note = async (name: string, call: () => unknown): Promise<void> => {
    try {
      results[name] = show(await call());
    } catch (error) {
      results[name] = { thrown: show(error) };
    }
  };
  const file = `${directory}/app.db`;
  const opened = (...args: unknown[]): Promise<RawDatabase> =>
    new Promise((resolve, reject) => {
      const database = new addon.Database(...args, (error: Error | null) =>
        error ? reject(error) : resolve(database),
      );
    });

  await note('open', async () => {
    const database = await opened(file);
    return [database.open, database.filename === file, database.mode];
  });
  await note('open fails', () => opened(`${directory}/no/where.db`));
  await note('open fails without a callback', () => {
    const database = new addon.Database(`${directory}/no/where.db`);
    return new Promise((resolve) => database.on('error', resolve));
  });
  await note('open readonly', () => opened(`${directory}/none.db`, 1));
  const db = await opened(file);

  /** `db.method(sql, ...parameters)` as the package builds it on Statement. */
  const call = (method: 'run' | 'get' | 'all', sql: string, ...parameters: unknown[]): Promise<unknown[]> =>
    new Promise((resolve) => {
      const finish: Callback = function (error, ...values) {
        resolve([error, ...values, this.lastID, this.changes]);
      };
      const failed = (error: Error | null): void => {
        if (error) resolve([error]);
      };
      new addon.Statement(db, sql, failed)[method](...parameters, finish).finalize();
    });

  await note(
    'exec',
    () =>
      new Promise((resolve) =>
        db.exec(
          `
      CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT UNIQUE NOT NULL, age INTEGER CHECK (age > 0), data BLOB, score REAL);
      CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users(id)); PRAGMA foreign_keys = ON;`,
          (...args) => resolve(args),
        ),
      ),
  );
  await note('exec fails', () => new Promise((resolve) => db.exec('CREATE TABLE users (a)', resolve)));
  await note('exec syntax', () => new Promise((resolve) => db.exec('SELECT 1; NONSENSE', resolve)));
  await note('exec event', () => {
    const failed = new Promise((resolve) => db.once('error', resolve));
    db.exec('NONSENSE');
    return failed;
  });
  const insert = 'INSERT INTO users (email, age, data, score) VALUES (?, ?, ?, ?)';
  await note('insert', () => call('run', insert, 'a@x', 30, Buffer.from([1, 2, 255]), 1.5));
  await note('insert array', () => call('run', insert, ['b@x', 2 ** 40, null, 2]));
  await note('insert named', () =>
    call('run', 'INSERT INTO users (email, age) VALUES ($email, @age)', { $email: 'c@x', '@age': 7 }),
  );
  await note('insert numbered', () =>
    call('run', 'INSERT INTO users (email, age) VALUES (?1, ?2)', { 1: 'd@x', 2: 8 }),
  );
  await note('insert odd values', () => call('run', insert, 'é🎉', undefined, new Uint8Array(0), true));
  await note('insert a date', () => call('run', insert, 'e@x', new Date(86_400_000), /re/g, { a: 1 }));
  await note('unique', () => call('run', insert, 'a@x', 1, null, null));
  await note('not null', () => call('run', insert, null, 1, null, null));
  await note('check', () => call('run', insert, 'f@x', -1, null, null));
  await note('foreign key', () => call('run', 'INSERT INTO posts (user_id) VALUES (99)'));
  await note('too many', () => call('run', 'SELECT 1', 5));
  await note('too few', () => call('get', 'SELECT ? AS a, ? AS b', 5));
  await note('unknown name', () => call('run', 'SELECT $a', { $b: 1 }));
  await note('no table', () => call('all', 'SELECT * FROM nope'));
  await note('syntax', () => call('get', 'SELEC 1'));
  await note('get', () => call('get', 'SELECT * FROM users WHERE id = ?', 1));
  await note('get none', () => call('get', 'SELECT * FROM users WHERE id = ?', 77));
  await note('all', () => call('all', 'SELECT * FROM users ORDER BY id'));
  await note('all none', () => call('all', 'SELECT * FROM posts'));
  await note('update', () => call('run', 'UPDATE users SET score = 1 WHERE id < ?', 3));
  await note('delete none', () => call('run', 'DELETE FROM users WHERE id = 55'));
  await note('create', () => call('run', 'CREATE TABLE other (a)'));
  await note('big integer', () => call('get', 'SELECT 9007199254740993 AS big, count(*) AS n FROM users'));
  await note('each', () => {
    const rows: unknown[] = [];
    return new Promise((resolve) => {
      const statement = new addon.Statement(db, 'SELECT id FROM users ORDER BY id LIMIT 2');
      statement
        .each(
          (...row: unknown[]) => rows.push(row),
          (...end: unknown[]) => resolve([rows, end]),
        )
        .finalize();
    });
  });
  await note('statement', async () => {
    const order: unknown[] = [];
    const statement = new addon.Statement(db, 'SELECT ? AS v', (error: unknown) =>
      order.push(['prepared', error]),
    );
    const step = (method: 'get' | 'bind' | 'reset' | 'all', ...args: unknown[]): void =>
      void statement[method](...args, (...values: unknown[]) => order.push([method, ...values]));
    step('bind', 1);
    step('get');
    step('get');
    step('get');
    step('reset');
    step('get');
    step('all', 2);
    await new Promise<void>((resolve) => statement.finalize(() => resolve()));
    order.push(statement.sql);
    await new Promise<void>((resolve) =>
      statement.get((error: unknown) => {
        order.push(['late', error]);
        resolve();
      }),
    );
    return order;
  });
  await note('serialized', async () => {
    const order: unknown[] = [];
    const run = (sql: string, label: string): void =>
      void call('run', sql).then(([error]) => order.push([label, error]));
    db.serialize(() => {
      run('CREATE TABLE later (a)', 'create');
      run('INSERT INTO later VALUES (1)', 'insert');
      db.exec('INSERT INTO later VALUES (2)', (error) => order.push(['exec', error]));
      run('INSERT INTO later VALUES (3)', 'insert again');
    });
    await new Promise((resolve) => db.wait(resolve));
    order.push(await call('get', 'SELECT group_concat(a) AS all_of_them FROM later'));
    return order;
  });
  await note('transaction', async () => {
    await call('run', 'BEGIN');
    const twice = await call('run', 'BEGIN');
    await call('run', 'DELETE FROM users');
    await call('run', 'ROLLBACK');
    return [twice, await call('get', 'SELECT count(*) AS n FROM users')];
  });
  await note('trace', async () => {
    const seen: unknown[] = [];
    db.on('trace', (sql) => seen.push(['trace', sql]));
    db.on('profile', (sql, ms) => seen.push(['profile', sql, typeof ms]));
    db.configure('trace', true);
    await call('get', 'SELECT ? AS traced', "it's");
    await new Promise((resolve) => setTimeout(resolve, 50));
    db.configure('profile', true);
    await call('get', 'SELECT ? AS traced', 'x');
    await new Promise((resolve) => setTimeout(resolve, 50));
    return seen;
  });
  await note('configure', () => db.configure('nonsense', 1));
  await note('busy', async () => {
    const other = await opened(file);
    other.configure('busyTimeout', 20);
    await call('run', 'BEGIN IMMEDIATE');
    const blocked = await new Promise((resolve) => other.exec('DELETE FROM posts', resolve));
    await call('run', 'ROLLBACK');
    await new Promise((resolve) => other.close(resolve));
    return blocked;
  });
  await note('close while a statement is open', async () => {
    const other = await opened(file);
    const statement = new addon.Statement(other, 'SELECT 1');
    await new Promise((resolve) => statement.get(resolve));
    const refused = await new Promise((resolve) => other.close(resolve));
    statement.finalize();
    return [refused, await new Promise((resolve) => other.close(resolve))];
  });
  await note('close', async () => {
    const events: unknown[] = [];
    db.on('close', () => events.push('close'));
    await new Promise((resolve) =>
      db.close((error) => {
        events.push(error);
        resolve(undefined);
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 10));
    return [events, db.open];
  });
  await note('after close', () => call('run', 'SELECT 1'));
  await note('interrupt closed', () => db.interrupt());
  const constants = Object.entries(addon).filter(
    ([name, value]) => typeof value === 'number' && name !== 'VERSION_NUMBER',
  );
  results['constants'] = Object.fromEntries(constants);
  return results;
}
