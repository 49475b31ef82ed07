import { describe, expect, it } from 'vitest';
import { SharedFs } from '../../../fs/shared-fs.ts';
import { betterSqlite3 } from '../better-sqlite3/index.ts';
import { sqlite3 } from '../sqlite3/index.ts';
import { emitting, type Sqlite3Addon } from '../sqlite3/scenario.ts';
import { fakeServices, type FakeServices } from '../../testing/fake-services.ts';

/** What the compiled packages do by default and the WebAssembly build does not; answers were compared with theirs. */

/** A process with an empty disk. */
function startProcess(): FakeServices {
  const fs = SharedFs.create();
  fs.mkdirp('/app');
  fs.mkdirp('/tmp');
  return fakeServices({ fs });
}

type Database = InstanceType<Sqlite3Addon['Database']>;

/** Opens a database as npm's sqlite3 does; `ask` resolves to rows or to the text of the error. */
function openAs(services: FakeServices, path: string) {
  const addon = sqlite3(services) as Sqlite3Addon;
  for (const name of ['Database', 'Statement', 'Backup']) emitting(addon[name] as { prototype: object });
  const database: Database = new addon.Database(path);
  const exec = (sql: string) =>
    new Promise<string>((resolve) => {
      database.exec(sql, (error) => resolve(error?.message ?? 'ok'));
    });
  const ask = (sql: string) =>
    new Promise<unknown>((resolve) => {
      const statement = new addon.Statement(database, sql, (error: Error | null) => {
        if (error !== null) resolve(error.message);
      });
      statement.all((error: Error | null, rows: unknown) => resolve(error?.message ?? rows));
      statement.finalize();
    });
  return { addon, database, exec, ask };
}

