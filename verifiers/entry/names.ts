import { folderOf, join, normalize } from './context.ts';

interface Folder {
  readonly files: string[];
  readonly folders: string[];
}

/** Python's dotted names as paths of a submission. */
export class ModuleNames {
  readonly #paths: ReadonlySet<string>;
  readonly #folders = new Map<string, Folder>();

  constructor(paths: readonly string[]) {
    this.#paths = new Set(paths);
    for (const path of paths) this.#folder(folderOf(path)).files.push(path);
  }

  /** The folder's entry, made together with those of the folders around it. */
  #folder(path: string): Folder {
    const known = this.#folders.get(path);
    if (known !== undefined) return known;
    const made: Folder = { files: [], folders: [] };
    this.#folders.set(path, made);
    let child = path;
    while (child !== '') {
      const parent = folderOf(child);
      const existing = this.#folders.get(parent);
      if (existing !== undefined) {
        existing.folders.push(child);
        break;
      }
      this.#folders.set(parent, { files: [], folders: [child] });
      child = parent;
    }
    return made;
  }

  hasFolder(folder: string): boolean {
    return this.#folders.has(folder);
  }

  /** All files below a folder. */
  *below(folder: string): Generator<string> {
    const queue = [folder];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const { files = [], folders = [] } = this.#folders.get(next) ?? {};
      yield* files;
      for (const inner of folders) queue.push(inner);
    }
  }

  /**
   * The module that `a.b.c` names, or the one that holds the thing of that name.
   * @param from a folder to look in, and in those around it
   */
  find(name: string, from: string): string | undefined {
    const path = name.replaceAll('.', '/');
    for (const base of bases(from)) {
      for (const stem of [path, folderOf(path)]) {
        if (stem === '') continue;
        const found = [`${stem}.py`, `${stem}/__init__.py`].map((tail) => normalize(join(base, tail)));
        const existing = found.find((candidate) => this.#paths.has(candidate));
        if (existing !== undefined) return existing;
      }
    }
    return undefined;
  }

  /** The folder of a package that is named by itself or by something in it: `apps.users.apps.UsersConfig`. */
  findPackage(name: string, from: string): string | undefined {
    const path = name.replaceAll('.', '/').replace(/\/apps(?:\/\w+)?$/, '');
    return bases(from)
      .map((base) => normalize(join(base, path)))
      .find((folder) => folder !== '' && this.#folders.has(folder));
  }
}

/** A folder and those around it, the nearest first, then src/. */
function bases(from: string): string[] {
  const found = [from];
  for (let folder = from; folder !== '';) {
    folder = folderOf(folder);
    found.push(folder);
  }
  return [...found.slice(0, 12), '', 'src'];
}
