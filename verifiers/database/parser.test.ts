import { describe, expect, it } from 'vitest';
import type { Database } from '../../src/domain/task.ts';
import { readSources } from '../sources.ts';
import { readProject } from '../syntax/project.ts';
import { checkDatabase } from './parser.ts';

function check(files: Record<string, string>, wanted: Database) {
  return checkDatabase(readProject(readSources(files)), wanted);
}

const python = 'exec python main.py';
const node = 'exec node main.js';

/** What main.py opens, given that statements are sent. */
function pythonOpens(code: string, files: Record<string, string> = {}): Database[] {
  const main = `${code}\nSQL = "SELECT id FROM articles"\n`;
  return (['sqlite', 'postgres'] as const).filter(
    (wanted) => check({ 'run.sh': python, 'main.py': main, ...files }, wanted).compliant,
  );
}

function nodeOpens(code: string, files: Record<string, string> = {}): Database[] {
  const main = `${code}\nconst sql = 'SELECT id FROM articles';\n`;
  return (['sqlite', 'postgres'] as const).filter(
    (wanted) => check({ 'run.sh': node, 'main.js': main, ...files }, wanted).compliant,
  );
}

describe('what Python opens', () => {
  it.each<[string, Database]>([
    ['import sqlite3\nsqlite3.connect("a.db")', 'sqlite'],
    ['from sqlite3 import connect as open_db\nopen_db("a.db")', 'sqlite'],
    [
      'import aiosqlite\nasync def f():\n  async with aiosqlite.connect("a.db") as db:\n    pass\nf()',
      'sqlite',
    ],
    ['import apsw\napsw.Connection("a.db")', 'sqlite'],
    ['import psycopg2\npsycopg2.connect(host="postgres")', 'postgres'],
    ['from psycopg2.pool import ThreadedConnectionPool\nThreadedConnectionPool(1, 5, dsn="x")', 'postgres'],
    ['from psycopg2 import pool\npool.SimpleConnectionPool(1, 5)', 'postgres'],
    ['import psycopg2.pool\npsycopg2.pool.SimpleConnectionPool(1, 5)', 'postgres'],
    ['import psycopg\npsycopg.connect("dbname=x")', 'postgres'],
    ['import psycopg\nasync def f():\n  await psycopg.AsyncConnection.connect("dbname=x")\nf()', 'postgres'],
    ['from psycopg_pool import AsyncConnectionPool\npool = AsyncConnectionPool(conninfo="x")', 'postgres'],
    [
      'import asyncpg\nasync def f(app):\n  app["pool"] = await asyncpg.create_pool(dsn="x")\nf({})',
      'postgres',
    ],
    ['import aiopg\nasync def f():\n  await aiopg.create_pool("x")\nf()', 'postgres'],
    ['import pg8000.native\npg8000.native.Connection("user")', 'postgres'],
    ['from databases import Database\ndb = Database("postgresql+asyncpg://h/d")', 'postgres'],
    ['from databases import Database\ndb = Database("sqlite+aiosqlite:///a.db")', 'sqlite'],
    ['from sqlalchemy import create_engine\ncreate_engine("sqlite:///a.db")', 'sqlite'],
    ['import sqlalchemy as sa\nsa.create_engine(url="postgresql+psycopg://h/d")', 'postgres'],
    [
      'from sqlalchemy.ext.asyncio import create_async_engine\ncreate_async_engine("postgresql+asyncpg://h/d")',
      'postgres',
    ],
    [
      'from sqlalchemy import URL, create_engine\ncreate_engine(URL.create("postgresql+psycopg2", host="h"))',
      'postgres',
    ],
    [
      'from sqlalchemy.engine import URL\nfrom sqlalchemy import create_engine\nurl = URL.create(drivername="sqlite", database="x")\ncreate_engine(url)',
      'sqlite',
    ],
    ['from sqlmodel import create_engine\ncreate_engine("sqlite:///a.db")', 'sqlite'],
    [
      'from flask_sqlalchemy import SQLAlchemy\ndb = SQLAlchemy()\napp.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///a.db"',
      'sqlite',
    ],
    [
      'from flask_sqlalchemy import SQLAlchemy\napp.config.from_mapping(SQLALCHEMY_DATABASE_URI="postgresql://h/d")\ndb = SQLAlchemy(app)',
      'postgres',
    ],
    [
      'from flask_sqlalchemy import SQLAlchemy\napp.config.update({"SQLALCHEMY_DATABASE_URI": "postgresql://h/d"})\ndb = SQLAlchemy(app)',
      'postgres',
    ],
    [
      'from flask_sqlalchemy import SQLAlchemy\nclass Config:\n  SQLALCHEMY_DATABASE_URI = "sqlite:///a.db"\napp.config.from_object(Config)\nSQLAlchemy(app)',
      'sqlite',
    ],
    [
      'from flask_sqlalchemy import SQLAlchemy\nclass Base:\n  SQLALCHEMY_DATABASE_URI = "sqlite:///a.db"\nclass Test(Base):\n  SQLALCHEMY_DATABASE_URI = "postgresql://h/d"\nclass Prod(Base):\n  pass\nkinds = {"test": Test, "prod": Prod}\napp.config.from_object(kinds["prod"])\nSQLAlchemy(app)',
      'sqlite',
    ],
    [
      'from tortoise import Tortoise\nasync def f():\n  await Tortoise.init(db_url="sqlite://a.db", modules={"models": ["m"]})\nf()',
      'sqlite',
    ],
    [
      'from tortoise.contrib.fastapi import register_tortoise\nregister_tortoise(app, config={"connections": {"default": {"engine": "tortoise.backends.asyncpg", "credentials": {}}}})',
      'postgres',
    ],
    ['from peewee import SqliteDatabase\nSqliteDatabase("a.db")', 'sqlite'],
    ['from playhouse.db_url import connect\nconnect("postgresql://h/d")', 'postgres'],
    ['from pony.orm import Database\nDatabase("sqlite", "a.db")', 'sqlite'],
    ['from pony.orm import Database\ndb = Database()\ndb.bind(provider="postgres", user="x")', 'postgres'],
    ['import importlib\nsqlite3 = importlib.import_module("sqlite3")\nsqlite3.connect("a.db")', 'sqlite'],
  ])('%s', (code, expected) => {
    expect(pythonOpens(code)).toEqual([expected]);
  });

  it('follows values over files, the environment of run.sh and defaults', () => {
    const code = 'from sqlalchemy import create_engine\nfrom config import URL\ncreate_engine(URL)';
    const config = 'import os\nURL = os.getenv("DATABASE_URL", "sqlite:///a.db")';
    expect(pythonOpens(code, { 'config.py': config })).toEqual(['sqlite']);
    const script = 'export DATABASE_URL=postgresql://h/d\npython main.py';
    expect(pythonOpens(code, { 'config.py': config, 'run.sh': script })).toEqual(['postgres']);
  });

  it('decides branches on known values, and takes both sides of others', () => {
    const branch = (test: string) =>
      `import os, sqlite3, psycopg2\nif ${test}:\n  psycopg2.connect("x")\nelse:\n  sqlite3.connect("a.db")`;
    expect(pythonOpens(branch('os.getenv("DB") == "postgres"'))).toEqual(['sqlite']);
    expect(pythonOpens(branch('os.getenv("DB", "postgres") == "postgres"'))).toEqual(['postgres']);
    expect(pythonOpens(branch('os.path.exists("x")'))).toEqual([]);
  });

  it('leaves functions out that nothing calls', () => {
    const code =
      'import sqlite3, psycopg2\ndef open_old():\n  return psycopg2.connect("x")\ndef open_db():\n  return sqlite3.connect("a.db")\n';
    expect(pythonOpens(`${code}db = open_db()`)).toEqual(['sqlite']);
    expect(pythonOpens(`${code}db = open_db() or open_old()`)).toEqual([]);
  });
});

