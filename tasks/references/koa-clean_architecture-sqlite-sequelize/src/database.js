import { AsyncLocalStorage } from 'node:async_hooks';
import { Sequelize } from 'sequelize';
import { associate, define } from './models/index.js';

/** What Sequelize asks of a namespace: where it looks up the transaction that the current call belongs to. */
class Namespace {
  #storage = new AsyncLocalStorage();

  run(work) {
    return this.#storage.run(new Map(), work);
  }

  get(key) {
    return this.#storage.getStore()?.get(key);
  }

  set(key, value) {
    this.#storage.getStore()?.set(key, value);
  }

  bind(work) {
    return AsyncLocalStorage.bind(work);
  }
}

/**
 * Opens the file and makes the tables that are missing.
 * @returns `models`, and `unitOfWork(work)`: runs all queries of `work` in one transaction. SQLite has one writer at a
 *   time, so units of work run one after another.
 */
export async function openDatabase(storage) {
  Sequelize.useCLS(new Namespace());
  const sequelize = new Sequelize({ dialect: 'sqlite', storage, logging: false });
  const models = define(sequelize);
  associate(models);
  await sequelize.sync();

  let last = Promise.resolve();
  const unitOfWork = (work) => {
    const turn = last.then(() => sequelize.transaction(work));
    last = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  };
  return { models, unitOfWork };
}
