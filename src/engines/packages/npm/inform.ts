import { satisfies } from 'semver';
import * as v from 'valibot';
import { layout } from '../../kernel/layout.ts';
import type { ProgramContext } from '../../shell/program.ts';
import { Catalogue, NODE_VERSION } from './catalogue.ts';
import { NPM_VERSION } from './engines.ts';
import { NpmError, UnsupportedError } from './errors.ts';
import { readManifest, type Manifest } from './manifest.ts';
import type { NpmOptions } from './options.ts';
import { parseSpec, splitName } from './spec.ts';

/** Commands that tell about the project or the registry and change nothing but package.json. */

/** `npm ls`: the project's direct dependencies. @throws NpmError ELSPROBLEMS */
export function listInstalled(
  context: ProgramContext,
  folder: string,
  names: readonly string[],
  options: NpmOptions,
): number {
  const manifest = context.fs.exists(`${folder}/package.json`) ? readManifest(context.fs, folder) : {};
  const all = { ...manifest.optionalDependencies, ...manifest.devDependencies, ...manifest.dependencies };
  const asked = Object.entries(all)
    .filter(([name]) => names.length === 0 || names.includes(name))
    .sort(([a], [b]) => a.localeCompare(b, 'en'));
  const found = asked.map(([name, wanted]) => ({
    name,
    wanted,
    version: installedVersion(context, folder, name),
  }));
  const own =
    `${manifest.name ?? folder.slice(folder.lastIndexOf('/') + 1)}@${manifest.version ?? ''}`.replace(
      /@$/,
      '',
    );
  if (options.json) {
    const entries = found.map(({ name, wanted, version }) => [
      name,
      version === undefined ? { required: wanted, missing: true } : { version, overridden: false },
    ]);
    const dependencies = entries.length === 0 ? undefined : (Object.fromEntries(entries) as object);
    print(
      context,
      `${JSON.stringify({ version: manifest.version, name: manifest.name, dependencies }, undefined, 2)}\n`,
    );
  } else if (options.parseable) {
    const there = found.filter(({ version }) => version !== undefined);
    print(context, [folder, ...there.map(({ name }) => `${folder}/node_modules/${name}`)].join('\n') + '\n');
  } else {
    const lines = found.map(({ name, wanted, version }, index) => {
      const branch = index === found.length - 1 ? '└──' : '├──';
      if (version === undefined) return `${branch} UNMET DEPENDENCY ${name}@${wanted}`;
      return `${branch} ${name}@${version}${fits(version, wanted) ? '' : ` invalid: "${wanted}" from the root project`}`;
    });
    print(context, `${own} ${folder}\n${(lines.length === 0 ? ['└── (empty)'] : lines).join('\n')}\n\n`);
  }
  const missing = found.filter(({ version }) => version === undefined);
  const invalid = found.filter(({ version, wanted }) => version !== undefined && !fits(version, wanted));
  if (missing.length + invalid.length === 0) return names.length > 0 && found.length === 0 ? 1 : 0;
  throw new NpmError('ELSPROBLEMS', [
    ...invalid.map(({ name, version }) => `invalid: ${name}@${version ?? ''} ${folder}/node_modules/${name}`),
    ...missing.map(({ name, wanted }) => `missing: ${name}@${wanted}, required by ${own}`),
  ]);
}

const fits = (version: string, wanted: string) =>
  parseSpec('x', wanted).kind !== 'range' ||
  satisfies(version, wanted.replace(/^npm:.*@/, ''), { loose: true });

function installedVersion(context: ProgramContext, folder: string, name: string): string | undefined {
  const path = `${folder}/node_modules/${name}`;
  return context.fs.exists(`${path}/package.json`) ? readManifest(context.fs, path).version : undefined;
}

