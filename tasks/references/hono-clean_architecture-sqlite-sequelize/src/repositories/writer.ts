import pLimit from 'p-limit';
import { type Sequelize, type Transaction, UniqueConstraintError } from 'sequelize';

/** A value that has to be unique is there already. */
export class NotUnique extends Error {
  constructor(readonly field: string) {
    super(`${field} is not unique`);
  }
}

/**
 * All writes go through here, each in a transaction and one after another: SQLite has one writer at a time, and writers
 * that wait in the driver hold the threads that the one before them needs.
 */
export class Writer {
  readonly #sequelize: Sequelize;
  readonly #turn = pLimit(1);

  constructor(sequelize: Sequelize) {
    this.#sequelize = sequelize;
  }

  /** @throws NotUnique */
  write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.#turn(async () => {
      try {
        return await this.#sequelize.transaction(work);
      } catch (error) {
        if (error instanceof UniqueConstraintError) throw new NotUnique(error.errors[0]?.path ?? 'value');
        throw error;
      }
    });
  }
}
