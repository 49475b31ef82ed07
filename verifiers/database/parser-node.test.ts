import { describe, expect, it } from 'vitest';
import type { Database } from '../../src/domain/task.ts';
import { readSources } from '../sources.ts';
import { readProject } from '../syntax/project.ts';
import { checkDatabase } from './parser.ts';

function check(files: Record<string, string>, wanted: Database) {
  return checkDatabase(readProject(readSources(files)), wanted);
}

const node = 'exec node main.js';

/** What main.js opens, given that statements are sent. */
function nodeOpens(code: string, files: Record<string, string> = {}): Database[] {
  const main = `${code}\nconst sql = 'SELECT id FROM articles';\n`;
  return (['sqlite', 'postgres'] as const).filter(
    (wanted) => check({ 'run.sh': node, 'main.js': main, ...files }, wanted).compliant,
  );
}

describe('what Node opens', () => {
  it.each<[string, Database]>([
    ["const Database = require('better-sqlite3'); const db = new Database('a.db');", 'sqlite'],
    ["const db = require('better-sqlite3')('a.db');", 'sqlite'],
    ["const sqlite3 = require('sqlite3').verbose(); const db = new sqlite3.Database('a.db');", 'sqlite'],
    [
      "import sqlite3 from 'sqlite3'; import { open } from 'sqlite'; const db = await open({ filename: 'a.db', driver: sqlite3.Database });",
      'sqlite',
    ],
    ["import { DatabaseSync } from 'node:sqlite'; const db = new DatabaseSync('a.db');", 'sqlite'],
    [
      "import { createClient } from '@libsql/client'; const db = createClient({ url: 'file:a.db' });",
      'sqlite',
    ],
    ["import pg from 'pg'; const { Pool } = pg; const pool = new Pool();", 'postgres'],
    ["const { Client } = require('pg'); const client = new Client({});", 'postgres'],
    ["const { native: { Pool } } = require('pg'); new Pool();", 'postgres'],
    ["const { Pool } = await import('pg'); new Pool();", 'postgres'],
    ["const pgp = require('pg-promise')(); const db = pgp('postgres://h/d');", 'postgres'],
    ["const Client = require('pg-native'); const client = new Client();", 'postgres'],
    ["import postgres from 'postgres'; const sql2 = postgres(process.env.DATABASE_URL);", 'postgres'],
    ["import { PGlite } from '@electric-sql/pglite'; const db = new PGlite();", 'postgres'],
    [
      "const fastify = require('fastify')(); fastify.register(require('@fastify/postgres'), { connectionString: 'x' });",
      'postgres',
    ],
    ["const knex = require('knex')({ client: 'pg', connection: {} });", 'postgres'],
    [
      "import knex from 'knex'; import config from './knexfile.js'; const db = knex(config.development);",
      'sqlite',
    ],
    [
      "const { Kysely, SqliteDialect } = require('kysely'); new Kysely({ dialect: new SqliteDialect({}) });",
      'sqlite',
    ],
    [
      "const { drizzle } = require('drizzle-orm/node-postgres'); const db = drizzle('postgres://h/d');",
      'postgres',
    ],
    [
      "import { DataSource } from 'typeorm'; new DataSource({ type: 'better-sqlite3', database: 'a.db' });",
      'sqlite',
    ],
    [
      "import { MikroORM } from '@mikro-orm/postgresql'; const orm = await MikroORM.init({ dbName: 'x' });",
      'postgres',
    ],
    ["const { PrismaClient } = require('@prisma/client'); const prisma = new PrismaClient();", 'sqlite'],
    [
      "const { Sequelize } = require('sequelize'); new Sequelize('postgres://user:password@h/d');",
      'postgres',
    ],
    ["const { Sequelize } = require('sequelize'); new Sequelize('sqlite::memory:');", 'sqlite'],
    [
      "const Sequelize = require('sequelize'); new Sequelize({ dialect: 'sqlite', storage: ':memory:' });",
      'sqlite',
    ],
    [
      "import { Sequelize } from 'sequelize'; new Sequelize('postgres', 'user', 'password', { dialect: 'sqlite' });",
      'sqlite',
    ],
    [
      "import { Sequelize } from 'sequelize-typescript'; new Sequelize({ dialect: process.env.DIALECT || 'postgres' });",
      'postgres',
    ],
    [
      "const { Sequelize } = require('sequelize'); const c = require('./config.json')[process.env.NODE_ENV || 'development']; new Sequelize(c.database, c.username, c.password, c);",
      'postgres',
    ],
  ])('%s', (code, expected) => {
    const files = {
      'knexfile.js':
        "export default { development: { client: 'better-sqlite3' }, production: { client: 'pg' } };",
      'prisma/schema.prisma': 'datasource db {\n  provider = "sqlite"\n  url = "file:./a.db"\n}\n',
      'config.json': '{"development": {"dialect": "postgres"}, "test": {"dialect": "sqlite"}}',
    };
    expect(nodeOpens(code, files)).toEqual([expected]);
  });

  it('opens neither with another engine', () => {
    expect(nodeOpens("require('mongoose').connect('mongodb://h/d');")).toEqual([]);
    expect(nodeOpens("require('mysql2').createPool({});\nnew (require('better-sqlite3'))('a.db');")).toEqual(
      [],
    );
  });

  it('reads what package.json starts with its variables', () => {
    const code =
      "const { Sequelize } = require('sequelize'); new Sequelize({ dialect: process.env.DIALECT });";
    const scripts = { start: 'cross-env DIALECT=sqlite node main.js' };
    const files = { 'run.sh': 'npm start', 'package.json': JSON.stringify({ scripts }) };
    expect(nodeOpens(code, files)).toEqual(['sqlite']);
  });
});

