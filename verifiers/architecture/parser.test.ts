import { describe, expect, it } from 'vitest';
import { readSources } from '../sources.ts';
import { readProject } from '../syntax/project.ts';
import { checkArchitecture } from './parser.ts';

/** Layers of an Express submission in which everything runs and every import goes down. */
const node: Record<string, string> = {
  'run.sh': 'node src/server.js',
  'package.json': '{"type": "module", "imports": {"#services/*": "./src/services/*"}}',
  'src/server.js': "import express from 'express';\nimport './routes/users.js';\nexpress().listen(3000);",
  'src/routes/users.js':
    "import { login } from '../services/users.js';\nimport { notFound } from '../lib/errors.js';\nexport const route = () => login(notFound);",
  'src/services/users.js':
    "import * as users from '../repositories/users.js';\nexport const login = () => users.find();",
  'src/repositories/users.js':
    "import { db } from '../db.js';\nimport { User } from '../models/user.js';\nexport const find = () => new User(db.prepare('SELECT * FROM users').get());",
  'src/models/user.js': 'export class User {}',
  'src/lib/errors.js': 'export const notFound = 404;',
  'src/db.js': "import Database from 'better-sqlite3';\nexport const db = new Database('x.db');",
};

const flask: Record<string, string> = {
  'run.sh': 'python app.py',
  'app.py':
    'from flask import Flask\nfrom routes.users import bp\napp = Flask(__name__)\napp.register_blueprint(bp)\napp.run()\n',
  'routes/__init__.py': '',
  'routes/users.py':
    "from flask import Blueprint\nfrom db import get_db\nfrom services.users import login\nbp = Blueprint('users', __name__)\n\n@bp.post('/users')\ndef create():\n    return login(get_db())\n",
  'services/users.py': 'from repositories.users import find\n\ndef login(db):\n    return find(db)\n',
  'repositories/users.py':
    "from models.user import User\n\ndef find(db):\n    return User(db.execute('SELECT * FROM users').fetchone())\n",
  'models/user.py': 'class User:\n    pass\n',
  'db.py': "import sqlite3\n\ndef get_db():\n    return sqlite3.connect('x.db')\n",
};

function check(files: Record<string, string>) {
  const { compliant, findings, notes = [] } = checkArchitecture(readProject(readSources(files)));
  const show = ({ file, line, column, message }: (typeof findings)[number]) =>
    `${file}:${line}:${column} ${message}`;
  return { compliant, findings: findings.map(show), notes: notes.map(show) };
}

