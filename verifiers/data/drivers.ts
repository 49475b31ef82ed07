import type { Engine } from './engines.ts';

/** How a package opens databases. */
export interface Driver {
  readonly package: string;
  readonly language: 'python' | 'javascript';
  /**
   * Names of what is called to open one; `''` is the package itself, as in `postgres(url)`, `()` what it gives when it
   * is called, as in `pgp(url)`.
   */
  readonly opens: readonly string[];
  /** `arguments`: a URL or a setting says which. */
  readonly engine: Engine | 'arguments';
  /**
   * `driver`: takes SQL; `orm`: maps objects, or builds statements. Of an ORM the driver below belongs to it.
   */
  readonly kind: 'driver' | 'orm';
}

function python(kind: Driver['kind'], engine: Driver['engine'], packages: Record<string, string>): Driver[] {
  return table('python', kind, engine, packages);
}

function node(kind: Driver['kind'], engine: Driver['engine'], packages: Record<string, string>): Driver[] {
  return table('javascript', kind, engine, packages);
}

function table(
  language: Driver['language'],
  kind: Driver['kind'],
  engine: Driver['engine'],
  packages: Record<string, string>,
): Driver[] {
  return Object.entries(packages).map(([name, opens]) => ({
    package: name,
    language,
    kind,
    engine,
    opens: opens.split(' ').map((open) => (open === '.' ? '' : open)),
  }));
}

