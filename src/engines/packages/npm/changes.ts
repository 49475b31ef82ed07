import type { ProgramContext } from '../../shell/program.ts';
import { layout } from '../../kernel/layout.ts';
import { UnsupportedError } from './errors.ts';
import { install, type InstallOptions, type InstallResult } from './install.ts';
import { readLocal } from './local.ts';
import { readManifest, saveDependencies, type DependencyField, type Manifest } from './manifest.ts';
import type { NpmOptions } from './options.ts';
import { runLifecycle } from './scripts.ts';
import { parseSpec, splitName } from './spec.ts';

const AFTER_INSTALL = ['install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare'];

/** `npm install` and `npm ci`. @throws NpmError, UnsupportedError, PackageError. */
export async function installProject(
  context: ProgramContext,
  folder: string,
  options: NpmOptions,
  frozen: boolean,
): Promise<number> {
  const manifest = readManifest(context.fs, folder);
  const started = Date.now();
  const scripts = options.ignoreScripts ? [] : AFTER_INSTALL;
  if (!options.ignoreScripts) await runLifecycle(context, folder, manifest, ['preinstall'], options.silent);
  const result = await install(
    context,
    manifest,
    installOptions(folder, options, { frozen, writeLock: !frozen && options.packageLock }),
  );
  await runLifecycle(context, folder, manifest, scripts, options.silent);
  return summarize(context, options, result, started);
}

/** `npm install NAME…`: resolves the new names together with what the project has, then saves them. */
export async function addPackages(
  context: ProgramContext,
  folder: string,
  options: NpmOptions,
  names: readonly string[],
): Promise<number> {
  const started = Date.now();
  const place = options.global ? layout.nodeModules.replace(/\/node_modules$/, '') : folder;
  const manifest: Manifest =
    !options.global && context.fs.exists(`${place}/package.json`) ? readManifest(context.fs, place) : {};
  const asked = names.map((word) => wantedOf(context, place, word));
  const field = (name: string): DependencyField =>
    options.saveAs ?? fieldOf(manifest, name) ?? 'dependencies';
  const wanted: Manifest = { ...manifest };
  for (const { name, range } of asked) {
    for (const other of fields) wanted[other] = without(wanted[other], [name]);
    wanted[field(name)] = { ...wanted[field(name)], [name]: range };
  }
  const result = await install(
    context,
    wanted,
    installOptions(place, options, {
      writeLock: false,
      ...(options.global ? { binFolder: layout.bin } : {}),
    }),
  );
  if (options.save && !options.global) {
    for (const { name, range } of asked) {
      const version = result.root.children.get(name)?.item?.version;
      saveDependencies(context.fs, place, field(name), {
        [name]: version === undefined ? range : savedRange(range, version, options.saveExact),
      });
    }
    const now = readManifest(context.fs, place);
    await install(context, now, installOptions(place, options, { writeLock: options.packageLock }));
  }
  return summarize(context, options, result, started);
}

/** `npm uninstall NAME…` */
export async function removePackages(
  context: ProgramContext,
  folder: string,
  options: NpmOptions,
  names: readonly string[],
): Promise<number> {
  const started = Date.now();
  const manifest = readManifest(context.fs, folder);
  const left: Manifest = { ...manifest };
  for (const field of fields) {
    left[field] = without(manifest[field], names);
    if (options.save && Object.keys(manifest[field] ?? {}).some((name) => names.includes(name)))
      saveDependencies(context.fs, folder, field, {}, names);
  }
  const writeLock = options.save && options.packageLock;
  const result = await install(context, left, installOptions(folder, options, { writeLock }));
  return summarize(context, options, result, started);
}

const fields: readonly DependencyField[] = ['dependencies', 'devDependencies', 'optionalDependencies'];

const fieldOf = (manifest: Manifest, name: string): DependencyField | undefined =>
  fields.find((field) => Object.hasOwn(manifest[field] ?? {}, name));

function without(
  record: Readonly<Record<string, string>> | undefined,
  names: readonly string[],
): Record<string, string> | undefined {
  if (record === undefined) return undefined;
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

/** What an argument of `npm install` asks for; folders become `file:` dependencies under their own name. */
function wantedOf(context: ProgramContext, folder: string, word: string): { name: string; range: string } {
  const { name, spec } = splitName(word);
  const isPath = /^(\.{1,2}(\/|$)|\/|~\/|file:)/.test(word);
  const where = parseSpec(
    isPath ? '' : name,
    isPath || /^[\w+.-]+:/.test(word) ? word : spec === '' ? 'latest' : spec,
  );
  if (where.kind === 'directory') {
    const local = readLocal(context.fs, folder, where.path);
    return { name: isPath ? local.item.name : name, range: `file:${local.folder}` };
  }
  if (where.kind === 'elsewhere') {
    throw new UnsupportedError({
      reason: 'engine',
      detail: `npm: ${word} is ${where.what}, which cannot be installed here; only registry packages can`,
    });
  }
  return { name, range: spec === '' ? 'latest' : spec };
}

/** npm saves `^version` for a name or a tag, and a range as it was given. */
function savedRange(range: string, version: string, exact: boolean): string {
  if (/^(npm:|file:)/.test(range)) return range;
  const isTagOrVersion = /^[a-z][\w-]*$/i.test(range) || /^v?\d+\.\d+\.\d+\S*$/.test(range);
  return isTagOrVersion ? `${exact ? '' : '^'}${version}` : range;
}

function installOptions(
  folder: string,
  options: NpmOptions,
  more: { frozen?: boolean; writeLock: boolean; binFolder?: string },
): InstallOptions {
  const { omitDev, omitOptional, legacyPeers, force } = options;
  return { folder, omitDev, omitOptional, legacyPeers, force, frozen: false, ...more };
}

function summarize(
  context: ProgramContext,
  { silent, fund }: NpmOptions,
  { added, removed, changed, funding }: InstallResult,
  started: number,
): number {
  if (silent) return 0;
  const packages = (count: number) => `${count} package${count === 1 ? '' : 's'}`;
  const part = (verb: string, count: number) => (count === 0 ? [] : [`${verb} ${packages(count)}`]);
  const parts = [...part('added', added), ...part('removed', removed), ...part('changed', changed)];
  const list =
    parts.length < 3 ? parts.join(', and ') : `${parts.slice(0, -1).join(', ')}, and ${parts.at(-1) ?? ''}`;
  const time = Date.now() - started;
  const took = time < 1_000 ? `${time}ms` : `${Math.round(time / 1_000)}s`;
  context.write('stdout', `\n${parts.length === 0 ? 'up to date' : list} in ${took}\n`);
  if (fund && funding > 0) {
    const are = funding === 1 ? 'is' : 'are';
    context.write(
      'stdout',
      `\n${packages(funding)} ${are} looking for funding\n  run \`npm fund\` for details\n`,
    );
  }
  return 0;
}