describe('the layers', () => {
  it('are named with their files when all is well', () => {
    expect(check(node)).toEqual({
      compliant: true,
      findings: [
        'src/routes/users.js:1:1 the routes layer: src/routes/users.js',
        'src/services/users.js:1:1 the services layer: src/services/users.js',
        'src/repositories/users.js:1:1 the repositories layer: src/repositories/users.js',
        'src/models/user.js:1:1 the models layer: src/models/user.js',
      ],
      notes: [],
    });
    expect(check(flask)).toMatchObject({ compliant: true, notes: [] });
  });

  it.each([
    ['Controllers', 'use-cases', 'data-access', 'entities'],
    ['endpoints', 'interactors', 'persistence', 'domain'],
    ['presentation', 'service', 'dao', 'model'],
  ])('may be called %s, %s, %s, %s', (routes, services, repositories, models) => {
    const renamed = Object.entries(node).map(([path, text]) => {
      const rename = (value: string) =>
        value
          .replaceAll('routes/', `${routes}/`)
          .replaceAll('services/', `${services}/`)
          .replaceAll('repositories/', `${repositories}/`)
          .replaceAll('models/', `${models}/`);
      return [rename(path), path.endsWith('package.json') ? text : rename(text)];
    });
    expect(check(Object.fromEntries(renamed)).findings).toHaveLength(4);
  });

  it('may be three, with a note', () => {
    const files = {
      ...node,
      'src/repositories/users.js': "import { db } from '../db.js';\nexport const find = () => db;",
    };
    expect(check(files)).toMatchObject({
      compliant: true,
      notes: ['src/db.js:1:1 there is no models layer; three of four are enough'],
    });
  });

  it('are told apart: none, too few, and some that do not run', () => {
    const none = {
      'run.sh': 'python app.py',
      'app.py': 'x = 1',
      'services.py': 'x = 1',
      'models.py': 'x = 1',
    };
    expect(check(none).findings).toEqual([
      'app.py:1:1 no layers at all: no directory that holds running code has the name of a layer',
    ]);
    const two = {
      'run.sh': 'node a.js',
      'a.js': "require('./routes/a')",
      'routes/a.js': "require('../models/a')",
      'models/a.js': 'x()',
    };
    expect(check(two).findings).toEqual([
      'a.js:1:1 only 2 of 4 layers have code that runs, 3 are needed; missing: services, repositories',
    ]);
    const dead = { ...none, 'routes/a.py': 'x = 1', 'services/a.py': 'x = 1', 'models/a.py': 'x = 1' };
    expect(check(dead).findings[0]).toContain(
      'no layers at all: no directory that holds running code has the name of a layer; there are directories for routes, services, models, but no code in them runs',
    );
  });

  it('are not made by empty files, tests and files that are no code', () => {
    const files = {
      ...node,
      'src/services/users.js': '// nothing\n',
      'src/routes/users.js': "import '../services/users.js';\nexport const route = 1;",
      'src/services/test/users.test.js': 'x()',
      'src/models/user.json': '{}',
    };
    expect(check(files).findings).toEqual([
      expect.stringContaining(
        'only 1 of 4 layers have code that runs, 3 are needed; missing: services, repositories, models',
      ),
    ]);
  });

  it('count when only their types are used', () => {
    const files = {
      'run.sh': 'npx tsx src/app.ts',
      'src/app.ts': "import './routes/a';",
      'src/routes/a.ts': "import { a } from '../services/a';\na();",
      'src/services/a.ts': "import type { A } from '../models/a';\nexport const a = (): A => ({});",
      'src/models/a.ts': 'export interface A {}',
    };
    expect(check(files).compliant).toBe(true);
  });

  it('are those of the nearest directory; the name of the file is none', () => {
    const files: Record<string, string> = {
      ...flask,
      'domain/services/users.py':
        'from repositories.users import find\n\ndef login(db):\n    return find(db)\n',
      'routes/users.py': (flask['routes/users.py'] ?? '').replace('from services', 'from domain.services'),
      'models/views.py': 'class View:\n    pass\n',
      'models/user.py': 'from models.views import View\n\nclass User(View):\n    pass\n',
    };
    delete files['services/users.py'];
    expect(check(files).compliant).toBe(true);
  });
});