/** Packages by which a submission may open a database. What is not here opens none as far as the rules know. */
export const drivers: readonly Driver[] = [
  ...python('driver', 'sqlite', {
    sqlite3: 'connect Connection',
    aiosqlite: 'connect',
    pysqlite3: 'connect',
    sqlcipher3: 'connect',
    apsw: 'Connection',
    sqlite_utils: 'Database',
    asyncsqlite: 'connect',
    libsql_experimental: 'connect',
    libsql: 'connect',
    libsql_client: 'create_client create_client_sync',
    flask_sqlite3: 'SQLite3',
  }),
  ...python('driver', 'postgres', {
    psycopg2: 'connect SimpleConnectionPool ThreadedConnectionPool PersistentConnectionPool',
    psycopg2cffi: 'connect',
    psycopg: 'connect',
    psycopg_pool: 'ConnectionPool AsyncConnectionPool NullConnectionPool AsyncNullConnectionPool',
    asyncpg: 'connect create_pool',
    asyncpg_lite: 'connect',
    aiopg: 'connect create_pool create_engine',
    pg8000: 'connect Connection',
    postgresql: 'open',
    psqlpy: 'ConnectionPool connect',
    momoko: 'Pool Connection',
  }),
  ...python('driver', 'mysql', {
    pymysql: 'connect Connection',
    MySQLdb: 'connect',
    mysql: 'connect MySQLConnectionPool',
    aiomysql: 'connect create_pool',
    asyncmy: 'connect create_pool',
    mariadb: 'connect ConnectionPool',
    flask_mysqldb: 'MySQL',
  }),
  ...python('driver', 'mongodb', {
    pymongo: 'MongoClient AsyncMongoClient',
    motor: 'AsyncIOMotorClient',
    mongoengine: 'connect',
    mongita: 'MongitaClientDisk MongitaClientMemory',
    flask_pymongo: 'PyMongo',
  }),
  ...python('driver', 'sqlserver', { pymssql: 'connect' }),
  ...python('driver', 'oracle', { oracledb: 'connect create_pool', cx_Oracle: 'connect' }),
  ...python('driver', 'duckdb', { duckdb: 'connect' }),
  ...python('driver', 'file store', {
    tinydb: 'TinyDB',
    shelve: 'open',
    dbm: 'open',
    montydb: 'MontyClient',
  }),
  ...python('driver', 'arguments', {
    databases: 'Database',
    dataset: 'connect',
    records: 'Database',
    pyodbc: 'connect',
  }),
  ...python('orm', 'arguments', {
    sqlalchemy:
      'create_engine create_async_engine engine_from_config async_engine_from_config create_pool_from_url',
    sqlmodel: 'create_engine create_async_engine',
    flask_sqlalchemy: 'SQLAlchemy',
    flask_sqlalchemy_lite: 'SQLAlchemy',
    advanced_alchemy: 'SQLAlchemyAsyncConfig SQLAlchemySyncConfig',
    tortoise: 'init register_tortoise RegisterTortoise',
    pony: 'Database bind',
    ormar: 'DatabaseConnection',
    gino: 'create_engine set_bind Gino',
    orm: 'ModelRegistry',
    edgy: 'Registry Database',
    saffier: 'Registry Database',
  }),
  ...python('orm', 'sqlite', {
    peewee: 'SqliteDatabase',
    playhouse: 'SqliteExtDatabase SqliteQueueDatabase PooledSqliteDatabase APSWDatabase CSqliteExtDatabase',
    piccolo: 'SQLiteEngine',
    peewee_aio: 'AIOSqlite',
  }),
  ...python('orm', 'postgres', {
    peewee: 'PostgresqlDatabase',
    playhouse: 'PostgresqlExtDatabase PooledPostgresqlDatabase PooledPostgresqlExtDatabase Psycopg3Database',
    peewee_async: 'PostgresqlDatabase PooledPostgresqlDatabase',
    piccolo: 'PostgresEngine',
  }),
  ...python('orm', 'mysql', {
    peewee: 'MySQLDatabase',
    playhouse: 'PooledMySQLDatabase MySQLConnectorDatabase',
  }),
  ...python('orm', 'arguments', { playhouse: 'connect FlaskDB', peewee_aio: 'Manager' }),
  ...python('orm', 'mongodb', { beanie: 'init_beanie', odmantic: 'AIOEngine' }),

  ...node('driver', 'sqlite', {
    'better-sqlite3': '. Database',
    'better-sqlite3-multiple-ciphers': '. Database',
    sqlite3: 'Database',
    '@vscode/sqlite3': 'Database',
    sqlite: 'open DatabaseSync',
    'sqlite-async': 'open',
    'node:sqlite': 'DatabaseSync',
    'sql.js': 'Database',
    'node-sqlite3-wasm': 'Database',
    '@sqlite.org/sqlite-wasm': 'DB OpfsDb',
    '@libsql/client': 'createClient',
    libsql: '. Database',
    'bun:sqlite': 'Database',
    '@databases/sqlite': '.',
    '@databases/sqlite-sync': '.',
    '@journeyapps/sqlcipher': 'Database',
    'promised-sqlite3': 'open AsyncDatabase',
    'fastify-better-sqlite3': '.',
    '@punkish/fastify-better-sqlite3': '.',
    'fastify-sqlite': '.',
    'fastify-sqlite-typed': '.',
  }),
  ...node('driver', 'postgres', {
    pg: 'Pool Client',
    'pg-pool': '.',
    'pg-promise': '()',
    'pg-native': '.',
    postgres: '.',
    postgrejs: 'Connection Pool',
    'postgresql-client': 'Connection Pool',
    slonik: 'createPool',
    massive: '.',
    '@databases/pg': '.',
    '@vercel/postgres': 'createPool createClient db sql',
    '@neondatabase/serverless': 'Pool Client neon',
    '@electric-sql/pglite': 'PGlite create',
    '@fastify/postgres': '.',
    'fastify-postgres': '.',
    pgtyped: 'Pool',
  }),
  ...node('driver', 'mysql', {
    mysql: 'createConnection createPool',
    mysql2: 'createConnection createPool createPoolCluster',
    mariadb: 'createConnection createPool',
    '@fastify/mysql': '.',
  }),
  ...node('driver', 'mongodb', { mongodb: 'MongoClient connect', '@fastify/mongodb': '.', monk: '.' }),
  ...node('driver', 'sqlserver', { mssql: 'connect ConnectionPool', tedious: 'Connection' }),
  ...node('driver', 'oracle', { oracledb: 'getConnection createPool' }),
  ...node('driver', 'duckdb', { duckdb: 'Database', '@duckdb/node-api': 'create' }),
  ...node('driver', 'file store', {
    lowdb: '. Low LowSync JSONFilePreset JSONFileSyncPreset',
    nedb: '.',
    '@seald-io/nedb': '.',
    'nedb-promises': 'create',
    level: 'Level .',
    lokijs: '.',
    'node-json-db': 'JsonDB',
    keyv: '.',
  }),
  ...node('orm', 'arguments', {
    sequelize: 'Sequelize .',
    'sequelize-typescript': 'Sequelize',
    '@sequelize/core': 'Sequelize',
    knex: '. knex',
    typeorm: 'DataSource createConnection createConnections',
    '@mikro-orm/core': 'init initSync MikroORM',
    waterline: '.',
    bookshelf: '.',
    orm: 'connect',
    'fastify-sequelize': '.',
    'sequelize-fastify': '.',
    'fastify-knex': '.',
    'fastify-typeorm-plugin': '.',
  }),
  ...node('orm', 'sqlite', {
    kysely: 'SqliteDialect',
    '@mikro-orm/sqlite': 'init initSync MikroORM',
    '@mikro-orm/better-sqlite': 'init initSync MikroORM',
    '@mikro-orm/libsql': 'init initSync MikroORM',
    '@prisma/adapter-better-sqlite3': 'PrismaBetterSQLite3 PrismaBetterSqlite3',
    '@prisma/adapter-libsql': 'PrismaLibSQL PrismaLibSql',
    '@sequelize/sqlite3': 'SqliteDialect',
    'drizzle-orm/better-sqlite3': 'drizzle',
    'drizzle-orm/libsql': 'drizzle',
    'drizzle-orm/sql-js': 'drizzle',
    'drizzle-orm/bun-sqlite': 'drizzle',
  }),
  ...node('orm', 'postgres', {
    kysely: 'PostgresDialect',
    'kysely-postgres-js': 'PostgresJSDialect',
    'kysely-pglite': 'PGliteDialect KyselyPGlite',
    '@mikro-orm/postgresql': 'init initSync MikroORM',
    '@prisma/adapter-pg': 'PrismaPg',
    '@prisma/adapter-neon': 'PrismaNeon',
    '@sequelize/postgres': 'PostgresDialect',
    'drizzle-orm/node-postgres': 'drizzle',
    'drizzle-orm/postgres-js': 'drizzle',
    'drizzle-orm/pglite': 'drizzle',
    'drizzle-orm/neon-http': 'drizzle',
  }),
  ...node('orm', 'mysql', {
    kysely: 'MysqlDialect',
    '@mikro-orm/mysql': 'init initSync MikroORM',
    'drizzle-orm/mysql2': 'drizzle',
  }),
  ...node('orm', 'mongodb', {
    mongoose: 'connect createConnection',
    '@mikro-orm/mongodb': 'init initSync MikroORM',
  }),
];

