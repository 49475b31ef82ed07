import type { Source } from '../sources.ts';

/** Scripts that start scripts are followed so deep, and so many in all. */
const mostDepth = 20;
const mostScripts = 500;

/** What the commands of a submission start, as it is found out. */
export class Context {
  /** Files that a command runs or loads. */
  readonly files = new Set<string>();
  /** Folders of which a command runs or loads all: migrations. */
  readonly folders = new Set<string>();
  /** Python modules that Django is told to take its settings from. */
  readonly settings = new Set<string>();
  /** Commands that Django's manage.py is given. */
  readonly managed = new Set<string>();
  /** Code that stands in a command: `python -c`, `node -e`, heredocs. */
  readonly inline: { language: 'python' | 'javascript'; code: string }[] = [];
  /** Programs that run code of the submission, which could not be found. */
  readonly lost: { what: string; file: string; at: number }[] = [];
  /** What is exported, or set for the command that is being read. */
  variables = new Map<string, string>();
  /** Relative to the submission; empty for its root. */
  folder = '';
  /** The script that is being read, and where in it. */
  script = '';
  at = 0;
  #depth = 0;
  #scripts = 0;
  #existing: Set<string> | undefined;

  constructor(readonly sources: ReadonlyMap<string, Source>) {}

  /** Runs `read` as deep inside other scripts as is allowed. */
  nested(read: () => void): void {
    if (this.#depth >= mostDepth || this.#scripts >= mostScripts) return;
    this.#scripts++;
    this.#depth++;
    const { folder, script, at, variables } = this;
    this.variables = new Map(variables);
    read();
    Object.assign(this, { folder, script, at, variables });
    this.#depth--;
  }

  has(path: string): boolean {
    return this.sources.has(path);
  }

  hasFolder(path: string): boolean {
    this.#existing ??= foldersOf(this.sources.keys());
    return this.#existing.has(path);
  }

  /** The file that a path on a command line means: from the working folder, from the root, built files by their source. */
  find(path: string, extensions: readonly string[] = ['']): string | undefined {
    for (const start of this.#starts(path)) {
      for (const extension of extensions) {
        const candidate = normalize(start + extension);
        if (this.has(candidate)) return candidate;
      }
    }
    return undefined;
  }

  /** Adds what `path` means, or notes that it is not there. */
  start(path: string, extensions?: readonly string[]): boolean {
    const found = this.find(path, extensions);
    if (found === undefined) this.miss(path);
    else this.files.add(found);
    return found !== undefined;
  }

  /** Adds the files that are there. */
  offer(...paths: string[]): boolean {
    const found = paths.flatMap((path) => this.find(path) ?? []);
    for (const path of found) this.files.add(path);
    return found.length > 0;
  }

  /** Adds the Python module with this name and the packages around it. */
  startModule(name: string, roots: readonly string[] = []): boolean {
    const found = this.findModule(name, roots);
    if (found === undefined) this.miss(name);
    else this.files.add(found);
    return found !== undefined;
  }

  findModule(name: string, roots: readonly string[] = []): string | undefined {
    const path = name.replaceAll('.', '/');
    const bases = [...roots, ...this.#pythonPath(), '', ...['src', 'app', 'backend', 'server']];
    for (const base of bases) {
      for (const ending of ['/__init__.py', '.py', '/__main__.py']) {
        const candidate = normalize(join(join(this.folder, base), path + ending));
        if (this.has(candidate)) return candidate;
      }
    }
    return undefined;
  }

  miss(what: string): void {
    this.lost.push({ what, file: this.script, at: this.at });
  }

  #pythonPath(): string[] {
    return (this.variables.get('PYTHONPATH') ?? '').split(':').filter((part) => part !== '');
  }

  *#starts(path: string): Generator<string> {
    if (!path.startsWith('/')) yield join(this.folder, path);
    yield path.replace(/^\/+/, '');
    // In a container a submission often lies in /app or /usr/src/app.
    const parts = path.split('/').filter((part) => part !== '' && part !== '.');
    if (path.startsWith('/'))
      for (let skip = 1; skip < parts.length; skip++) yield parts.slice(skip).join('/');
    if (['dist', 'build', 'out', 'lib'].includes(parts[0] ?? ''))
      yield* this.#builtFrom(parts.slice(1).join('/'));
  }

  /** What a compiled file may have been made of. */
  *#builtFrom(path: string): Generator<string> {
    const stem = path.replace(/\.[cm]?js$/, '');
    const stems = stem.startsWith('src/') ? [stem] : [`src/${stem}`, stem];
    for (const candidate of stems) {
      for (const extension of ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs']) {
        yield join(this.folder, candidate + extension);
      }
    }
  }
}

export function join(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`;
}

/** Takes `.` and `..` out of a path; what leads out of the submission is cut. */
export function normalize(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** The folder of a file, empty for the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function foldersOf(paths: Iterable<string>): Set<string> {
  const found = new Set<string>();
  for (const path of paths) {
    for (let folder = folderOf(path); folder !== '' && !found.has(folder); folder = folderOf(folder))
      found.add(folder);
  }
  return found;
}