describe('imports upwards', () => {
  const up = (path: string, text: string, more: Record<string, string> = {}) =>
    check({ ...node, ...more, [path]: text });
  const found = 'src/models/user.js:1:1 a file of the models layer imports';

  it.each([
    [
      'a name',
      "import { login } from '../services/users.js';",
      'login of src/services/users.js as ../services/users.js',
    ],
    [
      'several lines',
      "import {\n  login,\n} from '../services/users.js';",
      'login of src/services/users.js as',
    ],
    [
      'a module as a whole',
      "import * as s from '../services/users.js';\ns.login();",
      'login of src/services/users.js as',
    ],
    ['nothing, to run it', "import '../services/users.js';", 'src/services/users.js as ../services/users.js'],
    [
      'an alias',
      "import { login } from '#services/users.js';",
      'login of src/services/users.js as #services/users.js',
    ],
    ['an export', "export { login } from '../services/users.js';", 'login of src/services/users.js as'],
    [
      'an index file outside the layers',
      "import { login } from '../lib/index.js';",
      'login of src/services/users.js (passed on by src/lib/index.js) as ../lib/index.js',
    ],
    [
      'an index file as a whole',
      "import * as lib from '../lib/index.js';\nlib.login();",
      'login of src/services/users.js (passed on by src/lib/index.js) as ../lib/index.js',
    ],
  ])('are found in an import of %s', (_, text, message) => {
    const lib = {
      'src/lib/index.js': "export * from './errors.js';\nexport { login } from '../services/users.js';",
    };
    expect(up('src/models/user.js', `${text}\nexport class User {}`, lib).findings).toEqual([
      expect.stringContaining(`${found} ${message}`),
    ]);
  });

  it.each([
    ['require', "const { login } = require('../services/users.js');", '1:19'],
    ['a require on the spot', "\nrequire('../services/users.js').login();", '2:1'],
    [
      'an import inside a function',
      "const f = async () => (await import('../services/users.js')).login();",
      '1:30',
    ],
    ['an import whose promise is used', "import('../services/users.js').then((s) => s.login());", '1:1'],
  ])('are found in %s', (_, text, place) => {
    expect(up('src/models/user.js', `${text}\nexport class User {}`).findings).toEqual([
      expect.stringContaining(`src/models/user.js:${place} a file of the models layer imports`),
    ]);
  });

  it('name the cycle that they close', () => {
    const text =
      "import { login } from '../services/users.js';\nexport class User {}\nexport const x = login;";
    expect(up('src/models/user.js', text).findings[0]).toContain(
      '; it closes the cycle src/models/user.js -> src/services/users.js -> src/repositories/users.js -> src/models/user.js',
    );
  });

  it.each([
    ['the part of an index file that lies below', "import { notFound } from '../lib/index.js';"],
    [
      'an index file of which it cannot be told what is used',
      "import * as lib from '../lib/index.js';\nexport default lib;",
    ],
    ['a comment', "// import { login } from '../services/users.js';"],
    ['a string', 'const text = "import { login } from \'../services/users.js\'";'],
    ['a file of its own layer', "import './other.js';"],
  ])('are not found in %s', (_, text) => {
    const lib = {
      'src/lib/index.js': "export * from './errors.js';\nexport { login } from '../services/users.js';",
      'src/models/other.js': 'export const other = 1;',
    };
    expect(up('src/models/user.js', `${text}\nexport class User {}`, lib).compliant).toBe(true);
  });

  it('are found through objects of CommonJS that pass modules on', () => {
    const files = {
      'run.sh': 'node server.js',
      'server.js': "require('./routes/a');",
      'routes/a.js': "const { users } = require('../services');\nusers.login();",
      'services/index.js': "const users = require('./users');\nmodule.exports = { users };",
      'services/users.js': "require('../repositories/a');\nexports.login = () => 1;",
      'repositories/a.js': "const services = require('../services');\nservices.users.login();",
    };
    expect(check(files).findings).toEqual([
      'repositories/a.js:1:18 a file of the repositories layer imports services/users.js (passed on by services/index.js) as ../services; that is of the services layer, which lies above it; it closes the cycle repositories/a.js -> services/users.js -> repositories/a.js',
    ]);
  });

  it('are only noted when they take types', () => {
    const files = {
      ...node,
      'src/routes/users.js':
        "import { login } from '../services/users.js';\nimport '../services/b.ts';\nlogin();",
      'src/services/b.ts': "import '../repositories/b';\nexport interface Options {}",
      'src/repositories/b.ts': "import type { Options } from '../services/b';\nexport const b: Options = {};",
    };
    const { compliant, notes } = check(files);
    expect(compliant).toBe(true);
    expect(notes).toEqual([
      'src/repositories/b.ts:1:1 a file of the repositories layer imports Options of src/services/b.ts as ../services/b; that is of the services layer, which lies above it; it takes types only, which is allowed',
    ]);
  });

  it.each([
    ['from services.users import login', 'login of services/users.py as services.users'],
    ['from services import users', 'services/users.py as services'],
    ['import services.users', 'services/users.py as services.users'],
    ['from services.users import *\nlogin(1)', 'login of services/users.py as services.users'],
    ['from shared import login', 'login of services/users.py (passed on by shared/__init__.py) as shared'],
    [
      'import shared\nshared.login(1)',
      'login of services/users.py (passed on by shared/__init__.py) as shared',
    ],
    ["import importlib\nimportlib.import_module('services.users')", 'services/users.py as services.users'],
    ['def later():\n    from services.users import login', 'login of services/users.py as services.users'],
  ])('are found in Python: %s', (text, message) => {
    const files = {
      ...flask,
      'shared/__init__.py': 'from services.users import login\n',
      'models/user.py': `${text}\nclass User:\n    pass\n`,
    };
    expect(check(files).findings).toEqual([
      expect.stringContaining(`a file of the models layer imports ${message}`),
    ]);
  });

  it('are only noted below TYPE_CHECKING', () => {
    const text =
      'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from services.users import login\n\nclass User:\n    pass\n';
    expect(check({ ...flask, 'models/user.py': text })).toMatchObject({
      compliant: true,
      notes: { length: 1 },
    });
  });

  it('do not count in files that do not run', () => {
    const dead = { 'src/models/old.js': "import '../services/users.js';" };
    expect(check({ ...node, ...dead }).compliant).toBe(true);
  });
});

