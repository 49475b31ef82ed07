import { host } from '../../host.ts';
import { databaseBytes, pageCount } from '../sqlite/copy.ts';
import { reportQuery } from '../sqlite/report.ts';
import type { DatabaseState } from './state.ts';

/**
 * better-sqlite3's Backup. The package asks for some pages at a time, first for none; the copy is made in one piece
 * when the last of them is asked for.
 */
export class Backup {
  readonly #state: DatabaseState;
  readonly #attached: string;
  readonly #destination: string;
  #total: number | undefined;
  #remaining = 0;
  #closed = false;

  constructor(state: DatabaseState, attached: string, destination: string) {
    this.#state = state;
    this.#attached = attached;
    this.#destination = destination;
  }

  transfer(pages: unknown): { totalPages: number; remainingPages: number } {
    if (this.#closed) throw new TypeError('The backup is already closed');
    this.#state.requireOpen();
    try {
      if (this.#total === undefined) {
        this.#total = pageCount(this.#state.connection, this.#attached);
        this.#remaining = this.#total;
      }
      if (this.#remaining > 0) this.#remaining = Math.max(0, this.#remaining - Math.trunc(Number(pages)));
      if (this.#remaining === 0) this.#copy();
    } catch (error) {
      throw this.#state.translate(error);
    }
    return { totalPages: this.#total, remainingPages: this.#remaining };
  }

  close(): void {
    this.#closed = true;
  }

  #copy(): void {
    const { connection, services } = this.#state;
    const started = host.now();
    const { fs } = services;
    const { cwd } = services.require('process') as { cwd(): string };
    const path = this.#destination.startsWith('/') ? this.#destination : `${cwd()}/${this.#destination}`;
    fs.writeFile(path, databaseBytes(fs, connection, this.#attached));
    reportQuery(services, `VACUUM ${this.#attached} INTO ${this.#destination}`, started);
  }
}
