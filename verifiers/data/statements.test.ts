import { describe, expect, it } from 'vitest';
import { engineOfName, engineOfUrl, isInMemory } from './engines.ts';
import { classifyStatement } from './statements.ts';

describe('statements', () => {
  it.each<[string, ReturnType<typeof classifyStatement>]>([
    ['SELECT * FROM articles', 'data'],
    ['  -- all of them\n/* x */ select id from articles', 'data'],
    ['(SELECT a FROM b) UNION (SELECT c FROM d)', 'data'],
    ["SELECT 'text'", 'data'],
    ['SELECT EXISTS(SELECT 1 FROM users)', 'data'],
    ['INSERT OR IGNORE INTO tags VALUES (?)', 'data'],
    ['UPDATE users SET name = ?', 'data'],
    ['DELETE FROM users', 'data'],
    ['WITH x AS (SELECT 1) SELECT * FROM x', 'data'],
    ['CREATE TABLE a (b); INSERT INTO a VALUES (1)', 'data'],
    ['CREATE TABLE IF NOT EXISTS a (b)', 'schema'],
    ['DROP TABLE a', 'schema'],
    ['SELECT 1', 'session'],
    ['SELECT version()', 'session'],
    ["SELECT name FROM sqlite_master WHERE type = 'table'", 'session'],
    ['PRAGMA foreign_keys = ON', 'session'],
    ['BEGIN', 'session'],
    ['CREATE EXTENSION IF NOT EXISTS citext', 'session'],
    ['Select an article', undefined],
    ['select now()', 'session'],
    ['Update failed', undefined],
    ['Delete the article', undefined],
    ['With best wishes', undefined],
    ['Create an account', undefined],
    ['hello; SELECT a FROM b', undefined],
    ['', undefined],
  ])('%s is %s', (text, kind) => {
    expect(classifyStatement(text)).toBe(kind);
  });
});

describe('engines', () => {
  it.each([
    ['sqlite:///a.db', 'sqlite'],
    ['sqlite+aiosqlite://', 'sqlite'],
    ['sqlite::memory:', 'sqlite'],
    ['file:a.db', 'sqlite'],
    ['postgres://h/d', 'postgres'],
    ['POSTGRESQL+asyncpg://h/d', 'postgres'],
    ['mysql+pymysql://h/d', 'mysql'],
    ['mongodb+srv://h/d', 'mongodb'],
    ['https://h/d', undefined],
    ['postgres', undefined],
  ])('%s opens %s', (url, engine) => {
    expect(engineOfUrl(url)).toBe(engine);
  });

  it.each([
    ['django.db.backends.postgresql', 'postgres'],
    ['django.contrib.gis.db.backends.spatialite', 'sqlite'],
    ['tortoise.backends.asyncpg', 'postgres'],
    ['better-sqlite3', 'sqlite'],
    ['pg', 'postgres'],
    ['mariadb', 'mysql'],
    ['default', undefined],
  ])('%s names %s', (name, engine) => {
    expect(engineOfName(name)).toBe(engine);
  });

  it('knows what ends with the process', () => {
    expect(
      ['sqlite://', ':memory:', 'sqlite:///:memory:', 'file::memory:?cache=shared'].every(isInMemory),
    ).toBe(true);
    expect(['sqlite:///a.db', 'a.db', 'postgresql://'].some(isInMemory)).toBe(false);
  });
});
