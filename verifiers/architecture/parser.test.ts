import { describe, expect, it } from 'vitest';
import { check, flask, node } from './testing/samples.ts';

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
