import { UniqueConstraintError } from 'sequelize';

/** What is written is there already: `field` says which value. */
export class DuplicateError extends Error {
  constructor(field) {
    super(`${field} is not unique`);
    this.field = field;
  }
}

/** Waits for a write; says in words of the repositories what its database refuses. */
export async function unique(write) {
  try {
    return await write;
  } catch (error) {
    if (error instanceof UniqueConstraintError) throw new DuplicateError(error.errors[0].path);
    throw error;
  }
}
