'use strict';

const { UniqueConstraintError } = require('sequelize');

/** A value that nobody else may have is somebody else's. */
class NotUniqueError extends Error {
  constructor(field, cause) {
    super(`${field} is not unique`, { cause });
    this.field = field;
  }
}

async function unique(work) {
  try {
    return await work();
  } catch (error) {
    throw error instanceof UniqueConstraintError ? new NotUniqueError(error.errors[0].path, error) : error;
  }
}

module.exports = { NotUniqueError, unique };
