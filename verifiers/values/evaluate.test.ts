import { describe, expect, it } from 'vitest';
import { readSources } from '../sources.ts';
import { readProject } from '../syntax/project.ts';
import { evaluatorOf } from './index.ts';
import type { Value } from './value.ts';

/** The values of the global `x` of the first file. */
function valuesOf(files: Record<string, string>): unknown[] {
  const project = readProject(readSources(files));
  const running = [...project.modules.values()];
  const [path = ''] = Object.keys(files);
  const module = project.modules.get(path);
  if (module === undefined) throw new Error(`${path} was not parsed`);
  return evaluatorOf(project, running).defined(module, 'x').map(show);
}

/** Texts as they are, `?` for what is not known. */
function show(value: Value): unknown {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'template':
      return value.parts.map((part) => part ?? '?').join('');
    case 'constant':
      return value.value;
    case 'unknown':
      return '?';
    case 'dictionary':
      return Object.fromEntries([...value.entries].map(([key, values]) => [key, values.map(show)]));
    case 'list':
      return value.items.map((values) => values.map(show));
    case 'package':
      return `${value.name}.${value.path.join('.')}`;
    case 'class':
    case 'instance':
    case 'callable':
      return `${value.kind} ${value.value.name}`;
    case 'module':
      return value.module.path;
  }
}

const python = (text: string, others: Record<string, string> = {}) =>
  valuesOf({ 'main.py': text, ...others });
const script = (text: string, others: Record<string, string> = {}) =>
  valuesOf({ 'main.ts': `${text}\nexport { x };`, ...others });

describe('texts', () => {
  it('are put together in the ways of Python', () => {
    expect(python('a = "b"\nx = f"{a}c{a!s}" "d"')).toEqual(['bcbd']);
    expect(python('a = "b"\nx = "sqlite:///" + a + ".db"')).toEqual(['sqlite:///b.db']);
    expect(python('x = "%s://%s:%d/%(n)s" % ("a", "b", 5)')).toEqual(['a://b:5/?']);
    expect(python('x = "%(n)s-%%" % {"n": "a"}')).toEqual(['a-%']);
    expect(python('x = "{}://{h}/{1}".format("a", "b", h="c")')).toEqual(['a://c/b']);
    expect(python('x = "/".join(["a", "b"])')).toEqual(['a/b']);
    expect(python('import os\nx = os.path.join("a", str("b"))')).toEqual(['a/b']);
    expect(python('from pathlib import Path\nx = f"sqlite:///{Path(__file__).parent / "a.db"}"')).toEqual([
      'sqlite:///?/a.db',
    ]);
    expect(python('x = "postgres://h/d".replace("postgres://", "postgresql://", 1)')).toEqual([
      'postgresql://h/d',
    ]);
    expect(python('x = "  A ".strip().lower()')).toEqual(['a']);
  });

  it('are put together in the ways of JavaScript', () => {
    expect(script("const a = 'b'; const x = `${a}://${a + 1}/${process.argv[2]}`;")).toEqual(['b://b1/?']);
    expect(script("import path from 'node:path'; const x = path.join(__dirname, '..', 'a.db');")).toEqual([
      '?/../a.db',
    ]);
    expect(script("const x = ['a', 'b'].join('/').toUpperCase();")).toEqual(['A/B']);
    expect(script("const x = String(new URL('postgres://h/d').href);")).toEqual(['postgres://h/d']);
  });

  it('are unknown rather than guessed', () => {
    expect(python('x = f(1)[2]')).not.toContain('1');
    expect(python('import requests\nx = "a" + requests.get("u").text')).toEqual(['a?']);
    expect(python('x = x + "a"')).toEqual(['?a']);
    expect(python('x = input() % 2')).toEqual(['?']);
  });
});