describe("npm's sqlite3", () => {
  it('takes double-quoted words for strings and does not enforce foreign keys', async () => {
    const { exec, ask } = openAs(startProcess(), '/app/x.db');
    expect(await exec('CREATE TABLE t (a TEXT DEFAULT "none"); INSERT INTO t VALUES ("some")')).toBe('ok');
    expect(await ask('SELECT a FROM t WHERE a = "some"')).toEqual([{ a: 'some' }]);
    expect(await ask('PRAGMA foreign_keys')).toEqual([{ foreign_keys: 0 }]);
  });

  it('grants write-ahead logging in name, to every connection of the file', async () => {
    const services = startProcess();
    const one = openAs(services, '/app/x.db');
    const two = openAs(services, '/app/x.db');
    expect(await one.ask('PRAGMA journal_mode')).toEqual([{ journal_mode: 'delete' }]);
    expect(await one.ask('PRAGMA main.journal_mode = "wal"')).toEqual([{ journal_mode: 'wal' }]);
    expect(await two.ask('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    expect(await one.exec('CREATE TABLE t (a); BEGIN; PRAGMA journal_mode = DELETE')).toBe(
      'SQLITE_ERROR: cannot change out of wal mode from within a transaction',
    );
    expect(await one.ask('PRAGMA journal_mode = wal; SELECT 1')).toEqual([{ journal_mode: 'wal' }]);
    await one.exec('COMMIT');
    expect(await two.ask('PRAGMA journal_mode(DELETE)')).toEqual([{ journal_mode: 'delete' }]);
    expect(await one.ask('PRAGMA journal_mode')).toEqual([{ journal_mode: 'delete' }]);
    expect(await openAs(services, ':memory:').ask('PRAGMA journal_mode = WAL')).toEqual([
      { journal_mode: 'memory' },
    ]);
  });

  it('waits for the lock of another connection while JavaScript goes on', async () => {
    const services = startProcess();
    const one = openAs(services, '/app/x.db');
    const two = openAs(services, '/app/x.db');
    await one.exec('CREATE TABLE t (a); BEGIN IMMEDIATE; INSERT INTO t VALUES (1)');
    const order: string[] = [];
    const waiting = two.exec('INSERT INTO t VALUES (2)').then((result) => order.push(`two ${result}`));
    await new Promise((resolve) => setTimeout(resolve, 20));
    order.push('commit');
    await one.exec('COMMIT');
    await waiting;
    expect(order).toEqual(['commit', 'two ok']);
    expect(await one.ask('SELECT a FROM t')).toEqual([{ a: 1 }, { a: 2 }]);
    await one.exec('BEGIN IMMEDIATE');
    two.database.configure('busyTimeout', 1);
    expect(await two.ask('DELETE FROM t')).toBe('SQLITE_BUSY: database is locked');
  });

  it('copies a database by steps', async () => {
    const services = startProcess();
    const { addon, database, exec } = openAs(services, '/app/x.db');
    await exec('CREATE TABLE t (a); INSERT INTO t VALUES (7)');
    const Backup = addon['Backup'] as new (...args: unknown[]) => {
      completed: boolean;
      remaining: number;
      pageCount: number;
      step(pages: number, callback: (error: Error | null, done: boolean) => void): void;
    };
    const backup = new Backup(database, '/app/y.db', 'main', 'main', true);
    const step = (pages: number) =>
      new Promise((resolve) => backup.step(pages, (error, done) => resolve(error ?? done)));
    expect(await step(1)).toBe(false);
    expect([backup.completed, backup.remaining, backup.pageCount]).toEqual([false, 1, 2]);
    expect(await step(-1)).toBe(true);
    expect(await openAs(services, '/app/y.db').ask('SELECT a FROM t')).toEqual([{ a: 7 }]);
  });
});

interface BetterDatabase {
  prepare(sql: string, owner: object, pragma: boolean): { get(): unknown; all(): unknown[] };
  exec(sql: string): void;
  aggregate(...args: unknown[]): void;
  serialize(attached: string): Uint8Array;
}

describe("npm's better-sqlite3", () => {
  const addon = betterSqlite3(startProcess());
  const Database = addon['Database'] as new (...args: unknown[]) => BetterDatabase;
  const open = (image: Uint8Array | null) =>
    new Database(':memory:', ':memory:', true, false, false, 5000, null, image);
  const aggregate = (
    database: BetterDatabase,
    name: string,
    start: unknown,
    step: unknown,
    result: unknown,
  ) => database.aggregate(start, step, null, result, name, 1, 2, false, false);

  it('computes aggregates of the submission, one accumulator a group', () => {
    const database = open(null);
    database.exec("CREATE TABLE t (g, x); INSERT INTO t VALUES ('a', 1), ('b', 2), ('a', 3)");
    aggregate(database, 'total2', 10, (sum: number, x: number) => sum + x, null);
    const list = (items: unknown[], x: unknown): void => void items.push(x);
    aggregate(
      database,
      'list',
      () => [],
      list,
      (items: unknown[]) => items.join(),
    );
    const all = (sql: string) => database.prepare(sql, database, false).all();
    expect(all('SELECT g, total2(x) s, list(x) l FROM t GROUP BY g')).toEqual([
      { g: 'a', s: 14, l: '1,3' },
      { g: 'b', s: 12, l: '2' },
    ]);
    expect(all('SELECT total2(x) s, list(x) l FROM t WHERE 0')).toEqual([{ s: 10, l: '' }]);
    aggregate(
      database,
      'fails',
      0,
      () => {
        throw new RangeError('no');
      },
      null,
    );
    expect(() => all('SELECT fails(x) FROM t')).toThrow(new RangeError('no'));
    expect(all('SELECT total2(x) s FROM t')).toEqual([{ s: 16 }]);
  });

  it('opens a file that is no database, and refuses its first statement', () => {
    const services = startProcess();
    services.fs.writeFile('/app/notes.db', 'not a database at all, only words. '.repeat(40));
    const { Database: Other } = betterSqlite3(services) as { Database: typeof Database };
    const notes = new Other('/app/notes.db', 'notes.db', false, false, false, 5000, null, null);
    expect(() => notes.prepare('SELECT 1 FROM x', notes, false)).toThrow('file is not a database');
  });

  it('gives a database as bytes and opens one from them', () => {
    const database = open(null);
    database.exec('CREATE TABLE t (x); INSERT INTO t VALUES (5)');
    const copy = open(database.serialize('main'));
    copy.exec('UPDATE t SET x = x + 1');
    expect(copy.prepare('SELECT x FROM t', copy, false).get()).toEqual({ x: 6 });
    expect(database.prepare('SELECT x FROM t', database, false).get()).toEqual({ x: 5 });
  });
});
