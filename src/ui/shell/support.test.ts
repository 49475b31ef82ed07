import { expect, it } from 'vitest';
import { references } from '../../../tasks/references/index.ts';
import { findTask, tasks } from '../../../tasks/index.ts';
import { missingFeatures, support } from './support.ts';
import { taskGrid } from '../setup/task-grid.ts';

const whole = {
  crossOriginIsolated: true,
  SharedArrayBuffer: Array,
  WebAssembly: { Suspending: Array },
};

it('finds nothing missing in a whole browser', () => {
  expect(missingFeatures(whole)).toEqual([]);
});

it('says what is missing, what to do, and which servers it stops', () => {
  const blocked = (scope: object) => missingFeatures(scope).flatMap(({ blocks }) => blocks);
  expect(blocked({ ...whole, crossOriginIsolated: false })).toEqual(['node', 'python']);
  expect(blocked({ ...whole, WebAssembly: {} })).toEqual([]);
  expect(missingFeatures({ ...whole, WebAssembly: {} })).toHaveLength(1);
  expect(blocked({ ...whole, WebAssembly: undefined })).toEqual(['node', 'python']);
  expect(missingFeatures({ ...whole, crossOriginIsolated: false })[0]?.advice).toContain(
    'Cross-Origin-Opener-Policy',
  );
});

it('marks tasks by what this version runs', () => {
  const of = (id: string) => {
    const task = findTask(id);
    return task && support(task);
  };
  expect(of('express-sqlite')).toBe('ready');
  expect(of('flask-unconstrained')).toBe('ready');
  expect(of('hono-sqlite')).toBe('ready');
  expect(of('koa-clean_architecture-sqlite-sequelize')).toBe('ready');
  expect(of('express-clean_architecture-sqlite')).toBe('ready');
  expect(of('koa-clean_architecture-sqlite')).toBe('trial');
  expect(of('fastapi-unconstrained')).toBe('ready');
  expect(of('django-clean_architecture-sqlite-sqlalchemy')).toBe('ready');
  expect(of('aiohttp-sqlite-sqlalchemy')).toBe('trial');
  expect(of('express-postgres')).toBe('coming');
});

it('marks exactly those as ready that have a reference', () => {
  const ready = tasks.filter((task) => support(task) === 'ready').map(({ id }) => id);
  expect(ready.sort()).toEqual(references.map(({ taskId }) => taskId));
});

it('lays all tasks out by framework and level', () => {
  const grid = taskGrid(tasks);
  expect(grid.levels.map(({ columns }) => columns)).toEqual([1, 3, 4, 2]);
  expect(grid.rows).toHaveLength(8);
  for (const row of grid.rows) {
    expect(row.cells.map(({ task }) => task.constraints)).toEqual(
      grid.columns.map(({ constraints }) => constraints),
    );
  }
});
