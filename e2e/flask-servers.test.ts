import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunRecord } from '../src/domain/run.ts';
import { openHarness, startApp, type App } from './support.ts';

/** The ways in which people start a Flask application: each must come up, answer, and be judged. */

let app: App;
let page: Page;

beforeAll(async () => {
  app = await startApp();
  page = await openHarness(app);
});
afterAll(() => app.close());

const application = `
from flask import Flask, jsonify, request

app = Flask(__name__)
users = {}

@app.get("/api/health-check")
def health():
    return jsonify(status="ok")

@app.post("/api/users")
def register():
    user = request.get_json()["user"]
    users[user["username"]] = user
    return jsonify(user=user), 201
`;

interface Submission {
  requirements: string;
  script: string;
  /** Added to app.py. */
  main?: string;
  /** What the log must show: that it was this server. */
  log: RegExp;
}

const submissions: Record<string, Submission> = {
  'flask run': {
    requirements: 'flask',
    script: 'export FLASK_APP=app\nflask run --host=0.0.0.0 --port=8080',
    log: /Serving Flask app 'app'/,
  },
  'python -m flask, in the background': {
    requirements: 'flask',
    script: 'python -m flask --app app run --host 0.0.0.0 --port 8080 &\nwait $!',
    log: /Serving Flask app 'app'/,
  },
  'app.run with debug and its reloader': {
    requirements: 'flask==3.0.0\nwerkzeug==3.0.1',
    main: 'if __name__ == "__main__":\n    app.run(host="0.0.0.0", port=8080, debug=True)\n',
    script: 'cd "$(dirname "$0")"\npip install -r requirements.txt && python3 -u app.py',
    log: /Debug mode: on/,
  },
  'gunicorn with several workers': {
    requirements: 'flask\ngunicorn',
    script: 'exec gunicorn -w 4 -b 0.0.0.0:8080 app:app',
    log: /Using worker: sync/,
  },
  'gunicorn with threads, in a virtual environment': {
    requirements: 'flask\ngunicorn',
    script: `set -euo pipefail
[ -d .venv ] || python3 -m venv .venv
source .venv/bin/activate
pip install -q -r requirements.txt
which python
exec .venv/bin/gunicorn --threads 4 --bind "0.0.0.0:\${PORT:-8080}" app:app`,
    log: /\/app\/\.venv\/bin\/python[^]*Using worker: gthread/,
  },
  'waitress-serve': {
    requirements: 'flask\nwaitress',
    script: 'waitress-serve --host=0.0.0.0 --port=8080 app:app',
    log: /Serving on http:\/\/0\.0\.0\.0:8080/,
  },
  'waitress.serve': {
    requirements: 'flask\nwaitress',
    main: 'from waitress import serve\nserve(app, host="0.0.0.0", port=8080, threads=8)\n',
    script: 'mkdir -p data\npython app.py 2>&1',
    log: /^/,
  },
};

async function run(job: string, { requirements, script, main = '' }: Submission): Promise<RunRecord> {
  const record = await page.evaluate(
    ([name, files]) =>
      window.decay?.run(name, {
        taskId: 'flask-unconstrained',
        files,
        engine: 'python',
        source: { kind: 'folder', label: 'test' },
        profile: 'paper',
      }),
    [
      job,
      {
        'app.py': application + main,
        'requirements.txt': requirements,
        'run.sh': `#!/usr/bin/env bash\n${script}\n`,
      },
    ] as const,
  );
  if (record === undefined) throw new Error('the run was cancelled');
  return record;
}

it.each(Object.entries(submissions))('%s', async (job, submission) => {
  const record = await run(job, submission);
  const log = record.log.map(({ text }) => text).join('\n');
  const health = record.stages.find(({ name }) => name === 'health');
  expect(health?.status, `${health?.message ?? ''}\n${log}`).toBe('passed');
  expect(log).toMatch(submission.log);
  // A registration is answered, the many routes that are missing are not.
  expect(record.verdict).toMatchObject({ kind: 'scored', score: { pass: false } });
  expect(record.suite?.assertions.some(({ status }) => status === 'passed')).toBe(true);
});

it('a package that requirements.txt does not name ends the server before it is healthy', async () => {
  const record = await run('missing', {
    requirements: 'flask',
    main: 'import flask_login\n',
    script: 'python app.py',
    log: /^/,
  });
  expect(record.log.map(({ text }) => text).join('\n')).toContain(
    "ModuleNotFoundError: No module named 'flask_login'",
  );
  const failed = record.stages.find(({ status }) => status === 'failed');
  expect(failed?.message).toMatch(/exited with code 1/);
  expect(record.verdict).toMatchObject({ kind: 'scored', score: { pass: false } });
});
