import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { SharedFs } from '../../../fs/shared-fs.ts';
import { fakeServices } from '../../testing/fake-services.ts';
import { SqliteFailure } from './codes.ts';
import { OPEN, Sqlite } from './core.ts';
import { changesRows, readsOnly } from './kind.ts';
import { Lock, LockTable, releaseLocksOf } from './locks.ts';
import { expandSql, parseParameters } from './parameters.ts';
import { exportNames } from './wasm-exports.ts';

const create = OPEN.readwrite | OPEN.create;

function disk(): SharedFs {
  const fs = SharedFs.create();
  fs.mkdirp('/app');
  fs.mkdirp('/tmp');
  return fs;
}

/** SQLite as another process of the same sandbox has it. */
function sqliteOfProcess(fs: SharedFs, pid: number): Sqlite {
  const services = fakeServices({ fs: SharedFs.attach(fs.buffer, pid) });
  Object.assign(services.port, { start: { pid } });
  return new Sqlite(services);
}

describe('the WebAssembly build of SQLite', () => {
  it('has the exports that we name', () => {
    const path = createRequire(import.meta.url).resolve('node-sqlite3-wasm/dist/node-sqlite3-wasm.js');
    const source = readFileSync(path, 'utf8');
    for (const [name, short] of Object.entries(exportNames)) {
      expect(source).toContain(`Module["_${name}"]=wasmExports["${short}"]`);
    }
  });
});

describe('databases on the shared disk', () => {
  it('are seen by other processes, and survive two writers', () => {
    const fs = disk();
    const [one, two] = [sqliteOfProcess(fs, 11), sqliteOfProcess(fs, 12)].map((each) =>
      each.open('/app/x.db', create),
    );
    one?.scalar('CREATE TABLE t (a)');
    for (let i = 0; i < 50; i++) {
      one?.scalar(`INSERT INTO t VALUES (${i})`);
      two?.scalar(`INSERT INTO t VALUES (${i + 1000})`);
    }
    expect(one?.scalar('SELECT count(*) FROM t')).toBe(100);
    expect(two?.scalar('PRAGMA integrity_check')).toBe('ok');
    one?.scalar('BEGIN IMMEDIATE');
    expect(two?.scalar('SELECT count(*) FROM t')).toBe(100);
    expect(() => two?.scalar('DELETE FROM t')).toThrow(new SqliteFailure(5, 'database is locked'));
    one?.scalar('COMMIT');
    two?.scalar('DELETE FROM t');
    expect(one?.scalar('SELECT count(*) FROM t')).toBe(0);
  });

  it('are rolled back when their process died in a transaction', () => {
    const fs = disk();
    const dead = sqliteOfProcess(fs, 11).open('/app/x.db', create);
    dead.scalar('CREATE TABLE t (a)');
    dead.scalar('PRAGMA cache_size = 1');
    dead.scalar('BEGIN IMMEDIATE');
    dead.scalar(
      `INSERT INTO t SELECT randomblob(3000) FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50) SELECT i FROM n)`,
    );
    const heir = sqliteOfProcess(fs, 12).open('/app/x.db', create);
    expect(() => heir.scalar('DELETE FROM t')).toThrow('database is locked');
    releaseLocksOf(fs, 11);
    expect(heir.scalar('SELECT count(*) FROM t')).toBe(0);
    expect(heir.scalar('PRAGMA integrity_check')).toBe('ok');
  });
});

describe('LockTable', () => {
  const tables = (): [LockTable, LockTable, number] => {
    const fs = disk();
    fs.writeFile('/app/x', '');
    return [new LockTable(fs, 1), new LockTable(fs, 2), fs.stat('/app/x').ino];
  };

  it('lets many read and one write', () => {
    const [a, b, ino] = tables();
    expect(a.acquire(ino, 1, Lock.shared)).toBe(true);
    expect(b.acquire(ino, 1, Lock.shared)).toBe(true);
    expect(a.acquire(ino, 1, Lock.reserved)).toBe(true);
    expect(b.isReserved(ino)).toBe(true);
    expect(b.acquire(ino, 1, Lock.reserved)).toBe(false);
    expect(a.acquire(ino, 1, Lock.exclusive)).toBe(false);
    b.release(ino, 1, Lock.none);
    expect(b.acquire(ino, 1, Lock.shared)).toBe(false);
    expect(a.acquire(ino, 1, Lock.exclusive)).toBe(true);
    a.release(ino, 1, Lock.none);
    expect(b.acquire(ino, 1, Lock.shared)).toBe(true);
  });

  it('holds between two connections of one process as well', () => {
    const [a, , ino] = tables();
    expect(a.acquire(ino, 1, Lock.shared)).toBe(true);
    expect(a.acquire(ino, 1, Lock.reserved)).toBe(true);
    expect(a.acquire(ino, 2, Lock.shared)).toBe(true);
    expect(a.acquire(ino, 2, Lock.reserved)).toBe(false);
    expect(a.acquire(ino, 1, Lock.exclusive)).toBe(false);
  });
});

describe('parameters', () => {
  it.each([
    ['SELECT ?, ?', [undefined, undefined]],
    ['SELECT :a, @b, $c, :a', [':a', '@b', '$c']],
    ['SELECT ?3, ?', [undefined, undefined, '?3', undefined]],
    [`SELECT '?', "a?", \`?\`, [?], x'00' -- ?\n, /* ? */ ?`, [undefined]],
    [`SELECT 'it''s ?', a$b, 1 FROM t WHERE "x""?" = :y`, [':y']],
  ])('are found in %j', (sql, names) => {
    expect(parseParameters(sql).names).toEqual(names);
  });

  it('are filled in as SQLite does', () => {
    const sql = 'SELECT ?, ?, ?, ?, ?';
    const values = new Map(
      [1, "it's", 2.5, null, Uint8Array.of(1, 171)].map((value, index) => [index + 1, value] as const),
    );
    expect(expandSql(sql, parseParameters(sql), values)).toBe(`SELECT 1.0, 'it''s', 2.5, NULL, x'01ab'`);
  });
});

describe('kinds of statements', () => {
  it('are told by their words', () => {
    expect(
      ['insert into t values (1)', '/* x */ UPDATE t SET a = 1', 'WITH x AS (SELECT 1) DELETE FROM t'].map(
        changesRows,
      ),
    ).toEqual([true, true, true]);
    expect(
      ['SELECT 1', 'WITH x AS (SELECT 1) SELECT * FROM x', 'CREATE TABLE t (a)'].map(changesRows),
    ).toEqual([false, false, false]);
    expect(['SELECT 1', 'BEGIN', 'PRAGMA user_version'].map(readsOnly)).toEqual([true, true, true]);
    expect(['BEGIN IMMEDIATE', 'PRAGMA user_version = 1', 'DROP TABLE t'].map(readsOnly)).toEqual([
      false,
      false,
      false,
    ]);
  });
});