describe('what Django opens', () => {
  const manage = 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "conf.settings")';
  const models = 'from .models import Article\nrows = Article.objects.all()';
  const run = 'python manage.py migrate && python manage.py runserver 0.0.0.0:8080';
  const opens = (settings: string, files: Record<string, string> = {}): Database[] =>
    (['sqlite', 'postgres'] as const).filter(
      (wanted) =>
        check(
          {
            'run.sh': run,
            'manage.py': manage,
            'conf/__init__.py': '',
            'conf/settings.py': `INSTALLED_APPS = ["django.contrib.auth", "articles"]\nROOT_URLCONF = "conf.urls"\n${settings}`,
            'conf/urls.py':
              'from django.urls import include, path\nurlpatterns = [path("", include("articles.urls"))]',
            'articles/urls.py': 'from . import views',
            'articles/views.py': models,
            'articles/models.py': 'from django.db import models',
            ...files,
          },
          wanted,
        ).compliant,
    );
  const backend = (name: string) =>
    `DATABASES = {"default": {"ENGINE": "django.db.backends.${name}", "NAME": "x"}}`;

  it.each<[string, Database[]]>([
    [backend('sqlite3'), ['sqlite']],
    [backend('postgresql'), ['postgres']],
    [backend('postgresql_psycopg2'), ['postgres']],
    [backend('mysql'), []],
    [`${backend('sqlite3')}\n${backend('postgresql')}`, ['postgres']],
    [
      `${backend('sqlite3')}\nDATABASES["default"] = {"ENGINE": "django.db.backends.postgresql"}`,
      ['postgres'],
    ],
    [
      'import dj_database_url\nDATABASES = {"default": dj_database_url.config(default="sqlite:///a.db")}',
      ['sqlite'],
    ],
    [
      'import environ\nenv = environ.Env()\nDATABASES = {"default": env.db("DATABASE_URL", default="postgres://h/d")}',
      ['postgres'],
    ],
    [
      'import os\nDATABASES = {"default": {"ENGINE": os.getenv("ENGINE", "django.db.backends.sqlite3")}}',
      ['sqlite'],
    ],
    ['# DATABASES with django.db.backends.sqlite3', []],
  ])('%s', (settings, expected) => {
    expect(opens(settings)).toEqual(expected);
  });

  it('takes the settings that are started, over those that they import', () => {
    const files = {
      'conf/base.py': backend('sqlite3'),
      'conf/dev.py': backend('mysql'),
    };
    expect(opens(`from .base import *\n${backend('postgresql')}`, files)).toEqual(['postgres']);
    expect(opens('from .base import *', files)).toEqual(['sqlite']);
  });

  it('is not used when nothing is read or written', () => {
    const result = check(
      {
        'run.sh': 'python manage.py runserver',
        'manage.py': manage,
        'conf/settings.py': `INSTALLED_APPS = []\n${backend('sqlite3')}`,
      },
      'sqlite',
    );
    expect(result.findings[0]?.message).toContain('opened but never used');
  });
});

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
