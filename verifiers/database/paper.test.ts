import { describe, expect, it } from 'vitest';
import { Source } from '../sources.ts';
import { readFixtures } from '../testing/fixtures.ts';
import { checkDatabase } from './paper.ts';

const fixtures = readFixtures(
  import.meta.glob<string>('./fixtures/**/*', { query: '?raw', import: 'default', eager: true }),
);

const sqlite: [string, boolean][] = [
  ['import sqlite3', true],
  ['  from sqlite3 import connect', true],
  ['from aiosqlite import connect', true],
  ['url = "SQLite:///conduit.db"', true],
  ['"ENGINE": "django.db.backends.sqlite3"', true],
  [`"sqlite3": "^5"`, true],
  [`dialect = 'sqlite'`, true],
  ['sqlite', false],
  ['const sqlite3 = open()', false],
  ['node-sqlite3-wasm', false],
];

const postgres: [string, boolean][] = [
  ['psycopg2-binary', true],
  ['import asyncpg', true],
  ['postgres://postgres/conduit', true],
  ['postgresql+asyncpg://postgres/conduit', true],
  ['from sqlalchemy.dialects.postgresql import JSONB', true],
  [`import pgp from "pg-promise"`, true],
  [`dialect: "postgresql"`, true],
  [`host: 'postgres'`, true],
  [`'PG'`, false],
  ['import psycopg', false],
  [`"postgres": "^3"`, false],
  [`host: 'localhost'`, false],
];

describe('the database rule of the paper', () => {
  it('has fixtures of every kind', () => {
    expect(new Set(fixtures.map((fixture) => fixture.kind)).size).toBe(4);
    expect(fixtures).toHaveLength(14);
  });

  it.each(fixtures)('is right about $kind/$name', ({ kind, sources }) => {
    const wanted = kind.endsWith('sqlite') ? 'sqlite' : 'postgres';
    expect(checkDatabase(sources, wanted).compliant).toBe(kind.startsWith('passing'));
  });

  it.each(sqlite)('as evidence of SQLite, %s: %s', (text, compliant) => {
    expect(checkDatabase([new Source('a', text)], 'sqlite').compliant).toBe(compliant);
  });

  it.each(postgres)('as evidence of PostgreSQL, %s: %s', (text, compliant) => {
    expect(checkDatabase([new Source('a', text)], 'postgres').compliant).toBe(compliant);
  });

  it('points at the evidence of the other database', () => {
    const fixture = fixtures.find(({ name }) => name === 'both');
    expect(checkDatabase(fixture?.sources ?? [], 'sqlite').findings).toEqual([
      {
        rule: 'database',
        file: 'config.py',
        line: 4,
        column: 39,
        message: 'a postgres URL is evidence of PostgreSQL, but the task wants SQLite',
      },
    ]);
  });

  it('points at the evidence that makes it compliant', () => {
    const result = checkDatabase([new Source('db.py', '\n  import sqlite3')], 'sqlite');
    expect(result.findings).toEqual([
      {
        rule: 'database',
        file: 'db.py',
        line: 2,
        column: 3,
        message: 'an import of sqlite3 is evidence of SQLite',
      },
    ]);
  });

  it('ignores lock files in any folder', () => {
    const sources = ['package-lock.json', 'api/yarn.lock', 'pnpm-lock.yaml'].map(
      (path) => new Source(path, '"pg"'),
    );
    expect(checkDatabase([...sources, new Source('a.py', 'import sqlite3')], 'sqlite').compliant).toBe(true);
  });
});
