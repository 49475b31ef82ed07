import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { frameworks, taskId } from '../src/domain/task.ts';
import { describeTask, findTask, tasks } from './index.ts';

describe('tasks', () => {
  it('are ten constraint sets on each of eight frameworks', () => {
    expect(tasks).toHaveLength(80);
    for (const framework of frameworks) {
      const levels = tasks.filter((task) => task.framework === framework).map((task) => task.level);
      expect(levels.sort()).toEqual([0, 1, 1, 1, 2, 2, 2, 2, 3, 3]);
    }
  });

  it('have unique ids that the record schema takes', () => {
    expect(new Set(tasks.map((task) => task.id)).size).toBe(80);
    for (const task of tasks) expect(v.is(taskId, task.id)).toBe(true);
  });

  it.each([
    'flask-unconstrained',
    'express-sqlite',
    'django-clean_architecture',
    'fastapi-sqlite-sqlalchemy',
    'hono-clean_architecture-postgres',
    'koa-clean_architecture-postgres-sequelize',
  ])('include %s', (id) => {
    expect(findTask(id)?.id).toBe(id);
  });

  it('never ask for an ORM without a database', () => {
    expect(tasks.filter((task) => task.constraints.orm && task.constraints.database === undefined)).toEqual(
      [],
    );
  });

  it('say where a server of each language listens and how it is installed', () => {
    expect(findTask('aiohttp-postgres')).toMatchObject({
      language: 'python',
      port: 8080,
      dependencyFile: 'requirements.txt',
      install: ['uv', 'pip', 'install', '-r', 'requirements.txt'],
    });
    expect(findTask('fastify-postgres')).toMatchObject({
      language: 'node',
      port: 3000,
      dependencyFile: 'package.json',
      install: ['npm', 'install'],
    });
  });

  it('do not answer to an unknown id', () => {
    expect(findTask('express-mongodb')).toBeUndefined();
    expect(findTask('constructor')).toBeUndefined();
  });

  it('describe themselves', () => {
    const texts = tasks.map(describeTask);
    expect(texts[0]).toBe('Flask, unconstrained (L0)');
    expect(texts).toContain('Koa, PostgreSQL with Sequelize, clean architecture (L3)');
    expect(new Set(texts).size).toBe(80);
  });
});
