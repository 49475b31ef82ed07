import type { DependencyField } from './manifest.ts';

/** What npm's command line says, reduced to what makes a difference in a sandbox. */
export interface NpmOptions {
  /** The command and its arguments, without options. */
  readonly words: readonly string[];
  /** What stands after `--`. */
  readonly passed: readonly string[];
  readonly omitDev: boolean;
  readonly omitOptional: boolean;
  /** Peers are not looked at. */
  readonly legacyPeers: boolean;
  /** Peers in conflict are let pass. */
  readonly force: boolean;
  /** The list that added packages are saved to, when the command line says. */
  readonly saveAs: DependencyField | undefined;
  readonly save: boolean;
  readonly saveExact: boolean;
  readonly global: boolean;
  readonly ignoreScripts: boolean;
  readonly packageLock: boolean;
  readonly ifPresent: boolean;
  readonly silent: boolean;
  readonly version: boolean;
  readonly prefix: string | undefined;
  readonly fund: boolean;
  readonly json: boolean;
  readonly parseable: boolean;
  /** Names or folders of workspaces to run in. */
  readonly workspaces: readonly string[];
  readonly allWorkspaces: boolean;
}

/** Options that take the next word as their value; their values matter only where named below. */
const WITH_VALUE = new Set([
  '--prefix',
  '-C',
  '--registry',
  '--omit',
  '--include',
  '--only',
  '--loglevel',
  '--cache',
  '--depth',
  '--workspace',
  '-w',
  '--userconfig',
  '--location',
  '--install-strategy',
]);

/** Reads options wherever they stand before `--`. Options that npm knows and a sandbox has no use for are ignored. */
export function readOptions(args: readonly string[]): NpmOptions {
  const end = args.indexOf('--');
  const own = end < 0 ? args : args.slice(0, end);
  const words: string[] = [];
  const flags = new Set<string>();
  const values = new Map<string, string[]>();
  for (let index = 0; index < own.length; index += 1) {
    const word = own[index] ?? '';
    if (!word.startsWith('-') || word === '-') {
      words.push(word);
      continue;
    }
    const equals = word.indexOf('=');
    const name = equals < 0 ? word : word.slice(0, equals);
    if (equals < 0 && !WITH_VALUE.has(name)) flags.add(word);
    else
      values.set(name, [
        ...(values.get(name) ?? []),
        equals < 0 ? (own[++index] ?? '') : word.slice(equals + 1),
      ]);
  }
  const has = (...names: string[]) =>
    names.some((name) => flags.has(name) || values.get(name)?.includes('true') === true);
  const omitted = [
    ...(values.get('--omit') ?? []),
    ...(values.get('--only') ?? []).map((only) => (/^prod/.test(only) ? 'dev' : '')),
  ];
  const included = values.get('--include') ?? [];
  return {
    words,
    passed: end < 0 ? [] : args.slice(end + 1),
    omitDev: (has('--production', '--prod') || omitted.includes('dev')) && !included.includes('dev'),
    omitOptional: has('--no-optional') || omitted.includes('optional'),
    legacyPeers: has('--legacy-peer-deps'),
    force: has('--force', '-f'),
    saveAs: has('--save-dev', '-D')
      ? 'devDependencies'
      : has('--save-optional', '-O')
        ? 'optionalDependencies'
        : has('--save-prod', '-P')
          ? 'dependencies'
          : undefined,
    save: !has('--no-save'),
    saveExact: has('--save-exact', '-E'),
    global: has('--global', '-g') || values.get('--location')?.includes('global') === true,
    ignoreScripts: has('--ignore-scripts'),
    packageLock: !has('--no-package-lock') && values.get('--package-lock')?.includes('false') !== true,
    ifPresent: has('--if-present'),
    silent: has('--silent', '-s') || values.get('--loglevel')?.at(-1) === 'silent',
    version: has('--version', '-v'),
    prefix: values.get('--prefix')?.at(-1) ?? values.get('-C')?.at(-1),
    fund: !has('--no-fund') && values.get('--fund')?.includes('false') !== true,
    json: has('--json'),
    parseable: has('--parseable', '-p'),
    workspaces: [...(values.get('--workspace') ?? []), ...(values.get('-w') ?? [])],
    allWorkspaces: has('--workspaces', '-ws'),
  };
}
