import * as fs from 'node:fs/promises';
import type { Stats } from 'node:fs';
import type { FsCall } from '../messages.ts';

const typeOf = (entry: Pick<Stats, 'isDirectory' | 'isSymbolicLink'>): 'directory' | 'symlink' | 'file' =>
  entry.isDirectory() ? 'directory' : entry.isSymbolicLink() ? 'symlink' : 'file';

/** What the page's client has no call for, or not for that path. Paths are absolute. @throws Node's own errors. */
export async function perform(call: FsCall): Promise<unknown> {
  switch (call.operation) {
    case 'readFile':
      return { base64: (await fs.readFile(call.path)).toString('base64') };
    case 'writeFile':
      await fs.writeFile(call.path, Buffer.from(call.base64, 'base64'));
      return null;
    case 'mkdir':
      await fs.mkdir(call.path, { recursive: call.recursive });
      return null;
    case 'readdir': {
      const entries = await fs.readdir(call.path, { withFileTypes: true });
      return entries.map((entry) => ({ name: entry.name, type: typeOf(entry) }));
    }
    case 'rm':
      await fs.rm(call.path, { recursive: call.recursive, force: call.force });
      return null;
    case 'rename':
      await fs.rename(call.path, call.to);
      return null;
    case 'stat': {
      const stat = await fs.stat(call.path);
      return { type: typeOf(stat), size: stat.size, mode: stat.mode & 0o7777, mtime: stat.mtimeMs };
    }
    case 'chmod':
      await fs.chmod(call.path, call.mode);
      return null;
  }
}