/** `npm view NAME [FIELD]` for `version`, `versions`, `dist-tags` and the short summary. @throws like Catalogue.pick. */
export async function view(context: ProgramContext, words: readonly string[]): Promise<number> {
  const [word = '', field] = words;
  const { name, spec } = splitName(word);
  const catalogue = await Catalogue.open(context.packages);
  const { tags, versions } = await catalogue.releases(name);
  if (field === 'dist-tags') return print(context, `${record(tags)}\n`);
  if (field === 'versions') {
    throw new UnsupportedError({
      reason: 'needs-registry',
      detail: 'npm: the list of all versions needs the registry',
    });
  }
  const where = parseSpec(name, spec === '' ? 'latest' : spec);
  if (where.kind !== 'range' && where.kind !== 'tag') return 1;
  const matching =
    where.kind === 'tag'
      ? [await catalogue.pick(where)]
      : versions.filter(({ version }) => satisfies(version, where.wanted, { loose: true }));
  if (field === 'version') {
    const [only] = matching;
    if (matching.length === 1 && only !== undefined) return print(context, `${only.version}\n`);
    return print(context, matching.map((item) => `${name}@${item.version} '${item.version}'\n`).join(''));
  }
  const newest = matching.at(-1);
  if (newest === undefined || field !== undefined) return 0;
  const count = Object.keys(newest.dependencies).length;
  return print(context, `\n${name}@${newest.version} | deps: ${count === 0 ? 'none' : count}\n`);
}

const record = (tags: Readonly<Record<string, string>>) =>
  `{ ${Object.entries(tags)
    .map(([tag, version]) => `${/^\w+$/.test(tag) ? tag : `'${tag}'`}: '${version}'`)
    .join(', ')} }`;

/** `npm version` without arguments, or with one: sets the project's version. @throws NpmError */
export function version(context: ProgramContext, folder: string, release: string | undefined): number {
  const path = `${folder}/package.json`;
  if (release === undefined) {
    const own: Manifest = context.fs.exists(path) ? readManifest(context.fs, folder) : {};
    const entries = {
      ...(own.name === undefined ? {} : { [own.name]: own.version ?? '' }),
      npm: NPM_VERSION,
      node: NODE_VERSION,
    };
    const lines = Object.entries(entries).map(
      ([name, text]) => `  ${/^\w+$/.test(name) ? name : `'${name}'`}: '${text}'`,
    );
    return print(context, `{\n${lines.join(',\n')}\n}\n`);
  }
  const [major = 0, minor = 0, patch = 0] = (readManifest(context.fs, folder).version ?? '')
    .split('.')
    .map(Number);
  const next: Readonly<Record<string, string>> = {
    major: `${major + 1}.0.0`,
    minor: `${major}.${minor + 1}.0`,
    patch: `${major}.${minor}.${patch + 1}`,
  };
  const chosen = Object.hasOwn(next, release)
    ? next[release]
    : /^v?\d+\.\d+\.\d+/.test(release)
      ? release.replace(/^v/, '')
      : undefined;
  if (chosen === undefined) throw new NpmError('', [`Invalid version: ${release}`]);
  edit(context, folder, (manifest) => ({ ...manifest, version: chosen }));
  return print(context, `v${chosen}\n`);
}

/** `npm pkg get|set|delete`. Keys are paths with dots. @throws NpmError EUSAGE */
export function pkg(
  context: ProgramContext,
  folder: string,
  words: readonly string[],
  { json }: NpmOptions,
): number {
  const [verb, ...keys] = words;
  if (verb === 'get') {
    const manifest = readWhole(context, folder);
    const values = Object.fromEntries(keys.map((key) => [key, valueAt(manifest, key.split('.'))]));
    const [only] = keys;
    const shown =
      keys.length === 0 ? manifest : keys.length === 1 && only !== undefined ? (values[only] ?? {}) : values;
    return print(context, `${JSON.stringify(shown, undefined, 2)}\n`);
  }
  if ((verb !== 'set' && verb !== 'delete') || keys.length === 0) {
    throw new NpmError('EUSAGE', [
      '',
      'Manages your package.json',
      '',
      'Usage:',
      'npm pkg set <key>=<value> [<key>=<value> ...]',
      'npm pkg get [<key> [<key> ...]]',
      'npm pkg delete <key> [<key> ...]',
    ]);
  }
  edit(context, folder, (manifest) =>
    keys.reduce((before, key) => {
      const equals = key.indexOf('=');
      if (verb === 'delete') return changed(before, key.split('.'), undefined);
      const text = key.slice(equals + 1);
      const value: unknown = json ? JSON.parse(text) : text;
      return changed(before, key.slice(0, equals).split('.'), value);
    }, manifest),
  );
  return 0;
}

