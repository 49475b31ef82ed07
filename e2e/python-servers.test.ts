import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openHarness, startApp, type App } from './support.ts';
import '../src/harness/api.ts';

/**
 * The servers of Python by the commands that people write: each comes up, answers, and ends on SIGTERM with the exit
 * code and the words of the real one. What their answers look like is the matter of the golden suite.
 */

let app: App;
let page: Page;

beforeAll(async () => {
  app = await startApp();
  page = await openHarness(app);
});
afterAll(() => app.close());

const files = {
  'wsgi.py': `
from flask import Flask

app = Flask(__name__)

@app.get("/")
def index():
    return "from flask"

def make():
    return app

if __name__ == "__main__":
    app.run(port=8080, debug=True)
`,
  'asgi.py': `
from contextlib import asynccontextmanager
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

@asynccontextmanager
async def lifespan(app):
    print("up", flush=True)
    yield
    print("down", flush=True)

async def index(request):
    return PlainTextResponse("from starlette")

app = Starlette(routes=[Route("/", index)], lifespan=lifespan)
`,
  'web.py': `
from aiohttp import web

async def index(request):
    return web.Response(text="from aiohttp")

def make(argv):
    app = web.Application()
    app.router.add_get("/", index)
    return app
`,
  'manage.py': `
import os, sys
from django.http import HttpResponse
from django.urls import path

SECRET_KEY, DEBUG, ALLOWED_HOSTS, ROOT_URLCONF, TIME_ZONE = "x" * 50, True, ["*"], "manage", "UTC"
urlpatterns = [path("", lambda request: HttpResponse("from django"))]

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "manage"
    from django.core.management import execute_from_command_line
    execute_from_command_line(sys.argv)
`,
};

interface Server {
  install: string;
  command: string;
  answer: string;
  /** Default 0. */
  exit?: number;
  /** In this order. */
  said: string[];
  /** Substitutions of this package are reported. */
  differs?: string;
}

const flask = 'flask==3.1.3';
const starlette = 'starlette==0.46.2 uvicorn==0.34.3';

const servers: Record<string, Server> = {
  'app.run with debugger and reloader': {
    install: flask,
    command: 'python wsgi.py',
    answer: 'from flask',
    said: ['Running on http://127.0.0.1:8080', '* Restarting with stat', '* Debugger is active!'],
    differs: 'werkzeug',
  },
  'gunicorn with two workers': {
    install: `${flask} gunicorn==23.0.0`,
    command: 'gunicorn -w 2 -b :8080 wsgi:app',
    answer: 'from flask',
    said: ['Booting worker', 'Handling signal: term', 'Worker exiting', 'Shutting down: Master'],
    differs: 'gunicorn',
  },
  'gunicorn with threads': {
    install: `${flask} gunicorn==23.0.0`,
    command: 'gunicorn --threads 4 -b 127.0.0.1:8080 "wsgi:make()"',
    answer: 'from flask',
    said: ['Using worker: gthread', 'Worker exiting', 'Shutting down: Master'],
  },
  'gunicorn with a worker of uvicorn': {
    install: `${starlette} gunicorn==23.0.0`,
    command: 'gunicorn -k uvicorn.workers.UvicornWorker -b :8080 asgi:app',
    answer: 'from starlette',
    said: [
      'Using worker: uvicorn.workers.UvicornWorker',
      'Finished server process',
      'was sent SIGTERM!',
      'Shutting down',
    ],
  },
  uvicorn: {
    install: starlette,
    command: 'uvicorn asgi:app --port 8080',
    answer: 'from starlette',
    exit: 143,
    said: [
      'Started server process',
      'Application startup complete.',
      'Shutting down',
      'Finished server process',
    ],
  },
  'uvicorn with workers': {
    install: starlette,
    command: 'uvicorn asgi:app --port 8080 --workers 3',
    answer: 'from starlette',
    said: [
      'Started parent process',
      'Received SIGTERM, exiting.',
      'Finished server process',
      'Stopping parent process',
    ],
    differs: 'uvicorn',
  },
  'uvicorn with its reloader': {
    install: starlette,
    command: 'uvicorn asgi:app --port 8080 --reload',
    answer: 'from starlette',
    said: ['Started reloader process', 'Finished server process', 'Stopping reloader process'],
    differs: 'uvicorn',
  },
  hypercorn: {
    install: `starlette==0.46.2 hypercorn==0.18.0`,
    command: 'hypercorn asgi:app -b 127.0.0.1:8080',
    answer: 'from starlette',
    said: ['Running on http://127.0.0.1:8080'],
  },
  daphne: {
    install: `starlette==0.46.2 daphne==4.2.3`,
    command: 'daphne -b 127.0.0.1 -p 8080 asgi:app',
    answer: 'from starlette',
    said: ['Listening on TCP address 127.0.0.1:8080'],
  },
  'waitress-serve': {
    install: `${flask} waitress==3.0.2`,
    command: 'waitress-serve --port=8080 --call wsgi:make',
    answer: 'from flask',
    exit: 143,
    said: ['Serving on http://0.0.0.0:8080'],
  },
  'python -m aiohttp.web': {
    install: 'aiohttp==3.14.5',
    command: 'python -m aiohttp.web -P 8080 web:make',
    answer: 'from aiohttp',
    said: ['Running on http://localhost:8080'],
  },
  'manage.py runserver with its reloader': {
    install: 'django==5.2.19',
    command: 'python manage.py runserver 8080',
    answer: 'from django',
    said: ['Watching for file changes with StatReloader', 'System check identified no issues'],
    differs: 'django',
  },
};

