import { describe, expect, it } from 'vitest';
import { check, flask, node } from './testing/samples.ts';

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
