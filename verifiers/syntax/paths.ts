/** The folder of a file or a folder; empty for what lies in the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** A path from a folder with `.` and `..` taken out; undefined when it leads out of the submission. */
export function pathFrom(folder: string, path: string): string | undefined {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** A folder and the folders around it, the nearest first and the root last. */
export function* foldersUpwards(folder: string): Generator<string> {
  for (let each = folder; each !== ''; each = folderOf(each)) yield each;
  yield '';
}

export function joinPath(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
