import type { Expression } from '../syntax/types.ts';
import type { Evaluator } from './evaluate.ts';
import type { Scope } from './scope.ts';
import { joinPath } from './texts.ts';
import { combine, fromParts, isNothing, partsOf, unknown, type Value } from './value.ts';

/** A call that is evaluated. */
export interface Callee {
  readonly call: Expression & { kind: 'call' };
  readonly scope: Scope;
  /** The values of an argument, by its name where it has one, or by its place; undefined when it is not given. */
  readonly given: (index: number, name?: string) => readonly Value[] | undefined;
  readonly evaluator: Evaluator;
}

type Builtin = (callee: Callee) => readonly Value[] | undefined;

/** A value that nothing is known of but that it is a text. */
const someText: Builtin = () => [unknown];
const first: Builtin = ({ given }) => given(0);

const joined: Builtin = ({ call, given }) => {
  const lists = call.args.map((argument, index) =>
    argument.spread ? [unknown] : (given(index) ?? [unknown]),
  );
  return lists.length === 0 ? [unknown] : combine(lists, joinPath);
};

/** Reads a variable: its name is the first argument, its default the second or one called `default`. */
const variable: Builtin = ({ given, evaluator }) =>
  given(0)?.flatMap((name): readonly Value[] => {
    if (name.kind !== 'text') return [unknown];
    const values = evaluator.environment.read(name.text);
    const byDefault = given(1, 'default');
    if (byDefault === undefined) return values;
    return values.flatMap((value) => (isNothing(value) ? byDefault : [value]));
  });

/** The same where the second place is taken by something else: `config('X', cast=str, default='y')`. */
const settingWithDefault: Builtin = (callee) =>
  variable({
    ...callee,
    given: (index, name) => (index === 1 ? callee.given(-1, name) : callee.given(index, name)),
  });

const prefixOfUrl =
  (name: string): Builtin =>
  ({ given }) =>
    given(0, name)?.map((scheme) => fromParts([...partsOf(scheme), '://', null]));

/** Django's settings of a database, from its URL. */
const databaseOf = (urls: readonly Value[] | undefined): readonly Value[] | undefined =>
  urls?.map((url) => {
    const scheme = /^([a-z][a-z0-9]*)(?:\+\w+)?:/.exec(partsOf(url)[0] ?? '')?.[1];
    const engine = scheme === undefined ? undefined : (djangoEngines.get(scheme) ?? `unknown.${scheme}`);
    if (engine === undefined) return unknown;
    const entries = new Map<string, readonly Value[]>([['ENGINE', [{ kind: 'text', text: engine }]]]);
    return { kind: 'dictionary', entries, open: true };
  });

const djangoEngines = new Map([
  ['sqlite', 'django.db.backends.sqlite3'],
  ['spatialite', 'django.db.backends.sqlite3'],
  ['postgres', 'django.db.backends.postgresql'],
  ['postgresql', 'django.db.backends.postgresql'],
  ['pgsql', 'django.db.backends.postgresql'],
  ['psql', 'django.db.backends.postgresql'],
  ['postgis', 'django.contrib.gis.db.backends.postgis'],
  ['mysql', 'django.db.backends.mysql'],
]);

const databaseFromEnvironment: Builtin = (callee) => {
  const name = callee.given(-1, 'env') ?? [{ kind: 'text', text: 'DATABASE_URL' } as const];
  const byDefault = callee.given(0, 'default');
  return databaseOf(
    name.flatMap((each) => {
      const values = each.kind === 'text' ? callee.evaluator.environment.read(each.text) : [unknown];
      return values.flatMap((value) => (isNothing(value) ? (byDefault ?? []) : [value]));
    }),
  );
};

/** Methods of readers of environs and django-environ that read one variable. */
const readerMethods =
  /^(?:str|url|dj_db_url|path|json|int|bool|float|list|log_level|unicode|get_value|secret)$/;

