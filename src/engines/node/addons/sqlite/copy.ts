import type { FileSystem } from '../../../fs/types.ts';
import type { Connection } from './core.ts';

let copies = 0;

/** A database of a connection as the bytes of a file. @throws SqliteFailure, e.g. inside a transaction. */
export function databaseBytes(fs: FileSystem, connection: Connection, schema: string): Uint8Array {
  const path = `/tmp/.sqlite-copy-${connection.sqlite.host.pid}-${++copies}`;
  try {
    connection.scalar(`VACUUM "${schema.replaceAll('"', '""')}" INTO '${path}'`);
    return fs.readFile(path);
  } finally {
    if (fs.exists(path)) fs.unlink(path);
  }
}

/** Writes bytes to a file of the disk that has no name but the one given, for as long as `use` runs. */
export function withDatabaseFile<T>(
  fs: FileSystem,
  bytes: Uint8Array,
  pid: number,
  use: (path: string) => T,
): T {
  const path = `/tmp/.sqlite-image-${pid}-${++copies}`;
  fs.writeFile(path, bytes, 0o600);
  try {
    return use(path);
  } finally {
    fs.unlink(path);
  }
}

/** Number of pages of one database of a connection. */
export function pageCount(connection: Connection, schema: string): number {
  return Number(connection.scalar(`PRAGMA "${schema.replaceAll('"', '""')}".page_count`));
}
