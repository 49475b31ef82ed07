import { describe, expect, it } from 'vitest';
import { findTask } from '../../../tasks/index.ts';
import type { FileMap } from '../../engines/engine.ts';
import { present } from '../testing/present.ts';
import { doubtsAbout } from './doubts.ts';

const express = present(findTask('express-clean_architecture-sqlite'));
const flask = present(findTask('flask-unconstrained'));
const of = (files: FileMap, task = express) =>
  doubtsAbout({ 'run.sh': 'x', [task.dependencyFile]: '{}', ...files }, task);
const packages = (...names: string[]): FileMap => ({
  'package.json': JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, '1'])) }),
});

describe('doubts about a submission', () => {
  it('are none when nothing is odd', () => {
    expect(of(packages('express', 'koa'))).toEqual([]);
    expect(of({ 'requirements.txt': 'flask[async]>=3\naiohttp\n' }, flask)).toEqual([]);
    expect(of({ 'package.json': '{"dependencies": null' })).toEqual([]);
    expect(of({ 'package.json': Uint8Array.of(1) })).toEqual([]);
  });

  it('name the task with the same rules of the framework that the files are written for', () => {
    expect(of(packages('koa', 'better-sqlite3'))).toMatchObject([
      { mend: { taskId: 'koa-clean_architecture-sqlite' } },
    ]);
    const both = of({ 'requirements.txt': '# web\nFastAPI==0.1 ; x\naiohttp\n' }, flask);
    expect(both).toMatchObject([{ mend: { taskId: 'fastapi-unconstrained' } }]);
    expect(of(packages('koa', 'hono'))).toEqual([]);
    expect(of(packages('toString', 'constructor'))).toEqual([]);
  });

  it('find the one folder that has the server', () => {
    const files = { 'a/b/run.sh': 'x', 'a/b/package.json': '{}' };
    expect(doubtsAbout(files, express).at(-1)).toMatchObject({ mend: { top: 'a/b' } });
    const two = doubtsAbout({ ...files, 'c/run.sh': 'x' }, express);
    expect(two.some(({ mend }) => mend !== undefined)).toBe(false);
  });

  it('tell of a script that no shell can read', () => {
    expect(of({ 'run.sh': 'cd app\r\nnode a.js\r\n' })[0]?.text).toContain('CRLF');
    expect(of({ 'run.sh': '\uFEFFnode a.js\n' })[0]?.text).toContain('byte order mark');
    expect(of({ 'run.sh': Uint8Array.of(0xff, 0xfe, 0x61, 0) })[0]?.text).toContain('UTF-8');
  });
});
