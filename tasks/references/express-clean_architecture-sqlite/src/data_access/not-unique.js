'use strict';

/** A value that nobody else may have is somebody else's. */
class NotUniqueError extends Error {
  constructor(field, cause) {
    super(`${field} is not unique`, { cause });
    this.field = field;
  }
}

/** Does what changes rows; SQLite names the column of a value that is there already as `table.column`. */
function unique(work) {
  try {
    return work();
  } catch (error) {
    if (error.code !== 'SQLITE_CONSTRAINT_UNIQUE') throw error;
    throw new NotUniqueError(error.message.split('.').at(-1), error);
  }
}

module.exports = { NotUniqueError, unique };