describe('data in routes', () => {
  const route = (text: string) =>
    check({
      ...node,
      'src/routes/users.js': `import { login } from '../services/users.js';\nimport { db } from '../db.js';\n${text}\nlogin();`,
    });

  it.each([
    ["db.prepare('SELECT 1 FROM users').all();", 'prepare() of better-sqlite3'],
    ["const sql = 'DELETE FROM users';\ndb.exec(sql);", 'exec() of better-sqlite3'],
  ])('is reported: %s', (text, what) => {
    expect(route(text).findings).toEqual([expect.stringContaining(`reaches the data itself: ${what}`)]);
  });

  it.each([
    ['login(db);'],
    ["db.pragma('foreign_keys = ON');"],
    ["db.prepare('SELECT 1').get();"],
    ["// db.prepare('SELECT * FROM users')"],
  ])('is not reported: %s', (text) => {
    expect(route(text).compliant).toBe(true);
  });

  it('is reported for a helper that runs the statement it is given, unless the helper is of a lower layer', () => {
    const helper = (path: string) =>
      check({
        ...node,
        [path]: "import { db } from './db.js';\nexport const run = (sql) => db.prepare(sql).all();",
        'src/routes/users.js': `import { login } from '../services/users.js';\nimport { run } from '../${path.slice(4)}';\nlogin(run('SELECT * FROM users'));`,
      });
    expect(helper('src/sql.js').findings).toEqual([
      expect.stringContaining(
        'src/routes/users.js:3:7 a file of the routes layer reaches the data itself: run()',
      ),
    ]);
    expect(helper('src/repositories/sql.js').compliant).toBe(true);
  });

  const sqlalchemy = (text: string) =>
    check({
      ...flask,
      'db.py':
        'from sqlalchemy import create_engine\nfrom sqlalchemy.orm import sessionmaker\nSession = sessionmaker(create_engine("sqlite:///x.db"))\n\ndef get_db():\n    db = Session()\n    try:\n        yield db\n    finally:\n        db.close()\n',
      'models/user.py':
        'from sqlalchemy.orm import DeclarativeBase\n\nclass Base(DeclarativeBase):\n    pass\n\nclass User(Base):\n    __tablename__ = "users"\n',
      'routes/users.py': `${flask['routes/users.py']}\n\n${text}\n`,
    });

  it.each([
    ['@bp.get("/a")\ndef a():\n    return get_db().execute("x")', 'execute() of sqlalchemy'],
    [
      'from sqlalchemy import select\nfrom models.user import User\nquery = select(User)',
      'select() of sqlalchemy',
    ],
    [
      'from db import Session\n\ndef b():\n    with Session() as session:\n        session.add(1)',
      'add() of sqlalchemy',
    ],
    ['def c(db=get_db()):\n    db.commit()', 'commit() of sqlalchemy'],
  ])('is reported for SQLAlchemy: %s', (text, what) => {
    expect(sqlalchemy(text).findings).toEqual([expect.stringContaining(`reaches the data itself: ${what}`)]);
  });

  it('is not reported for a session that is handed down', () => {
    const text =
      'from db import Session\nfrom sqlalchemy.orm import Session as Type\n\ndef b(db: Type):\n    with Session() as session:\n        return login(session)';
    expect(sqlalchemy(text).findings).toHaveLength(4);
  });

  const fastapi = (route: string) =>
    check({
      'run.sh': 'uvicorn app.main:app',
      'app/main.py':
        'from fastapi import FastAPI\nfrom app.routers import tags\napp = FastAPI()\napp.include_router(tags.router)\n',
      'app/db.py':
        'from sqlalchemy.ext.asyncio import create_async_engine, async_sessionmaker\nSession = async_sessionmaker(create_async_engine("sqlite+aiosqlite:///x.db"))\nasync def get_session():\n    async with Session() as session:\n        yield session\n',
      'app/routers/tags.py': `from typing import Annotated\nfrom fastapi import APIRouter, Depends\nfrom sqlalchemy.ext.asyncio import AsyncSession\nfrom app.db import get_session\nfrom app.services.tags import TagService, get_service\nrouter = APIRouter()\nSessionDep = Annotated[AsyncSession, Depends(get_session)]\n@router.get("/tags")\n${route}\n`,
      'app/services/tags.py':
        'from app.repositories.tags import TagRepository\nclass TagService:\n    def __init__(self, session):\n        self.tags = TagRepository(session)\n    async def get(self):\n        return await self.tags.all()\n    async def commit(self):\n        await self.tags.session.commit()\ndef get_service(session):\n    return TagService(session)\n',
      'app/repositories/tags.py':
        'from sqlalchemy import select\nfrom app.models.tag import Tag\nclass TagRepository:\n    def __init__(self, session):\n        self.session = session\n    async def all(self):\n        return (await self.session.scalars(select(Tag))).all()\n',
      'app/models/tag.py':
        'from sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase):\n    pass\nclass Tag(Base):\n    __tablename__ = "tags"\n',
    });

  it.each([
    ['async def tags(session: SessionDep):\n    return await session.scalar(1)'],
    ['async def tags(session: AsyncSession = Depends(get_session)):\n    await session.commit()'],
  ])('is reported for dependencies of FastAPI: %s', (route) => {
    expect(fastapi(route).findings).toEqual([expect.stringContaining('app/routers/tags.py:10:')]);
  });

  it.each([
    [
      'async def tags(session: SessionDep):\n    rows = await TagService(session).get()\n    return rows.filter(1)',
    ],
    ['async def tags(service: Annotated[TagService, Depends(get_service)]):\n    return await service.get()'],
    [
      'async def tags(session=Depends(get_session)):\n    service = get_service(session)\n    await service.commit()',
    ],
  ])('is not reported for services of FastAPI: %s', (route) => {
    expect(fastapi(route).findings).toHaveLength(4);
  });

  const sequelize = (route: string) =>
    check({
      'run.sh': 'node src/server.js',
      'src/server.js':
        "const app = require('express')();\napp.use(require('./routes/tags'));\napp.listen(3000);",
      'src/routes/tags.js': `const router = require('express').Router();\nconst service = require('../services/tags');\nconst db = require('../models');\nrouter.get('/', async (req, res) => {\n${route}\n});\nmodule.exports = router;`,
      'src/services/tags.js':
        "const tags = require('../repositories/tags');\nmodule.exports = { list: () => tags.findAll(), get: (id) => tags.findOne(id) };",
      'src/repositories/tags.js':
        "const { Tag } = require('../models');\nmodule.exports = { findAll: () => Tag.findAll(), findOne: (id) => Tag.findOne({ where: { id } }) };",
      'src/models/index.js':
        "const { Sequelize } = require('sequelize');\nconst sequelize = new Sequelize('sqlite::memory:');\nconst db = { sequelize };\ndb.Tag = require('./tag')(sequelize);\nmodule.exports = db;",
      'src/models/tag.js': "module.exports = (sequelize) => sequelize.define('Tag', {});",
    });

  it.each([
    ['res.json(await db.Tag.findAndCountAll());'],
    ['const tag = await service.get(1); await tag.save();'],
  ])('is reported for models that a function makes: %s', (route) => {
    expect(sequelize(route).findings).toEqual([expect.stringContaining('src/routes/tags.js:5:')]);
  });

  it('is not reported for what a service gives', () => {
    const route =
      'const tags = await service.list(); res.json(tags.filter(Boolean).map((tag) => tag.get({ plain: true })), db.Tag.name);';
    expect(sequelize(route).findings).toHaveLength(4);
  });

  it('is reported for models of Sequelize and Django', () => {
    const sequelize = check({
      ...node,
      'src/models/user.js': "import { Model } from 'sequelize';\nexport class User extends Model {}",
      'src/routes/users.js':
        "import { login } from '../services/users.js';\nimport { User } from '../models/user.js';\nexport const r = async () => login(await User.findAll());",
    });
    expect(sequelize.findings).toEqual([
      'src/routes/users.js:3:42 a file of the routes layer reaches the data itself: findAll() of sequelize; let a lower layer do it',
    ]);
    const django = check({
      ...flask,
      'models/user.py': 'from django.db import models\n\nclass User(models.Model):\n    pass\n',
      'routes/users.py':
        'from models.user import User\nfrom services.users import login\n\ndef view(request):\n    return login(User.objects.filter(id=1))\n',
    });
    expect(django.findings).toEqual([
      expect.stringContaining('routes/users.py:5:18 a file of the routes layer reaches the data itself'),
    ]);
  });
});

