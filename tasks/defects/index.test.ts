import { describe, expect, it } from 'vitest';
import { frameworks } from '../../src/domain/task.ts';
import { findTask } from '../index.ts';
import { assertions } from '../suite/index.ts';
import { defects, loadDefect } from './index.ts';

describe('defects', () => {
  it('are ten flaws on two frameworks, and traps of all frameworks and both ORMs', () => {
    const traps = defects.filter(({ trace, reason }) => trace !== undefined || reason !== undefined);
    expect(defects).toHaveLength(20 + traps.length);
    expect(new Set(traps.map(({ taskId }) => findTask(taskId)?.framework))).toEqual(new Set(frameworks));
    expect(traps.map(({ taskId }) => taskId)).toContain('express-sqlite-sequelize');
    expect(traps.map(({ taskId }) => taskId)).toContain('fastapi-sqlite-sqlalchemy');
  });

  it('leave traces in assertions that there are', () => {
    const ids = new Set(assertions.map(({ id }) => id));
    for (const { trace } of defects) expect(trace === undefined || ids.has(trace.assertion)).toBe(true);
  });

  it.each(defects)('$id says that it is written by hand and lacks no more than its flaw', async (defect) => {
    const task = findTask(defect.taskId);
    const files = await loadDefect(defect.id);
    expect(files['server.js'] ?? files['main.py']).toMatch(/^(\/\/|#) Written by hand\. Flaw: /);
    expect(Object.hasOwn(files, 'run.sh')).toBe(!defect.id.endsWith('no-run-sh'));
    expect(task && Object.hasOwn(files, task.dependencyFile)).toBe(!defect.id.endsWith('no-dependency-file'));
  });

  it('names those there are when asked for another', async () => {
    await expect(loadDefect('django-slow')).rejects.toThrow(
      /no defect django-slow; there are express-failing/,
    );
  });
});
