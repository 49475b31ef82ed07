/** A file or folder of the tree; folders hold theirs in the order in which they are shown. */
export interface TreeNode {
  readonly path: string;
  readonly name: string;
  /** Undefined for a file. */
  readonly children?: readonly TreeNode[];
}

/** A visible line of the tree. */
export interface TreeRow {
  readonly path: string;
  readonly name: string;
  readonly folder: boolean;
  readonly expanded: boolean;
  /** 1 at the top. */
  readonly level: number;
  /** Place among its siblings, from 1, and how many they are. */
  readonly place: number;
  readonly siblings: number;
}

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly files: string[];
}

/** The tree of some paths: folders first, each by name. */
export function treeOf(paths: readonly string[]): readonly TreeNode[] {
  const top: Folder = { folders: new Map(), files: [] };
  for (const path of paths) {
    const names = path.split('/');
    const name = names.pop() ?? '';
    let folder = top;
    for (const part of names) {
      const known = folder.folders.get(part) ?? { folders: new Map(), files: [] };
      folder.folders.set(part, known);
      folder = known;
    }
    folder.files.push(name);
  }
  return nodesOf(top, '');
}

function nodesOf({ folders, files }: Folder, above: string): readonly TreeNode[] {
  const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return [
    ...[...folders]
      .sort(([a], [b]) => byName(a, b))
      .map(([name, folder]) => {
        const path = above + name;
        return { path, name, children: nodesOf(folder, `${path}/`) };
      }),
    ...files.sort(byName).map((name) => ({ path: above + name, name })),
  ];
}

/** The lines that are visible when just the folders that `isOpen` accepts are open. */
export function rowsOf(nodes: readonly TreeNode[], isOpen: (path: string) => boolean): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (siblings: readonly TreeNode[], level: number): void => {
    siblings.forEach(({ path, name, children }, index) => {
      const expanded = children !== undefined && isOpen(path);
      rows.push({
        path,
        name,
        folder: children !== undefined,
        expanded,
        level,
        place: index + 1,
        siblings: siblings.length,
      });
      if (expanded) add(children, level + 1);
    });
  };
  add(nodes, 1);
  return rows;
}

/** Where each path stands among the lines. */
export function placesOf(rows: readonly TreeRow[]): ReadonlyMap<string, number> {
  return new Map(rows.map(({ path }, index) => [path, index]));
}

/** Every folder above a path, from the top. */
export function foldersAbove(path: string): readonly string[] {
  const names = path.split('/').slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}
