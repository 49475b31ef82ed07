import { describe, expect, it } from 'vitest';
import { readSources } from '../sources.ts';
import { readProject } from './project.ts';
import type { Module, Target } from './types.ts';

function read(files: Record<string, string>) {
  const project = readProject(readSources(files));
  const at = (path: string): Module => {
    const module = project.modules.get(path);
    if (module === undefined) throw new Error(`${path} is not a module of the test`);
    return module;
  };
  const short = ({ resolution, name, via }: Target) =>
    [
      resolution.kind === 'file' ? resolution.path : `${resolution.kind} ${resolution.name}`,
      name,
      ...via,
    ].join(' ');
  return {
    project,
    resolve: (from: string, specifier: string) => {
      const found = project.resolve(at(from), specifier);
      return found.kind === 'file' ? found.path : `${found.kind} ${found.name}`;
    },
    /** `file name via…` of every import of a file. */
    targets: (from: string) => at(from).imports.flatMap((one) => project.targets(at(from), one).map(short)),
    origin: (from: string, name: string) => {
      const found = project.origin(at(from), name);
      return found && short(found);
    },
  };
}

describe('readProject', () => {
  it('parses code and leaves out what belongs to others', () => {
    const files = [
      'a.py',
      'b.mjs',
      'c.tsx',
      'd.d.ts',
      'node_modules/x/i.js',
      '.venv/lib/x.py',
      'e.json',
      'env/f.js',
    ];
    const { project } = read(Object.fromEntries(files.map((path) => [path, ''])));
    expect([...project.modules.keys()].sort()).toEqual(['a.py', 'b.mjs', 'c.tsx', 'env/f.js']);
  });
});

describe('specifiers of Node', () => {
  const files = {
    'src/a.js': '',
    'src/b.ts': '',
    'src/db/index.js': '',
    'src/both.js': '',
    'src/both.ts': '',
    'src/lib/package.json': '{"main": "./start"}',
    'src/lib/start.cjs': '',
    'src/data.json': '{}',
    'package.json': JSON.stringify({
      name: 'app',
      exports: { '.': './src/a.js', './x/*': { import: './src/*.js' } },
      imports: {
        '#db': './src/db/index.js',
        '#src/*': ['./none/*', './src/*'],
        '#x': { default: './src/a.js' },
      },
      _moduleAliases: { '@src': 'src' },
      dependencies: { local: 'file:./src/lib' },
    }),
  };
  it.each([
    ['src/a.js', './b', 'src/b.ts'],
    ['src/a.js', './b.js', 'src/b.ts'],
    ['src/a.js', './both', 'src/both.js'],
    ['src/b.ts', './both', 'src/both.ts'],
    ['src/a.js', './db', 'src/db/index.js'],
    ['src/a.js', './db/', 'src/db/index.js'],
    ['src/db/index.js', '..', 'missing ..'],
    ['src/db/index.js', '.', 'src/db/index.js'],
    ['src/db/index.js', '../a?x=1', 'src/a.js'],
    ['src/a.js', './lib', 'src/lib/start.cjs'],
    ['src/a.js', './data', 'src/data.json'],
    ['src/a.js', './none', 'missing ./none'],
    ['src/a.js', '../../../a', 'missing ../../../a'],
    ['src/a.js', '/src/a.js', 'src/a.js'],
    ['src/a.js', '#db', 'src/db/index.js'],
    ['src/a.js', '#src/a.js', 'src/a.js'],
    ['src/a.js', '#x', 'src/a.js'],
    ['src/a.js', '#none', 'missing #none'],
    ['src/a.js', 'app', 'src/a.js'],
    ['src/a.js', 'app/x/a', 'src/a.js'],
    ['src/a.js', '@src/db', 'src/db/index.js'],
    ['src/a.js', 'local', 'src/lib/start.cjs'],
    ['src/a.js', 'src/a', 'src/a.js'],
    ['src/a.js', 'express', 'package express'],
    ['src/a.js', '@hono/node-server/serve-static', 'package @hono/node-server'],
    ['src/a.js', 'node:fs/promises', 'package node:fs'],
    ['src/a.js', '@/db', 'missing @/db'],
  ])('from %s, %s is %s', (from, specifier, expected) => {
    expect(read(files).resolve(from, specifier)).toBe(expected);
  });

  it('reads paths and baseUrl of tsconfig.json, with comments and what it extends', () => {
    const { resolve } = read({
      'tsconfig.base.json':
        '\uFEFF{ // base\n "compilerOptions": { "baseUrl": "./src", "paths": { "@/*": ["./*"], "@m/*": ["models/*", "none/*",], "db": ["./lib/db.ts"], /* "x" */ } }, }',
      'tsconfig.json': '{ "extends": "./tsconfig.base" }',
      'src/models/user.ts': '',
      'src/lib/db.ts': '',
      'src/main.ts': '',
      'other/jsconfig.json': '{ "compilerOptions": { "paths": { "~/*": ["./*"] } } }',
      'other/a.js': '',
    });
    expect(resolve('src/main.ts', '@/models/user')).toBe('src/models/user.ts');
    expect(resolve('src/main.ts', '@m/user.js')).toBe('src/models/user.ts');
    expect(resolve('src/main.ts', 'db')).toBe('src/lib/db.ts');
    expect(resolve('src/main.ts', 'lib/db')).toBe('src/lib/db.ts');
    expect(resolve('other/a.js', '~/a')).toBe('other/a.js');
    expect(resolve('other/a.js', '@/models/user')).toBe('missing @/models/user');
  });

  it('ends with configurations that lead in a circle or into prototypes', () => {
    const { resolve } = read({
      'tsconfig.json': '{ "extends": "./tsconfig.json" }',
      'a.js': '',
      'lib/package.json': '{ "main": "../lib", "__proto__": { "main": "../a.js" } }',
      'package.json': '{ "dependencies": { "x": "1" } }',
    });
    expect(resolve('a.js', './lib')).toBe('missing ./lib');
    expect(resolve('a.js', 'constructor')).toBe('package constructor');
  });
});

