import { describe, expect, it } from 'vitest';
import { readSources } from '../sources.ts';
import { readProject } from '../syntax/project.ts';
import { checkOrm } from './parser.ts';

function check(files: Record<string, string>) {
  const language = 'main.py' in files ? 'python' : 'node';
  const run = { 'run.sh': language === 'python' ? 'python main.py' : 'node main.js' };
  return checkOrm(readProject(readSources({ ...run, ...files })), language);
}

/** Whether it is compliant, and what is said first of all. */
function judge(files: Record<string, string>): string {
  const { compliant, findings } = check(files);
  const [first] = findings;
  return `${compliant ? 'yes' : 'no'} ${first?.file}:${first?.line} ${first?.message}`;
}

const base = `from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
class Base(DeclarativeBase):
    pass
class Article(Base):
    __tablename__ = "articles"
    id: Mapped[int] = mapped_column(primary_key=True)
engine = create_engine("sqlite:///a.db")
`;

describe('SQLAlchemy', () => {
  it.each<[string, string]>([
    [
      'select of a mapped class',
      `${base}with Session(engine) as session:\n    session.execute(select(Article))`,
    ],
    ['query', `${base}with Session(engine) as session:\n    session.query(Article).all()`],
    ['get', `${base}with Session(engine) as session:\n    session.get(Article, 1)`],
    ['a column', `${base}Session(engine).scalars(select(Article.id).where(Article.id == 1))`],
    [
      'insert',
      `${base}from sqlalchemy import insert\nengine.connect().execute(insert(Article).values(id=1))`,
    ],
    [
      'add of a parameter',
      `${base}def save(session: Session, article):\n    session.add(article)\nsave(Session(engine), 1)`,
    ],
    [
      'a repository with its model as a field',
      `${base}class Repository:\n    model = Article\n    def __init__(self, session):\n        self.session = session\n    def all(self):\n        return self.session.query(self.model).all()\n`,
    ],
    [
      'declarative_base',
      'from sqlalchemy.ext.declarative import declarative_base\nBase = declarative_base()\nclass A(Base):\n    __tablename__ = "a"\nsession.query(A).first()',
    ],
    [
      'Flask-SQLAlchemy',
      'from flask_sqlalchemy import SQLAlchemy\ndb = SQLAlchemy()\nclass A(db.Model):\n    pass\nA.query.filter_by(id=1).first()',
    ],
    [
      'Flask-SQLAlchemy with a session',
      'from flask_sqlalchemy import SQLAlchemy\ndb = SQLAlchemy()\nclass A(db.Model):\n    pass\ndb.session.add(A())\ndb.session.commit()',
    ],
    [
      'SQLModel',
      'from sqlmodel import Field, Session, SQLModel, select\nclass A(SQLModel, table=True):\n    id: int = Field(primary_key=True)\nwith Session(engine) as session:\n    session.exec(select(A)).all()',
    ],
    [
      'a mapping by registry',
      'from sqlalchemy import Table, insert\nfrom sqlalchemy.orm import registry\nreg = registry()\ntable = Table("a", reg.metadata)\nclass A:\n    pass\nreg.map_imperatively(A, table)\nsession.execute(insert(table))',
    ],
    [
      'a base by decorator',
      'from sqlalchemy.orm import as_declarative\n@as_declarative()\nclass Base:\n    pass\nclass A(Base):\n    __tablename__ = "a"\nsession.query(A)',
    ],
    [
      'a decorator of a registry',
      'from sqlalchemy.orm import registry\nreg = registry()\n@reg.mapped_as_dataclass\nclass A:\n    __tablename__ = "a"\nsession.query(A)',
    ],
    [
      'an abstract base',
      `${base}class Timed(Base):\n    __abstract__ = True\nclass B(Timed):\n    __tablename__ = "b"\nSession(engine).get(B, 1)`,
    ],
  ])('counts %s', (_, code) => {
    expect(judge({ 'main.py': code })).toMatch(/^yes /);
  });

  it('follows models over files', () => {
    const files = {
      'main.py': 'from app.repositories import articles\narticles.find()',
      'app/models/__init__.py': 'from .article import Article',
      'app/models/article.py': base,
      'app/repositories/articles.py':
        'from sqlalchemy import select\nfrom app.models import Article\ndef find(session):\n    return session.scalars(select(Article)).all()',
    };
    expect(judge(files)).toMatch(/^yes app\/models\/article\.py:5 Article is a mapped class/);
  });

  it.each<[string, string, string]>([
    [
      'a driver beside it',
      `${base}import sqlite3\nSession(engine).query(Article).all()\nsqlite3.connect("a").execute("SELECT a FROM b")`,
      'main.py:11 execute() of sqlite3 reads or writes data around SQLAlchemy',
    ],
    [
      'a driver that comes as a parameter',
      `${base}import sqlite3\ndef find(db):\n    return db.execute("SELECT a FROM b")\nfind(sqlite3.connect("a"))\nSession(engine).query(Article).all()`,
      'execute()',
    ],
    [
      'raw alone',
      `${base}Session(engine).execute(text("SELECT id FROM articles"))`,
      'main.py:9 text() is handed SQL: all data go through SQLAlchemy as SQL',
    ],
    [
      'mapped only',
      `${base}Base.metadata.create_all(engine)`,
      'Article is a mapped class, and nothing is read or written',
    ],
    ['imported only', 'import sqlalchemy', 'main.py:1 SQLAlchemy is imported here, and no table is mapped'],
    [
      'a model of pydantic',
      'from sqlmodel import SQLModel\nclass A(SQLModel):\n    id: int',
      'no table is mapped',
    ],
    [
      'peewee',
      'from peewee import Model\nclass A(Model):\n    pass\nA.select()',
      'the data are accessed with peewee, not with SQLAlchemy',
    ],
    [
      'Django',
      'from django.db import models\nclass A(models.Model):\n    pass\nA.objects.all()',
      'the data are accessed with the Django ORM',
    ],
    ['a comment', '# import sqlalchemy', 'run.sh:1 SQLAlchemy is not used'],
  ])('does not count %s', (_, code, message) => {
    const told = judge({ 'main.py': code });
    expect(told).toMatch(/^no /);
    expect(told).toContain(message);
  });

  it('tells declared from imported in code that does not run', () => {
    expect(judge({ 'main.py': '', 'requirements.txt': 'flask\nSQLAlchemy>=2' })).toBe(
      'no requirements.txt:2 sqlalchemy is declared, and the code never uses it',
    );
    expect(judge({ 'main.py': '', 'db.py': base })).toBe(
      'no db.py:1 SQLAlchemy is imported only in code that does not run',
    );
  });

  it('notes raw SQL beside mapped reads, and takes no SELECT 1 and no PRAGMA for data', () => {
    const raw = `${base}session = Session(engine)\nsession.query(Article)\nsession.execute(text("SELECT count(*) FROM articles"))`;
    const result = check({ 'main.py': raw });
    expect(result.compliant).toBe(true);
    expect(result.notes?.map(({ line }) => line)).toEqual([11]);
    const pragma = `${base}import sqlite3\nSession(engine).query(Article)\ndb = sqlite3.connect("a")\ndb.execute("PRAGMA foreign_keys = ON")\ndb.execute("SELECT 1")`;
    expect(judge({ 'main.py': pragma })).toMatch(/^yes /);
  });
});

