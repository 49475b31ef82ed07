import { describe, expect, it } from 'vitest';
import { tasks } from '../../../tasks/index.ts';
import { scriptedServices } from '../testing/scripted.ts';
import { constraintMarks, neighbour, ruleText, taskGrid } from './task-grid.ts';

const grid = taskGrid(tasks);

describe('the grid of tasks', () => {
  it('has a row for each framework and a column for each set of rules, by level', () => {
    expect(grid.rows).toHaveLength(8);
    expect(grid.levels.map(({ columns }) => columns)).toEqual([1, 3, 4, 2]);
    expect(new Set(grid.rows.flatMap(({ cells }) => cells.map(({ task }) => task.id))).size).toBe(80);
  });

  it('goes to the same rules of the next framework, around the end', () => {
    expect(neighbour(grid, 'express-sqlite', 1)).toBe('fastify-sqlite');
    expect(neighbour(grid, 'koa-sqlite', 1)).toBe('flask-sqlite');
    expect(neighbour(grid, 'flask-sqlite', -1)).toBe('koa-sqlite');
    expect(neighbour(grid, 'koa-postgres', 1)).toBe('koa-postgres');
  });

  it.each(['python', 'node'] as const)('says each rule as the prompts of %s do', async (language) => {
    const services = scriptedServices('passed', tasks);
    const texts = await Promise.all(constraintMarks.map(({ id }) => ruleText(services, id, language)));
    expect(texts[0]).toContain('four layers');
    expect(texts[1]).toContain('SQLite');
    expect(texts[2]).toContain('PostgreSQL');
    expect(texts[3]).toContain(language === 'python' ? 'SQLAlchemy' : 'Sequelize');
  });
});
