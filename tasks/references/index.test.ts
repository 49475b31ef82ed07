import { describe, expect, it } from 'vitest';
import type { Profile } from '../../src/domain/verdict.ts';
import { verify } from '../../verifiers/index.ts';
import { findTask } from '../index.ts';
import { loadReference, references } from './index.ts';

const profiles: readonly Profile[] = ['parser', 'paper'];

describe('references', () => {
  it('exist for these tasks', () => {
    expect(references.map((reference) => reference.taskId)).toEqual([
      'aiohttp-clean_architecture-sqlite-sqlalchemy',
      'aiohttp-sqlite',
      'aiohttp-unconstrained',
      'django-clean_architecture-sqlite-sqlalchemy',
      'django-sqlite',
      'django-unconstrained',
      'express-clean_architecture-sqlite',
      'express-clean_architecture-sqlite-sequelize',
      'express-sqlite',
      'express-unconstrained',
      'fastapi-clean_architecture-sqlite-sqlalchemy',
      'fastapi-sqlite',
      'fastapi-unconstrained',
      'fastify-clean_architecture-sqlite-sequelize',
      'fastify-sqlite',
      'fastify-unconstrained',
      'flask-clean_architecture-sqlite',
      'flask-clean_architecture-sqlite-sqlalchemy',
      'flask-sqlite',
      'flask-unconstrained',
      'hono-clean_architecture-sqlite-sequelize',
      'hono-sqlite',
      'hono-unconstrained',
      'koa-clean_architecture-sqlite-sequelize',
      'koa-sqlite',
      'koa-unconstrained',
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
    },
  );

  it.each(
    references.flatMap(({ taskId }) => profiles.map((profile) => ({ taskId, profile }))),
  )('$taskId keeps the rules of its task by the profile $profile', async ({ taskId, profile }) => {
    const task = findTask(taskId);
    expect(task && verify(task, await loadReference(taskId), profile)).toMatchObject({ compliant: true });
  });

  it.each(references.filter(({ taskId }) => findTask(taskId)?.language === 'node'))(
    '$taskId asks for versions by lower bounds',
    async ({ taskId }) => {
      const { dependencies } = JSON.parse(String((await loadReference(taskId))['package.json']));
      for (const range of Object.values(dependencies)) expect(range).toMatch(/^>=\d/);
    },
  );

  it.each(references.filter(({ taskId }) => findTask(taskId)?.language === 'python'))(
    '$taskId asks for versions by lower bounds',
    async ({ taskId }) => {
      const requirements = String((await loadReference(taskId))['requirements.txt']).trim().split('\n');
      for (const requirement of requirements) expect(requirement).toMatch(/^[\w-]+(\[\w+\])?>=\d/);
    },
  );

  it('names the references there are when asked for another', async () => {
    await expect(loadReference('koa-postgres')).rejects.toThrow(
      /no reference submission for task koa-postgres.*flask/,
    );
  });
});
