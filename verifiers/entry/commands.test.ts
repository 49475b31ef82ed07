import { describe, expect, it } from 'vitest';
import { readSources } from '../sources.ts';
import { readScript } from './commands.ts';
import { Context } from './context.ts';

function read(script: string, files: Record<string, string> = {}): Context {
  const sources = readSources({ 'run.sh': script, ...files });
  const context = new Context(new Map(sources.map((source) => [source.path, source])));
  readScript(context, 'run.sh');
  return context;
}

/** What a script starts among these files. */
function started(script: string, ...files: string[]): string[] {
  const context = read(script, Object.fromEntries(files.map((path) => [path, ''])));
  return [...context.files, ...[...context.lost].map(({ what }) => `lost: ${what}`)].sort();
}

describe('what a command starts', () => {
  it.each<[string, string[], string[]]>([
    ['exec node src/server.js', ['src/server.js', 'src/other.js'], ['src/server.js']],
    ['node server', ['server.js'], ['server.js']],
    ['node .', ['index.js'], ['index.js']],
    ['node --import tsx src/index.ts', ['src/index.ts'], ['src/index.ts']],
    [
      'node -r ./register.js --env-file=.env app.js --port 3000',
      ['register.js', 'app.js'],
      ['app.js', 'register.js'],
    ],
    ['node --env-file .env app.js', ['app.js'], ['app.js']],
    ['npx tsx watch src/index.ts', ['src/index.ts'], ['src/index.ts']],
    ['npx ts-node -P tsconfig.json src/index.ts', ['src/index.ts'], ['src/index.ts']],
    ['NODE_ENV=production node app.js', ['app.js'], ['app.js']],
    ['env A=b C=d node app.js', ['app.js'], ['app.js']],
    ['npx tsc\nnode dist/server.js', ['src/server.ts'], ['src/server.ts']],
    ['cd "$(dirname "$0")/api" && node index.js', ['api/index.js', 'index.js'], ['api/index.js']],
    ['cd /usr/src/app && node index.js', ['index.js'], ['index.js']],
    ['node /app/src/index.js', ['src/index.js'], ['src/index.js']],
    ['sh -c "node a.js && node b.js"', ['a.js', 'b.js'], ['a.js', 'b.js']],
    ['./scripts/start.sh', ['scripts/start.sh'], []],
    ['node missing.js', ['app.js'], ['lost: missing.js']],
    ['echo node app.js', ['app.js'], []],
    [
      'npx sequelize-cli db:migrate\nnode app.js',
      ['app.js', 'config/config.json'],
      ['app.js', 'config/config.json'],
    ],
    ['python main.py', ['main.py'], ['main.py']],
    ['python3 -u app/main.py &', ['app/main.py'], ['app/main.py']],
    ['python -m app.server', ['app/server.py', 'app/__init__.py'], ['app/server.py']],
    ['python -m app', ['app/__init__.py', 'app/__main__.py'], ['app/__init__.py', 'app/__main__.py']],
    ['uv run --with x python main.py', ['main.py'], ['main.py']],
    ['exec uvicorn app.main:app --host 0.0.0.0 --port 8080', ['app/main.py'], ['app/main.py']],
    ['python -m uvicorn --reload --app-dir src api:app', ['src/api.py'], ['src/api.py']],
    [
      'gunicorn -w 2 -b 0.0.0.0:8080 "conduit:create_app()"',
      ['conduit/__init__.py'],
      ['conduit/__init__.py'],
    ],
    ['gunicorn app:app', ['app.py', 'app/__init__.py'], ['app/__init__.py']],
    [
      'gunicorn -c gunicorn.conf.py wsgi:app',
      ['gunicorn.conf.py', 'wsgi.py'],
      ['gunicorn.conf.py', 'wsgi.py'],
    ],
    ['gunicorn -k aiohttp.GunicornWebWorker server:app', ['server.py'], ['server.py']],
    ['waitress-serve --port=8080 --call conduit:create_app', ['conduit.py'], ['conduit.py']],
    ['flask --app server run -p 8080', ['server.py'], ['server.py']],
    [
      'export FLASK_APP=conduit.app:create_app\nflask run --host=0.0.0.0',
      ['conduit/app.py'],
      ['conduit/app.py'],
    ],
    ['flask run', ['app.py'], ['app.py']],
    ['fastapi run server.py --port 8080', ['server.py'], ['server.py']],
    ['python -m aiohttp.web -H 0.0.0.0 -P 8080 app.main:init', ['app/main.py'], ['app/main.py']],
    ['daphne -b 0.0.0.0 -p 8080 config.asgi:application', ['config/asgi.py'], ['config/asgi.py']],
    ['hypercorn main:app --bind 0.0.0.0:8080', ['main.py'], ['main.py']],
    ['PYTHONPATH=lib python -m server', ['lib/server.py'], ['lib/server.py']],
    ['pip install -r requirements.txt\nsource venv/bin/activate\npython main.py', ['main.py'], ['main.py']],
    ['if [ -f a.py ]; then python a.py; else python b.py; fi', ['a.py', 'b.py'], ['a.py', 'b.py']],
  ])('%s', (script, files, expected) => {
    expect(started(script, ...files)).toEqual(expected);
  });

  it('follows scripts of package.json with what runs before them', () => {
    const scripts = { prestart: 'node migrate.js', start: 'npm run serve', serve: 'PORT=3000 node app.js' };
    const files = { 'package.json': JSON.stringify({ scripts }), 'app.js': '', 'migrate.js': '' };
    for (const script of ['npm start', 'exec npm run start', 'yarn start', 'pnpm run --silent start']) {
      expect([...read(script, files).files]).toEqual(['migrate.js', 'app.js']);
    }
    expect(read('npm run nothing', files).lost).toHaveLength(1);
  });

  it('follows scripts that call scripts, and no circle for ever', () => {
    const loops = { a: 'npm run b && npm run b', b: 'npm run a && npm run a' };
    const context = read('bash start.sh\nnpm run a\nnode app.js', {
      'start.sh': 'python main.py\n./run.sh',
      'main.py': '',
      'app.js': '',
      'package.json': JSON.stringify({ scripts: loops }),
    });
    expect([...context.files].sort()).toEqual(['app.js', 'main.py']);
  });

  it('takes migrations with the commands that run them', () => {
    const ini = { 'alembic.ini': '[alembic]\nscript_location = %(here)s/db/migrations\n' };
    expect([...read('alembic upgrade head', ini).folders]).toEqual(['db/migrations']);
    expect([...read('FLASK_APP=app flask db upgrade', { 'app.py': '' }).folders]).toEqual(['migrations']);
    const rc = {
      '.sequelizerc': "module.exports = {config: path.resolve('db', 'config.js'), x: 'src/migrations'}",
    };
    expect([...read('npx sequelize db:migrate', rc).folders]).toContain('src/migrations');
  });

  it('knows the settings and the commands of Django', () => {
    const script = 'export DJANGO_SETTINGS_MODULE=conf.prod\npython manage.py migrate\npython manage.py seed';
    const context = read(script, { 'manage.py': '' });
    expect([...context.settings]).toEqual(['conf.prod']);
    expect([...context.managed]).toEqual(['migrate', 'seed']);
  });

  it('keeps code that stands in the script', () => {
    const context = read(
      'python -c "from app.db import init; init()"\nnode -e "require(\'./seed\')"\npython <<X\nimport y\nX',
    );
    expect(context.inline.map(({ language }) => language)).toEqual(['python', 'javascript', 'python']);
  });
});
