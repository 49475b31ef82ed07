import { FsError, S, type FileSystem } from './types.ts';

/** Takes a socket off the disk, if it is still there: its process and the kernel both do, in any order. */
export function removeSocket(fs: FileSystem, path: string): void {
  try {
    if ((fs.lstat(path).mode & S.IFMT) === S.IFSOCK) fs.unlink(path);
  } catch (error) {
    if (!(error instanceof FsError) || error.code !== 'ENOENT') throw error;
  }
}
