import { describe, expect, it } from 'vitest';
import type { Framework } from '../../src/domain/task.ts';
import type { RuleResult } from '../../src/domain/verdict.ts';
import { readSources } from '../sources.ts';
import { readProject } from '../syntax/project.ts';
import { checkFramework } from './parser.ts';

function check(wanted: Framework, files: Record<string, string>): RuleResult {
  return checkFramework(readProject(readSources(files)), wanted);
}

/** A single file that run.sh starts. */
function judge(wanted: Framework, text: string, others: Record<string, string> = {}): RuleResult {
  const isPython = ['flask', 'fastapi', 'django', 'aiohttp'].includes(wanted);
  const files = isPython
    ? { 'main.py': text, 'run.sh': 'python main.py' }
    : { 'main.ts': text, 'run.sh': 'npx tsx main.ts' };
  return check(wanted, { ...files, ...others });
}

const told = ({ findings }: RuleResult) =>
  findings.map(({ file, line, message }) => `${file}:${line} ${message}`);

describe('an application that is constructed and serves', () => {
  const right: [Framework, string, string][] = [
    ['flask', 'called', 'from flask import Flask\napp = Flask(__name__)\napp.run()'],
    ['flask', 'under another name', 'import flask as f\na = f.Flask("x")\na.run(port=8080)'],
    [
      'flask',
      'of a class of its own',
      'from flask import Flask\nclass App(Flask):\n  pass\ndef make():\n  return App(__name__)\nmake().run()',
    ],
    [
      'flask',
      'behind middleware and another server',
      'from flask import Flask\nfrom werkzeug.middleware.proxy_fix import ProxyFix\nfrom waitress import serve\napp = Flask(__name__)\napp.wsgi_app = ProxyFix(app.wsgi_app)\nserve(app, port=8080)',
    ],
    [
      'flask',
      'over wsgiref',
      'from wsgiref.simple_server import make_server\nfrom flask import Flask\nmake_server("", 8080, Flask("a")).serve_forever()',
    ],
    [
      'fastapi',
      'named',
      'import uvicorn\nfrom fastapi import FastAPI\napp = FastAPI()\nif __name__ == "__main__":\n  uvicorn.run("main:app")',
    ],
    [
      'fastapi',
      'in a Server',
      'import uvicorn, asyncio\nfrom fastapi import FastAPI\napp = FastAPI()\nasyncio.run(uvicorn.Server(uvicorn.Config(app)).serve())',
    ],
    ['aiohttp', 'run', 'from aiohttp import web\nweb.run_app(web.Application())'],
    [
      'aiohttp',
      'made by a coroutine, run by hand',
      'from aiohttp import web\nasync def make():\n  app = web.Application()\n  return app\nasync def main():\n  runner = web.AppRunner(await make())\n  await runner.setup()\n  await web.TCPSite(runner).start()',
    ],
    ['express', 'called', "import express from 'express'; const app = express(); app.listen(3000);"],
    ['express', 'required on the spot', "const app = require('express')(); app.listen(3000);"],
    [
      'express',
      'given to http',
      "const express = require('express'); const { createServer } = require('node:http'); const app = express(); createServer(app).listen(3000);",
    ],
    [
      'express',
      'in a class',
      "import express from 'express'; class Server { app = express(); start() { this.app.listen(3000); } } new Server().start();",
    ],
    [
      'express',
      'called by a handler',
      "import express from 'express'; import http from 'http'; const app = express(); http.createServer((req, res) => app(req, res)).listen(1);",
    ],
    [
      'fastify',
      'awaited',
      "import { fastify as make } from 'fastify'; const app = make(); await app.listen({ port: 3000 });",
    ],
    [
      'fastify',
      'chained',
      "import Fastify from 'fastify'; Fastify({ logger: true }).listen({ port: 3000 });",
    ],
    [
      'hono',
      'served by the adapter',
      "import { serve } from '@hono/node-server'; import { Hono } from 'hono'; const app = new Hono(); serve({ fetch: app.fetch, port: 3000 });",
    ],
    [
      'hono',
      'with OpenAPI, over http',
      "import { OpenAPIHono } from '@hono/zod-openapi'; import { getRequestListener } from '@hono/node-server'; import http from 'http'; const app = new OpenAPIHono().basePath('/api'); http.createServer(getRequestListener(app.fetch)).listen(1);",
    ],
    ['koa', 'called', "import Koa from 'koa'; const app = new Koa(); app.listen(3000);"],
    [
      'koa',
      'by its callback',
      "const Koa = require('koa'); const http = require('http'); const server = http.createServer(); const app = new Koa(); server.on('request', app.callback()); server.listen(1);",
    ],
  ];

  it.each(right)('of %s, %s, is compliant', (wanted, _, text) => {
    const result = judge(wanted, text);
    expect(told(result).join('\n')).toMatch(/is constructed/);
    expect(result.compliant).toBe(true);
  });

  it('is found by the command that serves it', () => {
    const app = 'from fastapi import FastAPI\ndef create_app():\n  return FastAPI()\napi = create_app()\n';
    for (const command of [
      'uvicorn src.web:api --host 0.0.0.0 --port 8080',
      'exec gunicorn -k uvicorn.workers.UvicornWorker -b 0.0.0.0:8080 "src.web:create_app()"',
      'python3 -m hypercorn src/web:api',
      'uvicorn --factory src.web:create_app',
    ]) {
      const result = check('fastapi', { 'run.sh': command, 'src/web.py': app });
      expect(told(result)).toContain('run.sh:1 an application of FastAPI serves');
    }
    const flask = {
      'run.sh': 'cd back && FLASK_APP=web flask run',
      'back/web.py': 'import flask\napp = flask.Flask("a")',
    };
    expect(told(check('flask', flask))).toContain('run.sh:1 an application of Flask serves');
  });

  it('of Django needs its manage.py or wsgi, and URLs', () => {
    const manage =
      'import os, sys\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_.settings")\nfrom django.core.management import execute_from_command_line\nexecute_from_command_line(sys.argv)\n';
    const files = {
      'run.sh': 'python manage.py migrate\nexec python manage.py runserver 0.0.0.0:8080',
      'manage.py': manage,
      'site_/__init__.py': '',
      'site_/settings.py': 'ROOT_URLCONF = "site_.urls"\nINSTALLED_APPS = []\n',
      'site_/urls.py': 'from django.urls import path\nurlpatterns = []\n',
    };
    expect(check('django', files).compliant).toBe(true);
    expect(check('django', { ...files, 'site_/urls.py': '' }).compliant).toBe(false);
    const wsgi = 'from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n';
    expect(
      check('django', {
        ...files,
        'run.sh': 'gunicorn site_.wsgi -b :8080',
        'site_/wsgi.py': `import os\nos.environ["DJANGO_SETTINGS_MODULE"] = "site_.settings"\n${wsgi}`,
      }).compliant,
    ).toBe(true);
  });
});

