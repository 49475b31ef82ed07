'use strict';

const { NotAllowed, NotFound, NotKnown, NotValid, Refusal } = require('../usecases/refusals');

const statuses = new Map([
  [NotKnown, 401],
  [NotAllowed, 403],
  [NotFound, 404],
  [NotValid, 422],
]);

function answerNotFound(req, res) {
  res.status(404).json({ errors: { path: ['not found'] } });
}

/** The last middleware; Express knows it by its four parameters. */
function answerError(error, req, res, next) {
  if (res.headersSent) {
    next(error);
  } else if (error instanceof Refusal) {
    res.status(statuses.get(error.constructor)).json({ errors: { [error.subject]: [error.message] } });
  } else if (error.type === 'entity.parse.failed') {
    res.status(422).json({ errors: { body: ['is not valid JSON'] } });
  } else if (error.status < 500) {
    res.status(error.status).json({ errors: { request: [error.message] } });
  } else {
    console.error(error);
    res.status(500).json({ errors: { server: ['failed'] } });
  }
}

module.exports = { answerError, answerNotFound };
