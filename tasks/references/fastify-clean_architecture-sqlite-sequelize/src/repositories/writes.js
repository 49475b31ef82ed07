/**
 * SQLite has one writer at a time. Writers wait for their turn here, in the order in which they come: in the driver they
 * would hold all of its threads while they wait, and the one that has the lock could not go on.
 */
export function createWrites(sequelize) {
  let last = Promise.resolve();

  function inTurn(work) {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  }

  return {
    /** For a write that is one statement. */
    single: (work) => inTurn(work),
    /** For writes that belong together; `work` hands the transaction on to all of them. */
    together: (work) => inTurn(() => sequelize.transaction(work)),
  };
}