/** By `package.name.of.it`; calls inside are written `()`. */
const builtins = new Map<string, Builtin>([
  ['os.getenv', variable],
  ['os.environ.get', variable],
  ['os.environ.pop', variable],
  ['os.environ.setdefault', variable],
  ['os.getenvb', variable],
  ['builtins.str', first],
  ['builtins.repr', someText],
  [
    'builtins.dict',
    ({ call, given }) =>
      toDictionary(
        call.args.flatMap(({ name }) => name ?? []),
        given,
      ),
  ],
  [
    'builtins.getattr',
    ({ given, evaluator }) => {
      const [name] = given(1) ?? [];
      const object = given(0);
      return object !== undefined && name?.kind === 'text' ? evaluator.member(object, name.text) : [unknown];
    },
  ],
  ['os.path.join', joined],
  ['posixpath.join', joined],
  ['os.path.abspath', first],
  ['os.path.realpath', first],
  ['os.path.normpath', first],
  ['os.path.expanduser', first],
  ['os.fspath', first],
  ['os.path.dirname', someText],
  ['os.getcwd', someText],
  ['pathlib.Path', joined],
  ['pathlib.PurePath', joined],
  ['path.join', joined],
  ['path.resolve', joined],
  ['path.normalize', first],
  ['path.posix.join', joined],
  ['path.dirname', someText],
  ['url.fileURLToPath', someText],
  ['globalThis.String', first],
  ['globalThis.URL', first],
  ['url.URL', first],
  ['globalThis.Object.freeze', first],
  ['globalThis.Object.seal', first],
  ['globalThis.Object.assign', ({ call, given }) => merge(call.args.map((_, index) => given(index)))],
  ['globalThis.structuredClone', first],
  ['globalThis.Boolean', ({ given }) => given(0)],
  ['globalThis.Deno.env.get', variable],
  ['typing.cast', ({ given }) => given(1)],
  ['functools.partial', () => undefined],
  [
    'types.SimpleNamespace',
    ({ call, given }) =>
      toDictionary(
        call.args.flatMap(({ name }) => name ?? []),
        given,
      ),
  ],
  ['decouple.config', settingOrDefault],
  ['decouple.Config.()', settingOrDefault],
  ['decouple.AutoConfig.()', settingOrDefault],
  ['starlette.Config.()', settingWithDefault],
  ['starlette.config.Config.()', settingWithDefault],
  ['environs.Env.()', settingOrDefault],
  ['environs.env', settingOrDefault],
  ['environ.Env.()', settingOrDefault],
  ['environ.Env.().db', (callee) => databaseOf(settingOrDefault(withName(callee)))],
  ['environ.Env.().db_url', (callee) => databaseOf(settingOrDefault(withName(callee)))],
  ['environs.Env.().dj_db_url', (callee) => databaseOf(settingOrDefault(callee))],
  ['dj_database_url.config', databaseFromEnvironment],
  ['dj_database_url.parse', ({ given }) => databaseOf(given(0, 'url'))],
  ['sqlalchemy.URL.create', prefixOfUrl('drivername')],
  ['sqlalchemy.engine.URL.create', prefixOfUrl('drivername')],
  ['sqlalchemy.engine.url.URL.create', prefixOfUrl('drivername')],
  ['sqlalchemy.make_url', first],
  ['sqlalchemy.engine.make_url', first],
  ['sqlalchemy.engine.url.make_url', first],
  ['pydantic.PostgresDsn', first],
  ['pydantic.AnyUrl', first],
  ['pydantic.SecretStr', first],
  ['pydantic.PostgresDsn.build', prefixOfUrl('scheme')],
  ['pydantic.AnyUrl.build', prefixOfUrl('scheme')],
  ['pydantic.MultiHostUrl.build', prefixOfUrl('scheme')],
  ['pydantic_core.MultiHostUrl.build', prefixOfUrl('scheme')],
  ['pydantic_core.Url.build', prefixOfUrl('scheme')],
  ['yarl.URL', first],
  ['yarl.URL.build', prefixOfUrl('scheme')],
  ['starlette.datastructures.Secret', first],
  ['starlette.Secret', first],
]);

/** `config('X', default='y')`, `env.str('X', 'y')`. */
function settingOrDefault(callee: Callee): readonly Value[] | undefined {
  return variable(callee);
}

/** `env.db()` reads DATABASE_URL. */
function withName(callee: Callee): Callee {
  const name: Value = { kind: 'text', text: 'DATABASE_URL' };
  return {
    ...callee,
    given: (index, named) => callee.given(index, named) ?? (index === 0 ? [name] : undefined),
  };
}

/**
 * What a call of a function of the language or of a package gives.
 * @returns undefined when the function is none of those that are known
 */
export function callBuiltin(
  value: Value & { kind: 'package' },
  callee: Callee,
): readonly Value[] | undefined {
  const key = `${value.name}.${value.path.join('.')}`;
  const builtin = builtins.get(key);
  if (builtin !== undefined) return builtin(callee);
  const isReader = /^environs?\.(?:Env\.\(\)|env)\.(\w+)$/.exec(key)?.[1];
  if (isReader !== undefined && readerMethods.test(isReader)) return settingOrDefault(callee);
  return /^urllib\.(?:parse\.)?quote(?:_plus)?$/.test(key) ? [unknown] : undefined;
}

function toDictionary(names: readonly string[], given: Callee['given']): readonly Value[] {
  const entries = new Map(names.map((name) => [name, given(-1, name) ?? [unknown]]));
  return [{ kind: 'dictionary', entries, open: false }];
}

/** `Object.assign`: later entries win. */
function merge(lists: readonly (readonly Value[] | undefined)[]): readonly Value[] {
  const entries = new Map<string, readonly Value[]>();
  let open = false;
  for (const list of lists) {
    const [value, ...others] = list ?? [];
    if (value?.kind !== 'dictionary' || others.length > 0) open = true;
    else {
      for (const [name, values] of value.entries) entries.set(name, values);
      open ||= value.open;
    }
  }
  return [{ kind: 'dictionary', entries, open }];
}