describe('the web framework', () => {
  it.each([
    ['import express from "express"', 'express'],
    ['const { HTTPException } = require("hono/http-exception")', 'hono'],
    ['import Router from "@koa/router"', '@koa/router'],
  ])('is not for models: %s', (text, name) => {
    const { findings } = check({ ...node, 'src/models/user.js': `${text};\nexport class User {}` });
    expect(findings).toEqual([
      expect.stringContaining(`a file of the models layer imports the web framework (${name})`),
    ]);
  });

  it.each([
    ['from flask import jsonify', 'flask'],
    ['from aiohttp import web', 'aiohttp'],
    ['from django.http import Http404', 'django.http'],
    ['from django import urls', 'django.urls'],
    ['import rest_framework.serializers', 'rest_framework'],
  ])('is not for models of Python: %s', (text, name) => {
    const { findings } = check({ ...flask, 'models/user.py': `${text}\n\nclass User:\n    pass\n` });
    expect(findings).toEqual([
      expect.stringContaining(`a file of the models layer imports the web framework (${name})`),
    ]);
  });

  it.each([
    ['from django.db import models'],
    ['from flask_sqlalchemy import SQLAlchemy'],
    ['import sequelize'],
    ['from pydantic import BaseModel'],
  ])('is not %s', (text) => {
    expect(check({ ...flask, 'models/user.py': `${text}\n\nclass User:\n    pass\n` }).compliant).toBe(true);
  });

  it('may be used by repositories and services, with a note, and by types', () => {
    const text =
      'from fastapi import HTTPException\nfrom models.user import User\n\ndef find(db):\n    raise HTTPException(404)\n';
    expect(check({ ...flask, 'repositories/users.py': text })).toMatchObject({
      compliant: true,
      notes: [
        'repositories/users.py:1:1 a file of the repositories layer imports the web framework (fastapi)',
      ],
    });
  });
});

describe('cycles and size', () => {
  it('notes cycles that stay inside a layer', () => {
    const files = {
      ...node,
      'src/models/user.js': "import './article.js';\nexport class User {}",
      'src/models/article.js': "import './tag.js';",
      'src/models/tag.js': "import './user.js';",
    };
    expect(check(files).notes).toEqual([
      'src/models/article.js:1:1 these files import each other in a cycle: src/models/article.js -> src/models/tag.js -> src/models/user.js -> src/models/article.js',
    ]);
  });

  it('finds its way through a long chain and many findings', () => {
    const files: Record<string, string> = { ...node };
    const count = 1500;
    for (let i = 0; i < count; i++)
      files[`src/models/m${i}.js`] = `import './m${(i + 1) % count}.js';\nimport '../services/users.js';`;
    files['src/models/user.js'] = "import './m0.js';\nexport class User {}";
    const { findings } = check(files);
    expect(findings).toHaveLength(200);
    expect(findings.filter((finding) => finding.includes('more -> ')).length).toBeGreaterThan(100);
  });
});