describe('the environment', () => {
  it('gives what run.sh sets, and defaults otherwise', () => {
    const read = 'import os\nx = os.environ.get("DB", "sqlite:///a")';
    expect(python(read)).toEqual(['sqlite:///a']);
    expect(python(read, { 'run.sh': 'export DB=postgresql://h/d\npython main.py' })).toEqual([
      'postgresql://h/d',
    ]);
    expect(python(read, { 'run.sh': 'DB="${DB:-mysql://}" python main.py' })).toEqual(['mysql://']);
    expect(python(read, { 'run.sh': 'export DB=$(cat secret)\npython main.py' })).toEqual(['?']);
    expect(
      python(read, { 'run.sh': 'set -a; . ./.env; set +a\npython main.py', '.env': 'DB="b" # c' }),
    ).toEqual(['b']);
    expect(python(read, { '.env': 'DB=b' })).toEqual(['sqlite:///a']);
    expect(python(`from dotenv import load_dotenv\nload_dotenv()\n${read}`, { '.env': 'DB=b' })).toEqual([
      'b',
    ]);
    expect(python('import os\nx = os.environ["DB"]')).toEqual([null]);
    expect(
      python('from os import getenv, environ\nenviron.setdefault("A", "b")\nx = getenv("A") or "c"'),
    ).toEqual(['c']);
  });

  it('is read by JavaScript in all its forms', () => {
    const sets = {
      'run.sh': 'npm start',
      'package.json': '{"scripts": {"start": "cross-env DB=pg node main.js"}}',
    };
    expect(script("const x = process.env.DB || 'a';", sets)).toEqual(['pg']);
    expect(script("const x = process.env['DB'] ?? 'a';")).toEqual(['a']);
    expect(script("const { DB: x = 'a' } = process.env;")).toEqual(['a']);
    expect(script("import { env } from 'node:process'; const x = env.DB;", sets)).toEqual(['pg']);
    expect(script("const x = process.env.PORT || 'a';")).toEqual(['?', 'a']);
  });

  it('is read by the packages for it', () => {
    const set = { '.env': 'DB=b\nAPP_URL=c' };
    expect(python('from decouple import config\nx = config("DB", default="a")', set)).toEqual(['b']);
    expect(python('from decouple import config\nx = config("NO", default="a")', set)).toEqual(['a']);
    expect(python('import environ\nenv = environ.Env()\nx = env("DB", default="a")')).toEqual(['a']);
    expect(python('from environs import Env\nenv = Env()\nx = env.str("DB", "a")', set)).toEqual(['b']);
    expect(
      python('from starlette.config import Config\nc = Config(".env")\nx = c("DB", cast=str, default="a")'),
    ).toEqual(['a']);
    expect(
      python('import dj_database_url\nx = dj_database_url.config(default="sqlite:///a")["ENGINE"]'),
    ).toEqual(['django.db.backends.sqlite3']);
  });

  it('fills the settings of pydantic', () => {
    const settings = (body: string) =>
      `from pydantic_settings import BaseSettings\nfrom pydantic import Field\nclass S(BaseSettings):\n${body}\nx = S().url`;
    expect(python(settings('  url: str = "a"'))).toEqual(['a']);
    expect(python(settings('  url: str = "a"'), { 'run.sh': 'URL=b python main.py' })).toEqual(['b']);
    expect(python(settings('  url: str = Field("a", validation_alias="DB")'), { '.env': 'DB=b' })).toEqual([
      'b',
    ]);
    expect(python(settings('  url: str = Field(default="a")'))).toEqual(['a']);
    expect(
      python(settings('  model_config = SettingsConfigDict(env_prefix="APP_")\n  url: str = "a"'), {
        '.env': 'APP_URL=c',
      }),
    ).toEqual(['c']);
    expect(
      python(
        settings(
          '  host: str = "h"\n  @property\n  def url(self):\n    return f"postgresql://{self.host}/d"',
        ),
      ),
    ).toEqual(['postgresql://h/d']);
  });
});

