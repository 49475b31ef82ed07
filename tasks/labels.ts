import type { Database, Framework, Task } from '../src/domain/task.ts';

/** Names as their projects write them. */
export const frameworkLabels: Readonly<Record<Framework, string>> = {
  flask: 'Flask',
  fastapi: 'FastAPI',
  django: 'Django',
  aiohttp: 'aiohttp',
  express: 'Express',
  fastify: 'Fastify',
  hono: 'Hono',
  koa: 'Koa',
};

export const databaseLabels: Readonly<Record<Database, string>> = {
  sqlite: 'SQLite',
  postgres: 'PostgreSQL',
};

/** The ORM a task of this language asks for when it asks for one. */
export function ormLabel(task: Pick<Task, 'language'>): 'SQLAlchemy' | 'Sequelize' {
  return task.language === 'python' ? 'SQLAlchemy' : 'Sequelize';
}
