import type { RealmServices } from '../../realm-services.ts';
import { SQLITE, SqliteFailure } from '../sqlite/codes.ts';
import { databaseBytes, pageCount } from '../sqlite/copy.ts';
import { queueOf } from './database.ts';
import { asCallback, outcomeOf, packageError, type Callback, type DatabaseQueue } from './queue.ts';

interface Emitter {
  emit(event: string, ...args: unknown[]): boolean;
}

/**
 * The class Backup as the package's compiled part exports it. The copy is made in one piece by the step that reaches
 * the last page.
 */
export function backupClass(services: RealmServices): new (...args: unknown[]) => object {
  return class Backup {
    readonly #queue: DatabaseQueue;
    readonly #filename: string;
    readonly #source: string;
    #retryErrors: unknown[] = [];
    #total: number | undefined;
    #remaining = 0;
    #underWay = 1;
    #completed = false;
    #finished = false;
    #error: Error | undefined;

    constructor(...[database, filename, source, destination, toFile, given]: unknown[]) {
      const queue = queueOf(database);
      if (queue === undefined) throw new TypeError('Database object expected');
      if (typeof filename !== 'string') throw new TypeError('Filename expected');
      if (typeof source !== 'string') throw new TypeError('Source database name expected');
      if (typeof destination !== 'string') throw new TypeError('Destination database name expected');
      if (typeof toFile !== 'boolean') throw new TypeError('Direction flag expected');
      if (given !== undefined && typeof given !== 'function') throw new TypeError('Callback expected');
      if (!toFile) services.missing('sqlite3: a backup from a file into an open database');
      this.#queue = queue;
      this.#filename = filename;
      this.#source = source;
      const about = { filename, sourceName: source, destName: destination, filenameIsDest: toFile };
      for (const [name, value] of Object.entries(about)) Object.defineProperty(this, name, { value });
      const callback = asCallback(given);
      this.#schedule(() => {
        this.#touch();
        if (this.#error === undefined) callback?.call(this, null);
        else this.#fail(this.#error, callback);
      }, callback);
    }

    get idle(): boolean {
      return !this.#finished && this.#underWay === 0;
    }

    get completed(): boolean {
      return this.#completed;
    }

    get failed(): boolean {
      return this.#error !== undefined || (this.#finished && !this.#completed);
    }

    get remaining(): number {
      return this.#total === undefined ? -1 : this.#remaining;
    }

    get pageCount(): number {
      return this.#total ?? -1;
    }

    get retryErrors(): unknown[] {
      return this.#retryErrors;
    }

    set retryErrors(errors: unknown) {
      if (!Array.isArray(errors)) throw new Error('retryErrors must be an array');
      this.#retryErrors = errors;
    }

    step(pages: unknown, given?: unknown): this {
      if (typeof pages !== 'number') throw new TypeError('Argument 0 must be an integer');
      const callback = asCallback(given);
      this.#underWay++;
      this.#schedule(() => {
        if (this.#finished || this.#error !== undefined) {
          this.#fail(packageError(SQLITE.MISUSE, 'Backup is already finished'), callback);
          return;
        }
        const { code, message } = outcomeOf(() => this.#advance(pages));
        if (code === SQLITE.OK) callback?.call(this, null, this.#completed);
        else this.#refuse(code, message, callback);
      }, callback);
      return this;
    }

    finish(given?: unknown): this {
      const callback = asCallback(given);
      this.#underWay++;
      this.#schedule(() => {
        this.#finished = true;
        callback?.call(this);
      }, callback);
      return this;
    }

    #schedule(work: () => void, callback: Callback | undefined): void {
      const begin = (): void =>
        this.#queue.begin(() => {
          try {
            work();
          } finally {
            this.#underWay--;
          }
          return false;
        }, true);
      this.#queue.schedule(begin, false, callback);
    }

    /** Makes sure that the file can be written, as opening it would. */
    #touch(): void {
      const { code, message } = outcomeOf(() => {
        const { fs } = services;
        const folder = this.#path().replace(/\/[^/]*$/, '') || '/';
        if (!fs.exists(folder)) throw new SqliteFailure(SQLITE.CANTOPEN, 'unable to open database file');
        if (!fs.exists(this.#path())) fs.writeFile(this.#path(), '');
      });
      if (code !== SQLITE.OK) this.#error = packageError(code, message);
    }

    #advance(pages: number): void {
      const { connection } = this.#queue;
      if (connection === undefined) return;
      this.#total ??= pageCount(connection, this.#source);
      if (this.#total !== 0 && this.#remaining === 0 && !this.#completed) this.#remaining = this.#total;
      this.#remaining = pages < 0 ? 0 : Math.max(0, this.#remaining - pages);
      if (this.#remaining > 0 || this.#completed) return;
      services.fs.writeFile(this.#path(), databaseBytes(services.fs, connection, this.#source));
      this.#completed = true;
    }

    #refuse(code: number, message: string, callback: Callback | undefined): void {
      const error = packageError(code, message);
      if (!this.#retryErrors.includes(code)) this.#error = error;
      this.#fail(error, callback);
    }

    #path(): string {
      if (this.#filename.startsWith('/')) return this.#filename;
      return `${(services.require('process') as { cwd(): string }).cwd()}/${this.#filename}`;
    }

    #fail(error: Error, callback: Callback | undefined): void {
      if (callback === undefined) (this as unknown as Emitter).emit('error', error);
      else callback.call(this, error);
    }
  };
}