const byPackage = new Map<string, Driver[]>();
for (const driver of drivers) {
  byPackage.set(driver.package, [...(byPackage.get(driver.package) ?? []), driver]);
}

/** The ways in which a package opens databases; `python` and Node have packages of the same name. */
export function driversOf(name: string, isPython: boolean): readonly Driver[] {
  const language = isPython ? 'python' : 'javascript';
  return (byPackage.get(name) ?? []).filter((driver) => driver.language === language);
}

/** Whether a package opens databases, in either language. */
export function isDataPackage(name: string): boolean {
  return byPackage.has(name);
}

/** Names in a dependency file that differ from the name that is imported. */
const distributions: Readonly<Record<string, string>> = {
  'psycopg2-binary': 'psycopg2',
  'psycopg-binary': 'psycopg',
  'psycopg-pool': 'psycopg_pool',
  'flask-sqlalchemy': 'flask_sqlalchemy',
  'flask-sqlalchemy-lite': 'flask_sqlalchemy_lite',
  'mysql-connector-python': 'mysql',
  mysqlclient: 'MySQLdb',
  'tortoise-orm': 'tortoise',
  'flask-pymongo': 'flask_pymongo',
  'pysqlite3-binary': 'pysqlite3',
  'sqlite-utils': 'sqlite_utils',
  aiosqlite: 'aiosqlite',
};

/** The engine that a name in a dependency file is a driver of; ORMs and what serves several engines have none. */
export function engineOfDependency(name: string, isPython: boolean): Engine | undefined {
  const imported = isPython && Object.hasOwn(distributions, name) ? (distributions[name] ?? name) : name;
  for (const { engine } of driversOf(imported, isPython)) if (engine !== 'arguments') return engine;
  return undefined;
}
