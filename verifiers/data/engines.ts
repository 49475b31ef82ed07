/** A database engine, as far as the rules tell them apart. */
export type Engine =
  'sqlite' | 'postgres' | 'mysql' | 'mongodb' | 'sqlserver' | 'oracle' | 'duckdb' | 'file store';

export const engineNames: Record<Engine, string> = {
  sqlite: 'SQLite',
  postgres: 'PostgreSQL',
  mysql: 'MySQL',
  mongodb: 'MongoDB',
  sqlserver: 'SQL Server',
  oracle: 'Oracle',
  duckdb: 'DuckDB',
  'file store': 'a store of its own',
};

const schemes: readonly [RegExp, Engine][] = [
  [/^(?:sqlite3?|sqlcipher|spatialite|libsql|file|sqliteext|sqlitepool)$/, 'sqlite'],
  [
    /^(?:postgres|postgresql|postgresql_psycopg2|postgis|pgsql|pg|psycopg[23]?|asyncpg|postgresext|postgresqlext|postgresqlpool|cockroachdb)$/,
    'postgres',
  ],
  [/^(?:mysql|mysql2|mariadb|mysqlgis|aiomysql|asyncmy)$/, 'mysql'],
  [/^(?:mongodb|mongo|djongo)$/, 'mongodb'],
  [/^(?:mssql|sqlserver|tedious)$/, 'sqlserver'],
  [/^(?:oracle|oracledb)$/, 'oracle'],
  [/^duckdb$/, 'duckdb'],
];

/** The engine that a URL opens by its scheme; a driver after `+` does not matter. Any engine's scheme ends with `:`. */
export function engineOfUrl(url: string): Engine | undefined {
  const scheme = /^([a-z][a-z0-9]*)(?:\+[a-z0-9_]+)?:/i.exec(url)?.[1]?.toLowerCase();
  return scheme === undefined ? undefined : bySchemes(scheme);
}

/**
 * The engine that a setting names: a dialect, a client, a provider, a Django backend or the module of one
 * (`better-sqlite3`, `django.db.backends.postgresql`, `tortoise.backends.asyncpg`, `postgresql+asyncpg`).
 */
export function engineOfName(name: string): Engine | undefined {
  const parts = name.toLowerCase().split(/[.+/-]/);
  for (const part of parts.reverse()) {
    const engine = bySchemes(part);
    if (engine !== undefined && part !== 'file') return engine;
  }
  return undefined;
}

/** Whether a URL or a path means a SQLite database that ends with the process. */
export function isInMemory(text: string): boolean {
  return (
    text.includes(':memory:') ||
    /[?&]mode=memory\b/.test(text) ||
    /^sqlite(?:\+[a-z0-9]+)?:\/?\/?$/.test(text)
  );
}

function bySchemes(scheme: string): Engine | undefined {
  return schemes.find(([pattern]) => pattern.test(scheme))?.[1];
}