describe('targets and origins of JavaScript', () => {
  it('follows names through index files, stars, renames and objects', () => {
    const { targets } = read({
      'app.js': `
        import { User, renamed, lost } from './models/index.js';
        import all, { Article } from './barrel.js';
        const { list, login: signIn } = require('./services');
        const whole = require('./services/passed');`,
      'models/index.js': "export * from './user.js';\nexport { Article as renamed } from './article.js';",
      'models/user.js': 'export class User {}',
      'models/article.js': 'export class Article {}',
      'barrel.js':
        "import { Article } from './models/article.js';\nexport { Article };\nexport { default } from './models/user.js';",
      'services/index.js':
        "const users = require('./users');\nmodule.exports = { ...require('./articles'), login: users.login };",
      'services/articles.js': 'exports.list = () => [];',
      'services/users.js': 'module.exports = { login() {} };',
      'services/passed.js': "module.exports = require('./users');",
    });
    expect(targets('app.js')).toEqual([
      'models/user.js User models/index.js',
      'models/article.js Article models/index.js',
      'models/index.js lost',
      'models/user.js default barrel.js',
      'models/article.js Article barrel.js',
      'services/articles.js list services/index.js',
      'services/users.js login services/index.js',
      'services/users.js * services/passed.js',
    ]);
  });

  it('says where a name comes from, packages and own names too', () => {
    const { origin } = read({
      'app.ts': "import express, { Router } from './web.js';\nimport * as db from './db';\nconst own = 1;",
      'web.ts': "export { default, Router } from 'express';",
      'db.ts': 'export const a = 1;',
    });
    expect(origin('app.ts', 'express')).toBe('package express default web.ts');
    expect(origin('app.ts', 'Router')).toBe('package express Router web.ts');
    expect(origin('app.ts', 'db')).toBe('db.ts *');
    expect(origin('app.ts', 'own')).toBeUndefined();
  });

  it('ends in circles, and takes a name that nobody defines for the first file’s', () => {
    const { targets } = read({
      'app.js': "import { x } from './a.js';\nimport { y } from './c.js';",
      'a.js': "export * from './b.js';",
      'b.js': "export * from './a.js';\nexport { z as y } from './c.js';",
      'c.js': "export { y } from './d.js';",
      'd.js': "export { y } from './c.js';",
    });
    expect(targets('app.js')).toEqual(['a.js x', 'c.js y c.js d.js']);
  });

  it('takes a name from a package that is passed on as a whole', () => {
    const { targets } = read({
      'a.js': "import { Model } from './b.js';",
      'b.js': "export * from 'sequelize';",
    });
    expect(targets('a.js')).toEqual(['package sequelize Model b.js']);
  });

  it('takes linear time over diamonds of stars', () => {
    const files: Record<string, string> = { 'app.js': "import { x } from './m0.js';" };
    for (let i = 0; i < 40; i++)
      files[`m${i}.js`] = `export * from './m${i + 1}.js';\nexport * from './n${i}.js';`;
    for (let i = 0; i < 40; i++) files[`n${i}.js`] = `export * from './m${i + 1}.js';`;
    expect(read(files).targets('app.js')).toEqual(['m0.js x']);
  });
});

describe('targets and origins of Python', () => {
  const files = {
    'app/main.py': `
from app.models import User, article, Missing
from .services import *
from app import models
import app.services.users
from namespace import thing
from flask import Flask

def later():
    from .services.users import login
`,
    'app/__init__.py': '',
    'app/models/__init__.py': 'from .user import User\nfrom .base import *\n',
    'app/models/user.py': 'class User: pass\n',
    'app/models/base.py': 'Base = object()\n',
    'app/models/article.py': '',
    'app/services/__init__.py': 'from .users import login\n',
    'app/services/users.py': 'def login(): pass\n',
    'namespace/thing.py': '',
  };
  it('follows names through __init__.py, submodules and packages without one', () => {
    expect(read(files).targets('app/main.py')).toEqual([
      'app/models/user.py User app/models/__init__.py',
      'app/models/article.py *',
      'app/models/__init__.py Missing',
      'app/services/__init__.py *',
      'app/models/__init__.py *',
      'app/services/users.py *',
      'namespace/thing.py *',
      'package flask Flask',
      'app/services/users.py login',
    ]);
  });

  it('says where a name comes from, through stars too', () => {
    const { origin } = read(files);
    expect(origin('app/main.py', 'login')).toBe('app/services/users.py login');
    expect(origin('app/main.py', 'later')).toBeUndefined();
    expect(origin('app/models/__init__.py', 'Base')).toBe('app/models/base.py Base');
  });
});