describe('what is said', () => {
  const message = (files: Record<string, string>, wanted: Database = 'sqlite') =>
    check({ 'run.sh': node, ...files }, wanted).findings.map(
      ({ file, line, message: text }) => `${file}:${line} ${text}`,
    );

  it.each<[string, Record<string, string>, string]>([
    [
      'the other is opened',
      { 'main.js': "\nnew (require('pg').Pool)();" },
      'main.js:2 Pool() of pg opens PostgreSQL, but the task wants SQLite',
    ],
    [
      'declared',
      { 'main.js': '', 'package.json': '{"dependencies": {\n"better-sqlite3": "1"}}' },
      'package.json:2 better-sqlite3 is declared, and the code never uses it',
    ],
    [
      'imported',
      { 'main.js': "const D = require('better-sqlite3');" },
      'main.js:1 better-sqlite3 is imported and no SQLite database is ever opened',
    ],
    [
      'idle',
      { 'main.js': '', 'db.js': "const D = require('better-sqlite3');\nnew D('a');" },
      'db.js:2 better-sqlite3 opens SQLite in code that does not run',
    ],
    ['a comment', { 'main.js': '// sqlite3' }, 'main.js:1 SQLite is only named here, in a comment or a text'],
    ['nothing', { 'main.js': '' }, 'run.sh:1 nothing opens SQLite'],
    [
      'not known',
      { 'main.js': "const { Sequelize } = require('sequelize'); new Sequelize(process.env.URL);" },
      'main.js:1 Sequelize() of sequelize opens a database, and which one is not known',
    ],
    [
      'not used',
      {
        'main.js':
          "const D = require('better-sqlite3');\nconst db = new D('a');\ndb.exec('CREATE TABLE a (b)');",
      },
      'main.js:2 better-sqlite3 opens SQLite and nothing ever reads or writes a row there',
    ],
  ])('%s', (_, files, expected) => {
    expect(message(files)[0]).toContain(expected);
  });

  it('notes a database in memory and a driver that is only declared', () => {
    const result = check(
      {
        'run.sh': node,
        'package.json': '{"dependencies": {"pg": "8", "better-sqlite3": "11"}}',
        'main.js':
          "const db = new (require('better-sqlite3'))(':memory:');\ndb.prepare('SELECT a FROM b').all();",
      },
      'sqlite',
    );
    expect(result.compliant).toBe(true);
    expect(result.notes?.map(({ message: text }) => text.split(':')[0])).toEqual([
      'this database is in memory',
      'pg is declared, a driver of PostgreSQL, and never used',
    ]);
  });

  it('takes all code but tests when it cannot be told what runs', () => {
    const files = {
      'src/db.js': "new (require('better-sqlite3'))('a');\nconst q = 'SELECT a FROM b';",
      'test/db.js': "new (require('pg').Pool)();",
    };
    expect(check(files, 'sqlite').notes?.[0]?.message).toContain('there is no run.sh');
    expect(check(files, 'sqlite').compliant).toBe(true);
    const lost = check({ ...files, 'run.sh': node }, 'sqlite');
    expect(lost.compliant).toBe(true);
    expect(lost.notes?.[0]?.message).toContain('main.js is started and was not found');
  });
});