const define = `const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('sqlite::memory:');
const User = sequelize.define('User', { name: DataTypes.STRING });
`;

describe('Sequelize', () => {
  it.each<[string, string, Record<string, string>]>([
    ['findAll', `${define}User.findAll();`, {}],
    ['create', `${define}User.create({ name: 'a' });`, {}],
    [
      'Model.init',
      `${define}class A extends Model {}\nA.init({}, { sequelize });\nA.findOne({ where: { id: 1 } });`,
      {},
    ],
    [
      'models that a folder is read for',
      "const db = require('./models');\ndb.Article.create({});",
      {
        'models/index.js':
          "const fs = require('fs'); const path = require('path'); const { Sequelize, DataTypes } = require('sequelize');\nconst sequelize = new Sequelize('sqlite::memory:'); const db = {};\nfs.readdirSync(__dirname).forEach((file) => { const model = require(path.join(__dirname, file))(sequelize, DataTypes); db[model.name] = model; });\nmodule.exports = db;",
        'models/article.js':
          "module.exports = (sequelize, DataTypes) => sequelize.define('Article', { title: DataTypes.STRING });",
      },
    ],
    [
      'a repository that is given the model',
      `${define}const { find } = require('./repository');\nfind({ User });`,
      { 'repository.js': 'exports.find = ({ User }) => User.findByPk(1);' },
    ],
    ['an association', `${define}sequelize.models.User.findAndCountAll({});`, {}],
  ])('counts %s', (_, code, files) => {
    expect(judge({ 'main.js': code, ...files })).toMatch(/^yes /);
  });

  it('reads decorators of sequelize-typescript', () => {
    const result = checkOrm(
      readProject(
        readSources({
          'run.sh': 'npx tsx main.ts',
          'main.ts':
            "import { Table, Column, Model, Sequelize } from 'sequelize-typescript';\n@Table\nclass User extends Model { @Column name!: string; }\nnew Sequelize({ dialect: 'sqlite', models: [User] });\nawait User.findAll();",
        }),
      ),
      'node',
    );
    expect(result.compliant).toBe(true);
  });

  it.each<[string, string, string]>([
    [
      'pg beside it',
      `${define}const { Pool } = require('pg');\nUser.findAll();\nnew Pool().query('SELECT a FROM b');`,
      'main.js:6 query() of pg reads or writes data around Sequelize',
    ],
    [
      'Knex beside it',
      `${define}const knex = require('knex')({ client: 'sqlite3' });\nUser.findAll();\nknex('tags').insert({ name: 'a' });`,
      'main.js:6 a call of Knex reads or writes data around Sequelize',
    ],
    [
      'raw alone',
      `${define}sequelize.query('SELECT a FROM b');`,
      'main.js:4 sequelize.query() is handed SQL: all data go through Sequelize as SQL',
    ],
    ['models alone', `${define}sequelize.sync();`, 'nothing is read or written through Sequelize'],
    ['imported only', "require('sequelize');", 'Sequelize is imported here'],
    [
      'a repository with the methods of models',
      `${define}const repo = { findAll() { return []; } };\nrepo.findAll();`,
      'nothing is read or written through Sequelize',
    ],
    [
      'Prisma',
      "const { PrismaClient } = require('@prisma/client');\nnew PrismaClient().user.findMany();",
      'the data are accessed with Prisma',
    ],
    ['Knex', "const knex = require('knex')({});\nknex('a').select();", 'the data are accessed with Knex'],
  ])('does not count %s', (_, code, message) => {
    const told = judge({ 'main.js': code });
    expect(told).toMatch(/^no /);
    expect(told).toContain(message);
  });
});
