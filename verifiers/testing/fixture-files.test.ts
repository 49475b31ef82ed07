import { describe, expect, it } from 'vitest';
import { parseFixture } from './fixture-files.ts';

const head = ['task: flask-sqlite', 'note: one table', 'database: compliant', 'framework: compliant'];
const body = ['-- run.sh --', 'python app.py', '-- app.py --', 'import sqlite3', 'import flask'];
const parse = (...lines: string[]) => parseFixture('flask/one', `${lines.join('\n')}\n`);

describe('parseFixture', () => {
  it('reads the head and the files', () => {
    const fixture = parse(...head, 'paper-database: violated', 'weakness: not-running', ...body);
    expect(fixture.task.id).toBe('flask-sqlite');
    expect(fixture.note).toBe('one table');
    expect(fixture.weakness).toBe('not-running');
    expect([...fixture.labels.keys()]).toEqual(['database', 'framework']);
    expect(fixture.paper.get('database')).toBe(false);
    expect(fixture.files).toEqual({
      'run.sh': 'python app.py\n',
      'app.py': 'import sqlite3\nimport flask\n',
    });
  });

  it('reads places with and without a line', () => {
    const lines = [
      ...head.slice(0, 2),
      'database: violated app.py:2 run.sh',
      'framework: compliant',
      ...body,
    ];
    expect(parse(...lines).labels.get('database')).toEqual({
      compliant: false,
      places: [
        { file: 'app.py', line: 2 },
        { file: 'run.sh', line: undefined },
      ],
    });
  });

  it('keeps empty files and empty lines', () => {
    const { files } = parse(...head, '-- a.py --', '-- b.py --', '', 'x = 1', '');
    expect(files).toEqual({ 'a.py': '', 'b.py': '\nx = 1\n\n' });
  });

  it('gives code a byte order mark and Windows line ends when the form says so', () => {
    const { files } = parse(...head, 'form: bom crlf', '-- run.sh --', 'x', '-- a.py --', 'y', 'z');
    expect(files).toEqual({ 'run.sh': 'x\n', 'a.py': '\uFEFFy\r\nz\r\n' });
  });

  it.each([
    ['no file', head, /no file/],
    ['a head line without a key', [...head, 'database', ...body], /flask\/one:5: "database" is not a line/],
    ['an unknown key', [...head, 'color: red', ...body], /unknown key color/],
    ['a key that stands there twice', [...head, 'note: again', ...body], /note stands there twice/],
    ['an unknown task', ['task: flask-oracle', ...head.slice(1), ...body], /unknown task flask-oracle/],
    ['the wrong folder', ['task: koa-sqlite', ...head.slice(1), ...body], /belongs in the folder koa/],
    ['no note', [head[0] ?? '', ...head.slice(2), ...body], /no note/],
    ['a missing label', [...head.slice(0, 3), ...body], /no label for the rule framework/],
    ['a label of no rule', [...head, 'orm: compliant', ...body], /flask-sqlite has no rule orm/],
    ['a paper label of no rule', [...head, 'paper-orm: violated', ...body], /flask-sqlite has no rule orm/],
    ['another verdict', [...head, 'paper-database: fine', ...body], /neither compliant nor violated/],
    ['an unknown form', [...head, 'form: utf-16', ...body], /unknown form utf-16/],
    ['an unknown weakness', [...head, 'weakness: toString', ...body], /unknown weakness toString/],
    ['a file twice', [...head, ...body, '-- app.py --'], /app.py stands there twice/],
    ['a path outside', [...head, '-- ../app.py --'], /not a path below the submission/],
  ])('refuses %s', (_, lines, message) => {
    expect(() => parse(...lines)).toThrow(message);
  });

  it.each([
    ['compliant app.py:1', /compliant, so it has no places/],
    ['violated other.py:1', /other.py:1 names no file/],
    ['violated app.py:9', /app.py has no line 9/],
    ['violated __proto__:1', /names no file/],
  ])('refuses the label %s', (label, message) => {
    const lines = [...head.slice(0, 2), `database: ${label}`, 'framework: compliant', ...body];
    expect(() => parse(...lines)).toThrow(message);
  });
});
