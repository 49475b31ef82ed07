import type { FileSystem } from '../../../fs/types.ts';
import { SqliteFailure } from './codes.ts';

/** Where the marks are: one file per database, named after its inode, holding its path. */
const markDirectory = '/tmp/.sqlite-journal-modes';

/**
 * Write-ahead logging needs shared memory, which this build of SQLite has not: it keeps a rollback journal. Programs
 * ask for `journal_mode = WAL` as a matter of course, so it is granted in name: a mark on the disk lets every
 * connection read back what was set. What differs: there are no -wal and -shm files, and a writer that
 * commits waits for readers.
 */
export class WriteAheadMarks {
  readonly #fs: FileSystem;

  constructor(fs: FileSystem) {
    this.#fs = fs;
  }

  has(path: string): boolean {
    const mark = this.#mark(path);
    return mark !== undefined && this.#fs.exists(mark) && this.#fs.readText(mark) === path;
  }

  set(path: string, on: boolean): void {
    const mark = this.#mark(path);
    if (mark === undefined) return;
    if (on) {
      this.#fs.mkdirp(markDirectory);
      this.#fs.writeFile(mark, path);
    } else if (this.#fs.exists(mark)) {
      this.#fs.unlink(mark);
    }
  }

  #mark(path: string): string | undefined {
    return this.#fs.exists(path) ? `${markDirectory}/${this.#fs.stat(path).ino}` : undefined;
  }
}

/** What the request reads and changes of a connection. */
export interface JournalOwner {
  readonly inTransaction: boolean;
  /** Path of a database by its schema's name; empty when it has no file. */
  fileOf(schema: string): string;
}

const word = /(?:"([^"]*)"|'([^']*)'|\[([^\]]*)\]|`([^`]*)`|(\w+))/.source;
const request = new RegExp(
  `^(?:\\s|;)*pragma\\s+(?:${word}\\s*\\.\\s*)?(journal_mode|wal_checkpoint)\\s*(?:=\\s*${word}|\\(\\s*${word}\\s*\\))?\\s*(?:;|$)`,
  'i',
);

/**
 * The statement to compile in place of a PRAGMA about write-ahead logging at the start of `sql`.
 * @returns undefined when SQLite itself is to answer.
 * @throws SqliteFailure where SQLite refuses the change.
 */
export function answerJournalPragma(
  sql: string,
  owner: JournalOwner,
  marks: WriteAheadMarks,
): { statement: string; tail: string } | undefined {
  if (!/journal_mode|wal_checkpoint/i.test(sql)) return undefined;
  const found = request.exec(sql);
  if (found === null) return undefined;
  const schema = found.slice(1, 6).find((part) => part !== undefined) ?? 'main';
  const wanted = found.slice(7).find((part) => part !== undefined);
  const path = owner.fileOf(schema);
  const marked = path !== '' && marks.has(path);
  const answer = (statement: string) => ({ statement, tail: sql.slice(found[0].length) });
  if (found[6]?.toLowerCase() === 'wal_checkpoint') {
    return marked ? answer('SELECT 0 AS busy, 0 AS log, 0 AS checkpointed') : undefined;
  }
  if (wanted === undefined) return marked ? answer("SELECT 'wal' AS journal_mode") : undefined;
  const toWriteAhead = wanted.toLowerCase() === 'wal';
  if (path === '' || !(toWriteAhead || marked)) return undefined;
  if (toWriteAhead !== marked && owner.inTransaction) {
    throw new SqliteFailure(
      1,
      `cannot change ${toWriteAhead ? 'into' : 'out of'} wal mode from within a transaction`,
    );
  }
  marks.set(path, toWriteAhead);
  return toWriteAhead ? answer("SELECT 'wal' AS journal_mode") : undefined;
}
