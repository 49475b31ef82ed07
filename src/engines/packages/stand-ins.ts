/**
 * Packages whose compiled part cannot be loaded in a browser, and what is done about each. Their own interpreted
 * files are installed as they are; the engines put a core of ours behind the file names written here.
 */

/**
 * Files that take the place of an npm package's `.node` file, relative to the package, where its own loader
 * (bindings, node-gyp-build, node-pre-gyp) looks first on Linux x64 with Node 20. The engine's `dlopen` goes by the
 * base name, and for prebuilt files by the package's name in the path.
 */
const addonFiles: Readonly<Record<string, readonly string[]>> = {
  sqlite3: ['build/Release/node_sqlite3.node'],
  'better-sqlite3': ['build/Release/better_sqlite3.node'],
  bcrypt: ['lib/binding/napi-v3/bcrypt_lib.node', 'prebuilds/linux-x64/bcrypt.glibc.node'],
  argon2: ['prebuilds/linux-x64/argon2.glibc.node'],
};

/** What the file holds: a text that says so, for whoever opens it. */
export const addonPlaceholder =
  'This file stands for a compiled add-on; the engine supplies its functions.\n';

/** Paths of the placeholders for one package version. bcrypt 5 and 6 load theirs from different places. */
export function addonPlaceholders(name: string, version: string): readonly string[] {
  const files = Object.hasOwn(addonFiles, name) ? (addonFiles[name] ?? []) : [];
  if (name !== 'bcrypt') return files;
  const old = Number.parseInt(version, 10) < 6;
  return files.filter((file) => file.startsWith('lib/') === old);
}

/** What compiles add-ons has nothing to do here, and brings some 70 packages with it. */
export const buildTools: ReadonlySet<string> = new Set(['node-gyp']);

/** npm packages that are compiled code without a stand-in here; a run that requires one is unscored. */
const nativeNpm: ReadonlySet<string> = new Set([
  ...[
    '@prisma/client',
    '@prisma/engines',
    'prisma',
    '@swc/core',
    '@tensorflow/tfjs-node',
    'canvas',
    'couchbase',
  ],
  ...[
    'deasync',
    'ffi-napi',
    'grpc',
    'ibm_db',
    'isolated-vm',
    'leveldown',
    'libpq',
    'libsql',
    '@libsql/client',
  ],
  ...[
    'libxmljs',
    'libxmljs2',
    'lmdb',
    'node-hid',
    'node-pty',
    'node-sass',
    'oracledb',
    'pg-native',
    'puppeteer',
  ],
  ...['re2', 'ref-napi', 'robotjs', 'serialport', 'sharp', 'sodium-native', 'usb', 'zeromq'],
  ...[
    'better-sqlite3-multiple-ciphers',
    '@journeyapps/sqlcipher',
    'msgpackr-extract',
    'bufferutil',
    'utf-8-validate',
  ],
]);

/** Whether an npm package is compiled code that cannot run here. */
export function isNativeNpm(name: string): boolean {
  return nativeNpm.has(name) || /^@(node-rs|napi-rs|img\/sharp|swc\/core)[-/]/.test(name);
}

/** Python packages that need machine code that this interpreter has no wheel for; a run that needs them is unscored. */
export const nativePython: ReadonlySet<string> = new Set([
  ...['aiodns', 'asyncmy', 'asyncpg', 'bjoern', 'brotli', 'cchardet', 'ciso8601', 'dependency-injector'],
  ...['gevent', 'granian', 'meinheld', 'mod-wsgi', 'pyuwsgi', 'regex', 'uwsgi'],
  ...['grpcio', 'hiredis', 'lxml', 'matplotlib', 'mysqlclient', 'numpy', 'pandas'],
  ...['pillow', 'psutil', 'psycopg-binary', 'psycopg-c', 'psycopg2', 'psycopg2-binary', 'pycryptodome'],
  ...['pycryptodomex', 'pynacl', 'rignore', 'scipy', 'uvloop', 'watchfiles'],
]);

/** Python packages that would install and then not work, with what they need. */
export const unusablePython: Readonly<Record<string, string>> = {
  eventlet: 'puts its own sockets and threads in the place of those of the interpreter',
};

/**
 * Compiled packages that their users work without, by the package that asks for them (`*`: whoever asks).
 * A direct requirement of the submission is never left out, except for those under `*` or the empty name.
 */
const omittable: Readonly<Record<string, { askedBy: readonly string[]; because: string }>> = {
  uvloop: { askedBy: ['*'], because: 'servers fall back to asyncio' },
  httptools: { askedBy: ['', 'uvicorn'], because: 'uvicorn falls back to h11' },
  watchfiles: { askedBy: ['*'], because: 'uvicorn needs it for reloading only' },
  ruff: { askedBy: ['*'], because: 'it checks source text, and servers do without it' },
  mypy: { askedBy: ['*'], because: 'it checks source text, and servers do without it' },
  rignore: { askedBy: ['fastapi-cloud-cli'], because: 'it is used for deployments only' },
  fastar: { askedBy: ['fastapi-cloud-cli'], because: 'it is used for deployments only' },
  pyopenssl: { askedBy: ['twisted'], because: 'Twisted needs it for TLS only, which is not there' },
  aiodns: { askedBy: ['aiohttp'], because: 'aiohttp falls back to the resolver of threads' },
  brotli: { askedBy: ['aiohttp', 'flask-compress', 'httpx'], because: 'compression falls back to gzip' },
  'backports-zstd': { askedBy: ['aiohttp', 'flask-compress'], because: 'compression falls back to gzip' },
};

/** Why a compiled package may be left out, or undefined when it may not. Names are normalized. */
export function mayBeOmitted(name: string, askedBy: string | undefined): string | undefined {
  if (!Object.hasOwn(omittable, name)) return undefined;
  const rule = omittable[name];
  const allowed = rule?.askedBy.includes('*') === true || rule?.askedBy.includes(askedBy ?? '') === true;
  return allowed ? rule?.because : undefined;
}

/**
 * Packages whose wheels for CPython 3.12 hold machine code, or that require one such package in one exact version.
 * For these an exact pin is relaxed without asking the registry, within the same major version.
 */
export const compiledPython: ReadonlySet<string> = new Set([
  ...[
    'aiohttp',
    'argon2-cffi-bindings',
    'charset-normalizer',
    'frozenlist',
    'markupsafe',
    'msgspec',
    'multidict',
  ],
  ...[
    'propcache',
    'pydantic',
    'pydantic-core',
    'pyrsistent',
    'pyyaml',
    'simplejson',
    'sqlalchemy',
    'websockets',
  ],
  ...['wrapt', 'yarl'],
]);

/** Of these each version offers what applications use, so that a pin may be relaxed across major versions as well. */
export const alikeAcrossMajors: ReadonlySet<string> = new Set([
  ...['argon2-cffi-bindings', 'bcrypt', 'cffi', 'cryptography', 'orjson', 'rpds-py', 'ujson'],
]);
