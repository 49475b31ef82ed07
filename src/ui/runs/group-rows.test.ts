import { expect, it } from 'vitest';
import { findTask } from '../../../tasks/index.ts';
import type { Task } from '../../domain/task.ts';
import { columnName, decayPoints } from './group-rows.ts';

const task = (id: string): Task => {
  const found = findTask(id);
  if (found === undefined) throw new Error(id);
  return found;
};

it('names a column by its rules, and by its framework too where there are several', () => {
  const [none, layers, other] = [
    task('express-unconstrained'),
    task('express-clean_architecture-sqlite'),
    task('flask-clean_architecture-sqlite'),
  ];
  expect(columnName(none, [none, layers])).toBe('unconstrained');
  expect(columnName(layers, [none, layers])).toBe('SQLite, clean architecture');
  expect(columnName(layers, [layers, other])).toBe('Express, SQLite, clean architecture');
  expect(columnName(other, [layers, other])).toBe('Flask, SQLite, clean architecture');
});

it('draws a line over the levels that have a score; of one level the mean', () => {
  const points = [
    { level: 3, strict: 0, raw: 0.5 },
    { level: 0, strict: 1, raw: 1 },
    { level: 0, strict: 0.5, raw: 1 },
    { level: 1, strict: undefined, raw: undefined },
    { level: undefined, strict: 1, raw: 1 },
  ] as const;
  expect(decayPoints(points, 'strict')).toEqual([
    { level: 0, share: 0.75 },
    { level: 3, share: 0 },
  ]);
});