describe('a submission without one', () => {
  it('is told that another framework serves', () => {
    const result = judge('flask', 'from bottle import Bottle\napp = Bottle()\napp.run()', {
      'requirements.txt': 'flask\nbottle',
    });
    expect(told(result)).toEqual([
      'main.py:3 an application of Bottle is what serves here, and the task wants Flask',
      'requirements.txt:1 Flask is declared as a dependency and never used',
    ]);
    expect(result.compliant).toBe(false);
  });

  it('is told that a server of its own serves', () => {
    const result = judge(
      'koa',
      "import http from 'http'; http.createServer((q, r) => r.end()).listen(3000);",
    );
    expect(told(result)[0]).toBe(
      'main.ts:1 a server of its own, without a framework, is what serves here, and the task wants Koa',
    );
    const raw =
      'from http.server import *\nimport http.server\nhttp.server.HTTPServer(("", 1), Handler).serve_forever()';
    expect(told(judge('flask', raw))[0]).toMatch(/^main.py:3 a server of its own/);
    const wsgi = {
      'run.sh': 'gunicorn main:app',
      'main.py': 'def app(environ, start_response):\n  return []\n',
    };
    expect(told(check('flask', wsgi))[0]).toMatch(/^run.sh:1 a server of its own/);
  });

  it('is told how near it came', () => {
    const idle = judge('express', 'console.log(1)', {
      'old.ts': "import express from 'express';\nexport const app = express();",
    });
    expect(told(idle)).toEqual([
      'old.ts:2 an application of Express is constructed here, in code that does not run',
    ]);
    expect(
      told(judge('express', "import express from 'express';\nexport const r = express.Router();")),
    ).toEqual(['main.ts:1 Express is imported here, but no application of it is constructed']);
    expect(told(judge('hono', '// new Hono()\nconst a = "new Hono()";'))).toEqual([
      'main.ts:1 nothing of Hono is used: no application of it is constructed',
    ]);
    const branch =
      'import os\nfrom flask import Flask\nif os.getenv("OLD") == "1":\n  app = Flask("a")\n  app.run()\n';
    expect(judge('flask', branch).compliant).toBe(false);
  });
});

describe('two frameworks', () => {
  it('violate the rule when the other one serves', () => {
    const text =
      "import express from 'express'; import Koa from 'koa'; const unused = express();\nconst app = new Koa();\napp.listen(3000);";
    expect(told(judge('express', text))).toEqual([
      'main.ts:3 an application of Koa is what serves here; the application of Express is constructed and not served',
    ]);
    expect(judge('koa', text)).toMatchObject({ compliant: true, notes: [{ line: 1 }] });
  });

  it('are noted when one is mounted in the other', () => {
    const text =
      'from fastapi import FastAPI\nfrom starlette.middleware.wsgi import WSGIMiddleware\nfrom flask import Flask\nimport uvicorn\napp = FastAPI()\nlegacy = Flask("a")\napp.mount("/old", WSGIMiddleware(legacy))\nuvicorn.run(app)';
    expect(judge('fastapi', text)).toMatchObject({ compliant: true, notes: [{ line: 6 }] });
    expect(told(judge('flask', text))).toEqual([
      'main.py:8 an application of FastAPI is what serves here; the application of Flask is constructed and not served',
    ]);
  });

  it('that are NestJS over Express are NestJS', () => {
    const text =
      "import { NestFactory } from '@nestjs/core'; const app = await NestFactory.create(AppModule);\nawait app.listen(3000);";
    expect(judge('express', text).compliant).toBe(false);
  });
});
