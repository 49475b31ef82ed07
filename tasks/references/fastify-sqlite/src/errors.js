'use strict';

/** An answer other than success: a status, and a message under the name of what it is about. */
class ApiError extends Error {
  constructor(statusCode, subject, message) {
    super(message);
    this.statusCode = statusCode;
    this.subject = subject;
  }
}

const notFound = (subject) => new ApiError(404, subject, 'not found');
const forbidden = (subject) => new ApiError(403, subject, 'belongs to somebody else');
const taken = (subject) => new ApiError(422, subject, 'has already been taken');

module.exports = { ApiError, forbidden, notFound, taken };