describe('names', () => {
  it('are followed across files', () => {
    expect(
      python('from app.config import settings\nx = settings.URL', {
        'app/__init__.py': '',
        'app/config.py': 'from .base import Base\nclass Config(Base):\n  NAME = "a"\nsettings = Config()\n',
        'app/base.py': 'class Base:\n  URL = "b"\n',
      }),
    ).toEqual(['b']);
    expect(
      valuesOf({
        'main.js': "const { db } = require('./config'); const x = db.url; exports.x = x;",
        'config/index.js': "module.exports = { db: { url: 'a', ...require('./more') } };",
        'config/more.js': "module.exports = { url: 'b' };",
      }),
    ).toEqual(['b']);
    expect(
      script(
        "import config, { name } from './config.js'; const x = config[process.env.NODE_ENV || 'dev'].url + name;",
        {
          'config.ts': "export const name = '!'; export default { dev: { url: 'a' }, test: { url: 'b' } };",
        },
      ),
    ).toEqual(['a!']);
    expect(python('import app.config\nx = app.config.URL', { 'app/config.py': 'URL = "a"' })).toEqual(['a']);
  });

  it('hold what was assigned last before', () => {
    expect(python('a = "1"\nx = a\na = "2"')).toEqual(['1']);
    expect(python('a = "1"\nif b: a = "2"\nx = a').sort()).toEqual(['1', '2']);
    expect(python('try:\n  import a\n  x = "1"\nexcept ImportError:\n  x = "2"').sort()).toEqual(['1', '2']);
    expect(
      python('import os\nx = os.getenv("DB", "sqlite://a")\nif x.startswith("postgres://"):\n  x = "b"'),
    ).toEqual(['sqlite://a']);
  });

  it('are of the function they stand in', () => {
    expect(python('a = "1"\ndef f():\n  a = "2"\n  return a\nx = f()')).toEqual(['2']);
    expect(python('def f(a, b="2"):\n  return a + b\nx = f("1")')).toEqual(['12']);
    expect(python('def f():\n  if 0: return "1"\n  return "2"\n  return "3"\nx = f()')).toEqual(['2']);
    expect(python('x = None\ndef f():\n  global x\n  x = "1"')).toContain('1');
    expect(python('class A:\n  def __init__(self, u):\n    self.u = u\nx = A("1").u')).toEqual(['1']);
    expect(script("class A { constructor(u) { this.u = u; } } const a = new A('1'); const x = a.u;")).toEqual(
      ['1'],
    );
  });

  it('end in packages', () => {
    expect(python('import sqlite3\nc = sqlite3.connect("a")\nx = c.cursor().execute')).toEqual([
      'sqlite3.connect.().cursor.().execute',
    ]);
    expect(script("import express from 'express'; const x = express();")).toEqual(['express.()']);
    expect(script("const { Pool } = require('pg'); const x = await new Pool().connect();")).toEqual([
      'pg.Pool.().connect.()',
    ]);
    expect(script("const x = (await import('hono')).Hono;")).toEqual(['hono.Hono']);
  });
});

describe('conditions', () => {
  it('on known values are decided', () => {
    expect(python('import os\nx = "1" if os.getenv("T") == "a" else "2"')).toEqual(['2']);
    expect(python('import os\nx = "1" if os.getenv("T", "a") in ("a", "b") else "2"')).toEqual(['1']);
    expect(python('import os\nT = os.getenv("T", "a")\nif T == "b":\n  x = "1"\nelse:\n  x = "2"')).toEqual([
      '2',
    ]);
    expect(script("const x = process.env.T === 'a' ? '1' : '2';", { 'run.sh': 'T=a node main.ts' })).toEqual([
      '1',
    ]);
    expect(python('x = "1" if unknown() else "2"').sort()).toEqual(['1', '2']);
  });
});

describe('hostile code', () => {
  it('ends', () => {
    const chain = Array.from({ length: 3000 }, (_, i) => `a${i + 1} = a${i}`).join('\n');
    expect(python(`a0 = "1"\n${chain}\nx = a3000`)).toEqual(['?']);
    expect(python('def f(): return g()\ndef g(): return f()\nx = f()')).toEqual(['?']);
    expect(python('class A(B): pass\nclass B(A): pass\nx = A().y')).toEqual(['?']);
    const doubled = Array.from({ length: 40 }, (_, i) => `a${i + 1} = [a${i}, a${i}]`).join('\n');
    expect(python(`a0 = "1"\n${doubled}\nx = len(a40)`)).toHaveLength(1);
    const choices = Array.from({ length: 40 }, (_, i) => `a${i + 1} = a${i} + (u${i}() and "b" or "c")`).join(
      '\n',
    );
    expect(python(`a0 = "1"\n${choices}\nx = a40`).length).toBeLessThan(20);
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    for (const name of names) expect(python(`x = {}.get("${name}", "1")`)).toEqual(['1']);
  });
});