/** `npm init -y` */
export function init(context: ProgramContext): number {
  const folder = context.cwd;
  const path = `${folder}/package.json`;
  const before = context.fs.exists(path) ? readWhole(context, folder) : {};
  const name = folder.slice(folder.lastIndexOf('/') + 1).toLowerCase() || 'app';
  const manifest = {
    name,
    version: '1.0.0',
    main: 'index.js',
    ...('scripts' in before ? {} : { scripts: { test: 'echo "Error: no test specified" && exit 1' } }),
    keywords: [],
    author: '',
    license: 'ISC',
    description: '',
  };
  const text = `${JSON.stringify({ ...before, ...Object.fromEntries(Object.entries(manifest).filter(([key]) => !(key in before))) }, undefined, 2)}\n`;
  context.fs.writeFile(path, text);
  return print(context, `Wrote to ${path}:\n\n${text}\n\n\n`);
}

/** `npm config get KEY`, `npm get KEY`; setting has no effect on a sandbox that lives for one run. */
export function config(context: ProgramContext, words: readonly string[], folder: string): number {
  const [verb, key] = words;
  if (verb !== 'get') return 0;
  const values: Readonly<Record<string, string>> = {
    registry: '{registry}/',
    prefix: layout.bin.replace(/\/bin$/, ''),
    cache: `${layout.home}/.npm`,
    'node-version': NODE_VERSION,
    'local-prefix': folder,
    loglevel: 'notice',
    'package-lock': 'true',
    save: 'true',
    fund: 'true',
    audit: 'true',
  };
  return print(
    context,
    `${key !== undefined && Object.hasOwn(values, key) ? (values[key] ?? '') : 'undefined'}\n`,
  );
}

const whole = v.record(v.string(), v.unknown());
type Whole = v.InferOutput<typeof whole>;

function readWhole(context: ProgramContext, folder: string): Whole {
  readManifest(context.fs, folder);
  return v.parse(whole, JSON.parse(context.fs.readText(`${folder}/package.json`).replace(/^\uFEFF/, '')));
}

function edit(context: ProgramContext, folder: string, change: (manifest: Whole) => Whole): void {
  const manifest = change(readWhole(context, folder));
  context.fs.writeFile(`${folder}/package.json`, `${JSON.stringify(manifest, undefined, 2)}\n`);
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let found = value;
  for (const key of path) {
    const inside = v.safeParse(whole, found);
    found = inside.success && Object.hasOwn(inside.output, key) ? inside.output[key] : undefined;
  }
  return found;
}

/** A copy with another value at a path; undefined takes the key away. */
function changed(record: Whole, path: readonly string[], value: unknown): Whole {
  const [key = '', ...rest] = path;
  const inside = v.safeParse(whole, Object.hasOwn(record, key) ? record[key] : {});
  const next = rest.length === 0 ? value : changed(inside.success ? inside.output : {}, rest, value);
  const others = Object.entries(record);
  const entries = others.some(([name]) => name === key)
    ? others.map(([name, old]): [string, unknown] => [name, name === key ? next : old])
    : [...others, [key, next] as [string, unknown]];
  return Object.fromEntries(entries.filter(([, each]) => each !== undefined));
}

function print(context: ProgramContext, text: string): number {
  context.write('stdout', text);
  return 0;
}
