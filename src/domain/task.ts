import * as v from 'valibot';

export const frameworks = [
  'flask',
  'fastapi',
  'django',
  'aiohttp',
  'express',
  'fastify',
  'hono',
  'koa',
] as const;
export type Framework = (typeof frameworks)[number];

export type Database = 'sqlite' | 'postgres';

/** Number of active constraints: L0 none, L3 all three. */
export type Level = 0 | 1 | 2 | 3;

export interface Constraints {
  architecture: boolean;
  database: Database | undefined;
  orm: boolean;
}

/** One greenfield task: a framework and a set of constraints. */
export interface Task {
  /** `{framework}-{constraints joined with '-'}`, e.g. `flask-unconstrained`, `koa-clean_architecture-postgres-sequelize`. */
  id: string;
  framework: Framework;
  language: 'node' | 'python';
  level: Level;
  constraints: Constraints;
  /** Port the server must listen on: 8080 for Python, 3000 for Node. */
  port: number;
  /** `requirements.txt` or `package.json`. */
  dependencyFile: string;
  /** Install command and its arguments. */
  install: readonly [string, ...string[]];
}

export const taskId = v.pipe(v.string(), v.regex(/^[a-z]+(-[a-z_]+)+$/), v.maxLength(80));