it.each(Object.entries(servers))('%s', async (_, server) => {
  const result = await page.evaluate(
    async ({ files, install, command }) => {
      const sandbox = await (await window.decay?.createEngine('python'))?.boot();
      if (sandbox === undefined) throw new Error('the harness page has no engine');
      const substitutions: string[] = [];
      sandbox.on('substitution', (what) => substitutions.push(what.package));
      const up = new Promise<void>((resolve) =>
        sandbox.on('listen', ({ port }) => port === 8080 && resolve()),
      );
      await sandbox.mount(files);
      const run = async (text: string) => {
        const child = await sandbox.spawn('bash', ['-c', text]);
        const said = { stdout: '', stderr: '' };
        const read = async () => {
          const reader = child.output.getReader();
          for (let next = await reader.read(); !next.done; next = await reader.read())
            said[next.value.stream] += new TextDecoder().decode(next.value.bytes);
          return { code: await child.exit, output: said.stderr + said.stdout };
        };
        return { child, ended: read() };
      };
      const installed = await (await run(`pip install -q ${install}`)).ended;
      if (installed.code !== 0) throw new Error(installed.output);
      const { child, ended } = await run(`exec ${command}`);
      const early = ended.then(({ output }) => Promise.reject(new Error(`it ended: ${output}`)));
      await Promise.race([up, early]);
      const answer = await sandbox.request(8080, {
        method: 'GET',
        target: '/',
        headers: [['Host', 'localhost']],
      });
      child.kill('SIGTERM');
      early.catch(() => undefined);
      const { code, output } = await ended;
      await sandbox.dispose();
      return { answer: new TextDecoder().decode(answer.body), code, output, substitutions };
    },
    { files, ...server },
  );
  expect(result.answer).toBe(server.answer);
  let from = 0;
  for (const words of server.said) {
    const at = result.output.indexOf(words, from);
    expect(at, `“${words}” after character ${from} of:\n${result.output}`).toBeGreaterThanOrEqual(0);
    from = at;
  }
  expect(result.code, result.output).toBe(server.exit ?? 0);
  if (server.differs !== undefined) expect(result.substitutions).toContain(server.differs);
});
