import { describe, expect, it } from 'vitest';
import { readSources } from '../sources.ts';
import { readProject } from '../syntax/project.ts';
import { findRunningCode } from './index.ts';

/** The code files that run, without the package files that hold nothing. */
function running(files: Record<string, string>): string[] {
  const { files: found } = findRunningCode(readProject(readSources(files)));
  return [...found].filter((path) => files[path] !== '' && /\.(?:py|[cm]?[jt]s)$/.test(path)).sort();
}

describe('what runs', () => {
  it('are the files that imports of all forms lead to, and no others', () => {
    expect(
      running({
        'run.sh': 'node src/a.js',
        'src/a.js':
          "const b = require('./b'); import('./c.mjs'); async function f() { await import('./d.js'); } f();",
        'src/b/index.js': "module.exports = require('../e');",
        'src/c.mjs': "export { x } from './f.mjs';",
        'src/d.js': 'exports.x = 1;',
        'src/e.js': 'exports.x = 1;',
        'src/f.mjs': 'export const x = 1;',
        'src/idle.js': "require('./a');",
      }),
    ).toEqual(['src/a.js', 'src/b/index.js', 'src/c.mjs', 'src/d.js', 'src/e.js', 'src/f.mjs']);
  });

  it('takes the packages around a module, and what their __init__ imports', () => {
    expect(
      running({
        'run.sh': 'python main.py',
        'main.py': 'from app.api import routes',
        'app/__init__.py': 'from . import logs',
        'app/logs.py': 'x = 1',
        'app/api/__init__.py': '',
        'app/api/routes.py': 'from ..models.user import User',
        'app/models/user.py': 'class User: pass',
        'app/models/idle.py': 'x = 1',
      }),
    ).toEqual(['app/__init__.py', 'app/api/routes.py', 'app/logs.py', 'app/models/user.py', 'main.py']);
  });

  it('leaves out types, TYPE_CHECKING and branches that are known not to run', () => {
    expect(
      running({
        'run.sh': 'DB=sqlite npx tsx a.ts',
        'a.ts':
          "import type { T } from './types.ts';\nconst db = process.env.DB === 'pg' ? require('./pg.ts') : require('./lite.ts');\nif (process.env.OTHER) { require('./other.ts'); }\nexport default db as T;",
        'types.ts': 'export type T = 1;',
        'pg.ts': 'export const x = 1;',
        'lite.ts': 'export const x = 1;',
        'other.ts': 'export const x = 1;',
      }),
    ).toEqual(['a.ts', 'lite.ts']);
  });

  it('leaves out what only functions import that nothing calls', () => {
    const files = {
      'run.sh': 'python a.py',
      'a.py':
        'def old():\n    import pg\n    return pg\n\ndef new():\n    import lite\n    return lite\n\nnew()\n',
      'pg.py': 'x = 1',
      'lite.py': 'x = 1',
    };
    expect(running(files)).toEqual(['a.py', 'lite.py']);
    expect(running({ ...files, 'a.py': `${files['a.py']}globals()["old"]()` })).toContain('pg.py');
  });

  it('takes all of a folder that is read file by file', () => {
    const folder = {
      'routes/a.js': 'x = 1;',
      'routes/deep/b.js': 'x = 1;',
      'routes/a.test.js': 'x = 1;',
      'idle.js': 'x = 1;',
    };
    const load = [
      "fs.readdirSync(path.join(__dirname, 'routes')).forEach((f) => require(path.join(__dirname, 'routes', f)));",
      'for (const f of list) await import(`./routes/${f}`);',
      "app.register(require('@fastify/autoload'), { dir: path.join(__dirname, 'routes') });",
    ];
    for (const code of load) {
      expect(running({ 'run.sh': 'node main.js', 'main.js': code, ...folder })).toEqual([
        'main.js',
        'routes/a.js',
        'routes/deep/b.js',
      ]);
    }
  });

  it('takes everything when nothing is known of a name, or of what is started', () => {
    const files = { 'a.js': 'require(name)', 'b.js': 'x = 1;', 'c.test.js': 'x = 1;' };
    expect(running({ 'run.sh': 'node a.js', ...files })).toEqual(['a.js', 'b.js']);
    for (const script of ['node gone.js', 'mystery', '']) {
      const project = readProject(readSources({ 'run.sh': script, ...files }));
      const { known, notes, modules } = findRunningCode(project);
      expect([known, notes.length, modules.map(({ path }) => path)]).toEqual([false, 1, ['a.js', 'b.js']]);
    }
  });

  it('follows modules that texts name', () => {
    expect(
      running({
        'run.sh': 'python main.py',
        'main.py': 'import uvicorn\nuvicorn.run("app.server:app", port=8080)',
        'app/server.py': 'app = 1',
        'app/idle.py': 'x = "app.server is not here"',
      }),
    ).toEqual(['app/server.py', 'main.py']);
  });

  it('follows the apps, URLs and commands of Django', () => {
    expect(
      running({
        'run.sh': 'python manage.py migrate\npython manage.py fill\npython manage.py runserver',
        'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "conf.settings")',
        'conf/settings.py':
          'INSTALLED_APPS = ["django.contrib.auth", "users", "apps.articles.apps.ArticlesConfig"]\nROOT_URLCONF = "conf.urls"\nMIDDLEWARE = ["conf.middleware.Log"]',
        'conf/urls.py': 'urlpatterns = [path("api/", include("users.urls"))]',
        'conf/middleware.py': 'class Log: pass',
        'conf/idle.py': 'x = 1',
        'users/models.py': 'x = 1',
        'users/urls.py': 'from . import views',
        'users/views.py': 'x = 1',
        'users/migrations/0001_initial.py': 'x = 1',
        'users/management/commands/fill.py': 'x = 1',
        'users/management/commands/other.py': 'x = 1',
        'users/tests.py': 'x = 1',
        'apps/articles/apps.py': 'class ArticlesConfig: pass',
        'apps/articles/models.py': 'x = 1',
        'apps/other/models.py': 'x = 1',
      }),
    ).toEqual([
      'apps/articles/apps.py',
      'apps/articles/models.py',
      'conf/middleware.py',
      'conf/settings.py',
      'conf/urls.py',
      'manage.py',
      'users/management/commands/fill.py',
      'users/migrations/0001_initial.py',
      'users/models.py',
      'users/urls.py',
      'users/views.py',
    ]);
  });

  it('takes the migrations that run.sh asks for', () => {
    const files = {
      'run.sh': 'alembic upgrade head\npython main.py',
      'alembic.ini': '[alembic]\nscript_location = db/alembic\n',
      'db/alembic/env.py': 'import models',
      'db/alembic/versions/1.py': 'x = 1',
      'main.py': 'x = 1',
      'models.py': 'x = 1',
    };
    expect(running(files)).toEqual(['db/alembic/env.py', 'db/alembic/versions/1.py', 'main.py', 'models.py']);
    expect(running({ ...files, 'run.sh': 'python main.py' })).toEqual(['main.py']);
  });

  it('reads imports of code that stands in run.sh', () => {
    const files = { 'main.py': 'x = 1', 'db/seed.py': 'x = 1', 'db/__init__.py': '' };
    expect(
      running({ 'run.sh': 'python -c "from db import seed; seed.run()"\npython main.py', ...files }),
    ).toContain('db/seed.py');
  });
});
