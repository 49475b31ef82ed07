import { FsError, O } from '../../../fs/types.ts';
import type { FileSystem } from '../../../fs/types.ts';

/** SQLite's lock levels. */
export const Lock = { none: 0, shared: 1, reserved: 2, pending: 3, exclusive: 4 } as const;

/** Where processes tell each other what they hold: one directory per database, one file per process. */
export const lockDirectory = '/tmp/.sqlite-locks';

/** Locks of one database file, held by the connections of this process and announced to the others. */
interface FileLocks {
  readonly holders: Map<number, number>;
  readonly directory: string;
  /** Inode of this process's announcement. */
  readonly announcement: number;
  announced: number;
}

/**
 * SQLite's file locks among all connections of all processes of a sandbox: many readers, one that means to write,
 * one that writes alone. A process announces its highest level before it looks at the others, so two can both be
 * refused but never both be let in.
 */
export class LockTable {
  readonly #files = new Map<number, FileLocks>();
  readonly #fs: FileSystem;
  readonly #pid: number;

  constructor(fs: FileSystem, pid: number) {
    this.#fs = fs;
    this.#pid = pid;
  }

  /** Raises what `holder` has on the file to `level`. @returns false when another's lock is in the way. */
  acquire(ino: number, holder: number, level: number): boolean {
    const file = this.#file(ino);
    const held = file.holders.get(holder) ?? Lock.none;
    if (held >= level) return true;
    for (const [other, theirs] of file.holders) {
      if (other !== holder && inTheWay(level, theirs)) return this.#stay(file, holder, held, level);
    }
    file.holders.set(holder, level);
    this.#announce(file);
    if (!this.#othersAllow(file, level)) return this.#stay(file, holder, held, level);
    return true;
  }

  /** Lowers what `holder` has on the file. */
  release(ino: number, holder: number, level: number): void {
    const file = this.#files.get(ino);
    if (file === undefined || (file.holders.get(holder) ?? Lock.none) <= level) return;
    if (level === Lock.none) file.holders.delete(holder);
    else file.holders.set(holder, level);
    this.#announce(file);
  }

  /** True when somebody, here or elsewhere, means to write. */
  isReserved(ino: number): boolean {
    const file = this.#file(ino);
    return (
      [...file.holders.values()].some((level) => level >= Lock.reserved) ||
      !this.#othersAllow(file, Lock.reserved)
    );
  }

  /** A refused writer keeps new readers out, so that it gets its turn; see SQLite's pending lock. */
  #stay(file: FileLocks, holder: number, held: number, wanted: number): false {
    const kept = wanted === Lock.exclusive && held >= Lock.reserved ? Lock.pending : held;
    if (kept === Lock.none) file.holders.delete(holder);
    else file.holders.set(holder, kept);
    this.#announce(file);
    return false;
  }

  #file(ino: number): FileLocks {
    let file = this.#files.get(ino);
    if (file === undefined) {
      const directory = `${lockDirectory}/${ino}`;
      this.#fs.mkdirp(directory);
      const announcement = this.#fs.open(`${directory}/${this.#pid}`, O.RDWR | O.CREAT | O.TRUNC, 0o600);
      file = { holders: new Map(), directory, announcement, announced: Lock.none };
      this.#files.set(ino, file);
    }
    return file;
  }

  #announce(file: FileLocks): void {
    const level = Math.max(Lock.none, ...file.holders.values());
    if (level === file.announced) return;
    this.#fs.write(file.announcement, Uint8Array.of(level), 0);
    file.announced = level;
  }

  #othersAllow(file: FileLocks, level: number): boolean {
    for (const entry of this.#fs.readdir(file.directory)) {
      if (entry.name === String(this.#pid)) continue;
      if (inTheWay(level, this.#announcedBy(`${file.directory}/${entry.name}`))) return false;
    }
    return true;
  }

  #announcedBy(path: string): number {
    try {
      return this.#fs.readFile(path)[0] ?? Lock.none;
    } catch (error) {
      if (error instanceof FsError && error.code === 'ENOENT') return Lock.none;
      throw error;
    }
  }
}

function inTheWay(wanted: number, held: number): boolean {
  if (wanted === Lock.shared) return held >= Lock.pending;
  if (wanted === Lock.reserved) return held >= Lock.reserved;
  return held >= Lock.shared;
}

/** Forgets what an ended process announced; to be called when it did not end its transactions itself. */
export function releaseLocksOf(fs: FileSystem, pid: number): void {
  if (!fs.exists(lockDirectory)) return;
  for (const file of fs.readdir(lockDirectory)) {
    const announcement = `${lockDirectory}/${file.name}/${pid}`;
    if (fs.exists(announcement)) fs.unlink(announcement);
  }
}
