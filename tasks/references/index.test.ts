import { describe, expect, it } from 'vitest';
import { verify } from '../../verifiers/index.ts';
import { findTask } from '../index.ts';
import { loadReference, references } from './index.ts';

describe('references', () => {
  it('exist for Express and Flask, in memory and on SQLite', () => {
    expect(references.map((reference) => reference.taskId)).toEqual([
      'express-sqlite',
      'express-unconstrained',
      'flask-sqlite',
      'flask-unconstrained',
    ]);
  });

  it.each(references)(
    '$taskId has what its task asks for and says that it is written by hand',
    async (reference) => {
      const task = findTask(reference.taskId);
      const files = await loadReference(reference.taskId);
      expect(reference.label).toContain('written by hand');
      expect(files['README.md']).toContain('written by hand');
      expect(files['run.sh']).toMatch(/^#!\/usr\/bin\/env bash\n/);
      expect(Object.keys(files)).toContain(task?.dependencyFile);
      expect(task && verify(task, files, 'paper')).toMatchObject({ compliant: true });
    },
  );

  it('asks for versions by lower bounds only', async () => {
    const { dependencies } = JSON.parse(
      String((await loadReference('express-unconstrained'))['package.json']),
    );
    expect(Object.values(dependencies).every((range) => String(range).startsWith('>='))).toBe(true);
  });

  it('names the references there are when asked for another', async () => {
    await expect(loadReference('koa-postgres')).rejects.toThrow(
      /no reference submission for task koa-postgres.*flask/,
    );
  });
});
