import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { verifyResult } from '../src/domain/verdict.ts';
import { findTask, tasks } from '../tasks/index.ts';
import { availableProfiles, verify } from './index.ts';

describe('verify', () => {
  it.each(tasks.map((task) => [task.id, task] as const))('runs the rules of %s', (_, task) => {
    const result = verify(task, {}, 'paper');
    const { architecture, database, orm } = task.constraints;
    expect(result.rules.map((rule) => rule.rule)).toEqual([
      ...(architecture ? ['architecture'] : []),
      ...(database === undefined ? [] : ['database']),
      ...(orm ? ['orm'] : []),
    ]);
    expect(result.compliant).toBe(task.level === 0);
    expect(v.parse(verifyResult, result)).toEqual(result);
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

  it('refuses a profile that does not exist yet', () => {
    const [task] = tasks;
    expect(availableProfiles).toEqual(['paper']);
    expect(() => task && verify(task, {}, 'parser')).toThrow(
      /profile parser is not available yet; choose paper/,
    );
  });
});
