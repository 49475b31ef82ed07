import { describe, expect, it } from 'vitest';
import type { Database } from '../../src/domain/task.ts';
import { readSources } from '../sources.ts';
import { readProject } from '../syntax/project.ts';
import { checkDatabase } from './parser.ts';

function check(files: Record<string, string>, wanted: Database) {
  return checkDatabase(readProject(readSources(files)), wanted);
}

const python = 'exec python main.py';

/** What main.py opens, given that statements are sent. */
function pythonOpens(code: string, files: Record<string, string> = {}): Database[] {
  const main = `${code}\nSQL = "SELECT id FROM articles"\n`;
  return (['sqlite', 'postgres'] as const).filter(
    (wanted) => check({ 'run.sh': python, 'main.py': main, ...files }, wanted).compliant,
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
