import { walkModule } from '../syntax/walk.ts';
import type { Import, Module, Project } from '../syntax/types.ts';
import { findApps, readsSettings } from './django.ts';
import { folderOf, join, normalize } from './context.ts';
import { isCode, isForeign, isTest } from './kinds.ts';
import { ModuleNames } from './names.ts';

/** Packages that load the files of folders which they are given. */
const loaders =
  /^(?:@fastify\/autoload|fastify-autoload|glob|fast-glob|globby|umzug|require-all|require-dir|import-fresh|tiny-glob|awilix|pkgutil)$/;

/** What is reached beside imports: given by the start commands. */
export interface Reach {
  /** Commands of manage.py. */
  readonly managed: ReadonlySet<string>;
  /** Offsets of imports that do not run, by file. */
  readonly idle?: ReadonlyMap<string, ReadonlySet<number>>;
}

/**
 * The files that run when `entries` do: over imports of every form, packages' `__init__`, modules that strings name
 * (Django's apps and URLs, `uvicorn.run('app:app')`), and folders that are loaded file by file. Where a name is not
 * known, all that it may mean is taken.
 */
export function reachableFrom(project: Project, entries: Iterable<string>, reach: Reach): Set<string> {
  const closure = new Closure(project, reach);
  for (const entry of entries) closure.add(entry);
  closure.run();
  return closure.found;
}

class Closure {
  readonly found = new Set<string>();
  readonly #project: Project;
  readonly #reach: Reach;
  readonly #names: ModuleNames;
  readonly #folders = new Set<string>();
  readonly #queue: string[] = [];

  constructor(project: Project, reach: Reach) {
    this.#project = project;
    this.#reach = reach;
    this.#names = new ModuleNames(project.sources.map((source) => source.path));
  }

  add(path: string): void {
    if (this.found.has(path)) return;
    this.found.add(path);
    this.#queue.push(path);
  }

  run(): void {
    for (let path = this.#queue.pop(); path !== undefined; path = this.#queue.pop()) this.#visit(path);
  }

  #visit(path: string): void {
    const module = this.#project.modules.get(path);
    if (module === undefined) return;
    if (module.language === 'python') this.#addPackages(path);
    const idle = this.#reach.idle?.get(path);
    for (const imported of module.imports) {
      if (!imported.typeOnly && !(idle?.has(imported.at) ?? false)) this.#follow(module, imported);
    }
    for (const { at, start } of module.unknownImports) {
      if (!(idle?.has(at) ?? false)) this.#addFolder(startFolder(path, start), module);
    }
    this.#followStrings(module);
    if (module.language === 'python' && readsSettings(module)) this.#addApps(module);
  }

  #follow(module: Module, imported: Import): void {
    const { kind, ...whole } = this.#project.resolve(module, imported.specifier);
    if (kind === 'file' && 'path' in whole) this.add(whole.path);
    for (const target of this.#project.targets(module, imported)) {
      if (target.resolution.kind === 'file') this.add(target.resolution.path);
      for (const path of target.via) this.add(path);
    }
    if (loaders.test(imported.specifier)) this.#addNamedFolders(module);
  }

  /** A package runs before what is in it. */
  #addPackages(path: string): void {
    for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) {
      const init = `${folder}/__init__.py`;
      if (this.#project.modules.has(init)) this.add(init);
    }
  }

  /** Everything below a folder, but tests, in the language of the module that loads it. */
  #addFolder(folder: string, module: Module): void {
    const isPython = module.language === 'python';
    const key = `${isPython ? 'py' : 'js'}:${folder}`;
    if (this.#folders.has(key)) return;
    this.#folders.add(key);
    for (const path of this.#project.modules.keys()) {
      if (path.endsWith('.py') !== isPython || isTest(path) || isForeign(path)) continue;
      if (folder === '' || path.startsWith(`${folder}/`)) this.add(path);
    }
  }

  /** The folders that a loader of files may be given: all that the module's strings name. */
  #addNamedFolders(module: Module): void {
    const own = folderOf(module.path);
    let any = false;
    walkModule(module, {
      expression: (expression) => {
        if (expression.kind !== 'text' || expression.value === '' || expression.value.length > 200) return;
        const name = expression.value.split('*')[0] ?? '';
        for (const folder of [normalize(join(own, name)), normalize(name)]) {
          if (folder === '' || !this.#names.hasFolder(folder)) continue;
          any = true;
          this.#addFolder(folder, module);
        }
      },
    });
    if (!any) this.#addFolder(own, module);
  }

  /** `include('articles.urls')`, `uvicorn.run('app.main:app')`, `new Worker('./worker.js')`. */
  #followStrings(module: Module): void {
    const own = folderOf(module.path);
    const imported = new Set(module.imports.map(({ specifier }) => specifier));
    walkModule(module, {
      expression: (expression) => {
        if (expression.kind !== 'text' || expression.value.length > 200) return;
        const { value } = expression;
        if (imported.has(value)) return;
        if (module.language === 'python') {
          if (!/^[A-Za-z_][\w.]*[.:][A-Za-z_]\w*(?:\(\))?$/.test(value)) return;
          const found = this.#names.find(value.replace(/:.*$/, ''), own);
          if (found !== undefined) this.add(found);
        } else if (/^[\w./@-]+\.[cm]?[jt]s$/.test(value)) {
          for (const path of [normalize(join(own, value)), normalize(value)]) {
            if (isCode(path) && this.#project.modules.has(path)) this.add(path);
          }
        }
      },
    });
  }

  #addApps(settings: Module): void {
    for (const app of findApps(settings)) {
      const folder = this.#names.findPackage(app, folderOf(settings.path));
      if (folder === undefined) continue;
      for (const path of this.#names.below(folder)) {
        const rest = path.slice(folder.length + 1);
        const command = /^management\/commands\/(\w+)\.py$/.exec(rest)?.[1];
        const runs =
          /^(?:__init__|apps|models|admin|signals|checks)\.py$/.test(rest) ||
          /^(?:models|migrations|templatetags)\//.test(rest) ||
          (command !== undefined && this.#reach.managed.has(command));
        if (runs) this.add(path);
      }
    }
  }
}

/** The folder that an import may lead into whose beginning is known. */
function startFolder(path: string, start: string | undefined): string {
  if (start === undefined) return '';
  if (path.endsWith('.py')) return start.replace(/\.[^.]*$/, '').replaceAll('.', '/');
  const folder = folderOf(start.endsWith('/') ? `${start}x` : start);
  return start.startsWith('.') ? normalize(join(folderOf(path), folder)) : normalize(folder);
}
