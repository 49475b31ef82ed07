import type { Module, Project } from '../syntax/types.ts';
import { readScript } from './commands.ts';
import { Context } from './context.ts';
import { findDjangoSettings } from './django.ts';
import { isForeign, isTest } from './kinds.ts';
import { findLiveness, idleImports, type Liveness } from './liveness.ts';
import { ModuleNames } from './names.ts';
import { reachableFrom, type Reach } from './reachable.ts';

/** A remark on how the running code was found. */
export interface EntryNote {
  readonly file: string;
  /** Offset into the file's text. */
  readonly at: number;
  readonly message: string;
}

/** What a submission runs when its run.sh is started. */
export interface RunningCode {
  /** Paths of all files that run, also of some that are no code: alembic.ini, schema.prisma. */
  readonly files: ReadonlySet<string>;
  /** The parsed ones of them. */
  readonly modules: readonly Module[];
  /** The files that commands name. Empty when it is not known. */
  readonly entries: readonly string[];
  /** False when all files are taken because it could not be told what is started. */
  readonly known: boolean;
  /** What of these files does not run. */
  readonly liveness: Liveness;
  /** Paths of Django's settings modules. */
  readonly settings: readonly string[];
  readonly notes: readonly EntryNote[];
}

const found = new WeakMap<Project, RunningCode>();

/**
 * Reads run.sh and follows what it starts. Takes rather too much than too little: when a command's file cannot be
 * found, or no command is understood, all files but tests are running code. The answer for a project is kept.
 */
export function findRunningCode(project: Project): RunningCode {
  const known = found.get(project);
  if (known !== undefined) return known;
  const running = readRunningCode(project);
  found.set(project, running);
  return running;
}

function readRunningCode(project: Project): RunningCode {
  const sources = new Map(project.sources.map((source) => [source.path, source]));
  if (!sources.has('run.sh')) {
    return everything(project, [
      { file: '', at: 0, message: 'there is no run.sh, so all code is taken to run' },
    ]);
  }
  const context = new Context(sources);
  readScript(context, 'run.sh');
  const names = new ModuleNames([...sources.keys()]);
  for (const { language, code } of context.inline) readInline(context, names, language, code);
  const [lost] = context.lost;
  if (lost !== undefined) {
    const message = `${lost.what} is started and was not found, so all code is taken to run`;
    return everything(project, [{ file: lost.file, at: lost.at, message }]);
  }
  if (context.files.size === 0) {
    return everything(project, [
      {
        file: 'run.sh',
        at: 0,
        message: 'no command here is known to start a file, so all code is taken to run',
      },
    ]);
  }
  const entries = [...context.files];
  const settings = readSettings(project, context, names);
  const start = [...entries, ...inFolders(project, context.folders), ...settings];
  return {
    ...followLive(project, start, { managed: context.managed }, settings),
    entries,
    known: true,
    settings,
    notes: [],
  };
}

/** Follows imports, decides what that much code can decide, and follows again without what does not run. */
function followLive(
  project: Project,
  start: readonly string[],
  reach: Reach,
  settings: readonly string[],
): Pick<RunningCode, 'files' | 'modules' | 'liveness'> {
  const all = reachableFrom(project, start, reach);
  const allModules = modulesOf(project, all);
  const liveness = findLiveness(project, allModules, settings);
  const idle = new Map(allModules.map((module) => [module.path, idleImports(module, liveness)]));
  if ([...idle.values()].every((offsets) => offsets.size === 0))
    return { files: all, modules: allModules, liveness };
  const files = reachableFrom(project, start, { ...reach, idle });
  const modules = modulesOf(project, files);
  return { files, modules, liveness: findLiveness(project, modules, settings) };
}

function everything(project: Project, notes: readonly EntryNote[]): RunningCode {
  const files = new Set<string>();
  for (const { path } of project.sources) if (!isTest(path) && !isForeign(path)) files.add(path);
  const modules = modulesOf(project, files);
  return {
    files,
    modules,
    liveness: findLiveness(project, modules, []),
    entries: [],
    known: false,
    settings: [],
    notes,
  };
}

function modulesOf(project: Project, files: ReadonlySet<string>): Module[] {
  return [...project.modules.values()].filter((module) => files.has(module.path));
}

function inFolders(project: Project, folders: ReadonlySet<string>): string[] {
  if (folders.size === 0) return [];
  const prefixes = [...folders].map((folder) => `${folder}/`);
  return project.sources
    .map((source) => source.path)
    .filter((path) => prefixes.some((prefix) => path.startsWith(prefix)));
}

/** Django's settings: named in the environment, or by the files that are started (manage.py, wsgi.py). */
function readSettings(project: Project, context: Context, names: ModuleNames): string[] {
  const named = new Set(context.settings);
  // What run.sh exports wins over what manage.py or wsgi.py give for a default.
  if (named.size === 0) {
    for (const path of context.files) {
      const module = project.modules.get(path);
      if (module !== undefined) for (const name of findDjangoSettings(module)) named.add(name);
    }
  }
  return [...named].flatMap((name) => names.find(name, '') ?? []);
}

/** The modules that code in a command imports. */
function readInline(
  context: Context,
  names: ModuleNames,
  language: 'python' | 'javascript',
  code: string,
): void {
  if (language === 'javascript') {
    for (const [, name = ''] of code.matchAll(
      /(?:require\(|import\(|from)\s{0,9}['"`]([^'"`\n]{1,200})['"`]/g,
    )) {
      context.offer(...['', '.js', '.mjs', '.cjs', '.ts', '/index.js', '/index.ts'].map((end) => name + end));
    }
    return;
  }
  const pattern = /(?:^|;)[ \t]*(?:from[ \t]+([\w.]{1,200})[ \t]+)?import[ \t]+([\w., \t]{1,500})/gm;
  for (const [, from, imported = ''] of code.matchAll(pattern)) {
    for (const part of imported.split(',')) {
      const name = part.trim().split(/[ \t]/, 1)[0] ?? '';
      const path = names.find(from === undefined ? name : `${from}.${name}`, context.folder);
      if (path !== undefined) context.files.add(path);
    }
  }
}
