import type { Resolution } from '../types.ts';
import { isOutside } from './outside.ts';

/** Files that stand where a program is started, so that imports count from their folder. */
const starters = new Set([
  'manage.py',
  'main.py',
  'app.py',
  'server.py',
  'run.py',
  'wsgi.py',
  'asgi.py',
  'index.py',
  '__main__.py',
  'setup.py',
  'pyproject.toml',
  'requirements.txt',
]);

/** What is known of a submission's folders. */
interface Layout {
  /** Folders that hold Python files, at any depth. */
  readonly folders: ReadonlySet<string>;
  /** Folders of starters, the shallowest first; the submission's own and `src` come before all. */
  readonly roots: readonly string[];
}

const layouts = new WeakMap<ReadonlySet<string>, Layout>();

/**
 * The file that a Python import leads to. Absolute names are looked for from the submission's folder, `src`, the
 * folders of files that start programs, and the folders around the importing file that are not packages.
 * @param files paths of the submission; the same set is best given each time
 * @param from path of the file that imports
 * @param specifier with its dots: `..models.user`, `.`, `flask`
 * @param imported a name that is taken from the module; where a module inside the package has that name, it is meant
 * @returns a package of modules without `__init__.py` is `missing` as a whole: it has no file of its own
 */
export function resolvePythonModule(
  files: ReadonlySet<string>,
  from: string,
  specifier: string,
  imported?: string,
): Resolution {
  const dots = /^\.*/.exec(specifier)?.[0].length ?? 0;
  if (dots > 0) return resolveRelative(files, from, specifier, dots, imported);
  const layout = layoutOf(files);
  const [top = ''] = specifier.split('.', 1);
  const path = specifier.replaceAll('.', '/');
  let known = false;
  for (const root of searched(files, layout, from)) {
    if (isOutside(top) && !isCertainRoot(root)) continue;
    const found = findIn(files, join(root, path), imported);
    if (found !== undefined && found !== from) return { kind: 'file', path: found };
    known ||= (specifier !== top || isCertainRoot(root)) && holds(files, layout, join(root, top));
  }
  return known ? { kind: 'missing', name: specifier } : { kind: 'package', name: top };
}

function resolveRelative(
  files: ReadonlySet<string>,
  from: string,
  specifier: string,
  dots: number,
  imported: string | undefined,
): Resolution {
  let folder: string | undefined = folderOf(from);
  for (let level = 1; level < dots && folder !== undefined; level++) {
    folder = folder === '' ? undefined : folderOf(folder);
  }
  if (folder === undefined) return { kind: 'missing', name: specifier };
  const found = findIn(files, join(folder, specifier.slice(dots).replaceAll('.', '/')), imported);
  return found === undefined ? { kind: 'missing', name: specifier } : { kind: 'file', path: found };
}

/** @param stem the module's path without an extension; empty for the submission's folder */
function findIn(files: ReadonlySet<string>, stem: string, imported: string | undefined): string | undefined {
  const init = join(stem, '__init__.py');
  const file = `${stem}.py`;
  if (!files.has(init) && stem !== '' && files.has(file)) return file;
  if (imported !== undefined && imported !== '*') {
    const inner = join(stem, imported);
    const submodule = [join(inner, '__init__.py'), `${inner}.py`].find((path) => files.has(path));
    if (submodule !== undefined) return submodule;
  }
  return files.has(init) ? init : undefined;
}

function* searched(files: ReadonlySet<string>, { roots }: Layout, from: string): Generator<string> {
  yield '';
  yield 'src';
  const given = new Set(['', 'src']);
  const around = foldersAround(from).filter((folder) => !files.has(join(folder, '__init__.py')));
  for (const root of [...around, ...roots]) {
    if (given.has(root)) continue;
    given.add(root);
    yield root;
  }
}

function isCertainRoot(root: string): boolean {
  return root === '' || root === 'src';
}

function holds(files: ReadonlySet<string>, layout: Layout, stem: string): boolean {
  return layout.folders.has(stem) || files.has(`${stem}.py`);
}

function layoutOf(files: ReadonlySet<string>): Layout {
  const known = layouts.get(files);
  if (known !== undefined) return known;
  const folders = new Set<string>();
  const roots = new Set<string>();
  for (const path of files) {
    const folder = folderOf(path);
    if (starters.has(path.slice(path.lastIndexOf('/') + 1))) roots.add(folder);
    if (!path.endsWith('.py')) continue;
    for (let each = folder; each !== '' && !folders.has(each); each = folderOf(each)) folders.add(each);
  }
  const depth = (folder: string) => folder.split('/').length;
  const layout = { folders, roots: [...roots].sort((a, b) => depth(a) - depth(b)) };
  layouts.set(files, layout);
  return layout;
}

/** The folders around a file, the outermost first. */
function foldersAround(path: string): string[] {
  const found: string[] = [];
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) found.unshift(folder);
  return found;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

function join(folder: string, name: string): string {
  return folder === '' || name === '' ? folder + name : `${folder}/${name}`;
}
