import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { verifyResult, type Profile } from '../src/domain/verdict.ts';
import { findTask, tasks } from '../tasks/index.ts';
import { availableProfiles, verify } from './index.ts';

describe('verify', () => {
  it.each(tasks.map((task) => [task.id, task] as const))('runs the rules of %s', (_, task) => {
    const { architecture, database, orm } = task.constraints;
    const constrained = [
      ...(architecture ? ['architecture'] : []),
      ...(database === undefined ? [] : ['database']),
      ...(orm ? ['orm'] : []),
    ];
    const paper = verify(task, {}, 'paper');
    expect(paper.rules.map((rule) => rule.rule)).toEqual(constrained);
    expect(paper.compliant).toBe(task.level === 0);
    const parser = verify(task, {}, 'parser');
    expect(parser.rules.map((rule) => rule.rule)).toEqual([...constrained, 'framework']);
    expect(parser.rules.every((rule) => !rule.compliant && rule.findings.length > 0)).toBe(true);
    for (const result of [paper, parser]) expect(v.parse(verifyResult, result)).toEqual(result);
  });

  it('reads text given as bytes and leaves binary content out', () => {
    const task = findTask('flask-sqlite');
    const files = {
      'a.py': new TextEncoder().encode('import sqlite3'),
      'conduit.db': Uint8Array.of(0xff, 0xfe),
    };
    expect(task && verify(task, files, 'paper').compliant).toBe(true);
  });

  it('is not compliant when one rule is not', () => {
    const task = findTask('express-sqlite-sequelize');
    const result = task && verify(task, { 'a.js': "require('sqlite3')" }, 'paper');
    expect(result).toMatchObject({ compliant: false, rules: [{ compliant: true }, { compliant: false }] });
  });

  it('judges in the profile parser what runs, and not what is only there', () => {
    const task = findTask('flask-sqlite');
    const app =
      "import sqlite3\nfrom flask import Flask\napp = Flask(__name__)\ndb = sqlite3.connect('x.db')\n";
    const files = {
      'run.sh': 'flask --app app run',
      'app.py': `${app}rows = db.execute('SELECT * FROM users').fetchall()\n`,
    };
    expect(task && verify(task, files, 'parser')).toMatchObject({ version: '1.0.0', compliant: true });
    const idle = { 'run.sh': 'python main.py', 'main.py': 'print(1)\n', 'app.py': files['app.py'] };
    expect(task && verify(task, idle, 'parser').rules.map((rule) => rule.compliant)).toEqual([false, false]);
    expect(task && verify(task, idle, 'paper').compliant).toBe(true);
  });

  it('refuses a profile that does not exist', () => {
    const [task] = tasks;
    expect(availableProfiles).toEqual(['parser', 'paper']);
    const unknown = JSON.parse('"other"') as Profile;
    expect(() => task && verify(task, {}, unknown)).toThrow(
      /no verifier profile other; choose parser or paper/,
    );
  });

  it.each([
    ['nested brackets', '('.repeat(60_000)],
    ['one long line', 'x = 1; '.repeat(20_000)],
    ['many imports', 'import a\n'.repeat(30_000)],
    ['an open string', `x = "${'a'.repeat(500_000)}`],
  ])('takes a hostile file of %s', (_, text) => {
    const task = findTask('express-clean_architecture-sqlite-sequelize');
    const files = {
      'run.sh': text,
      'a.py': text,
      'b.js': text,
      'src/models/c.ts': text,
      'package.json': text,
    };
    expect(task && verify(task, files, 'parser').rules).toHaveLength(4);
  });
});
