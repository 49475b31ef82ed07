'use strict';

/** What a user is refused, and what it is about. */
class Refusal extends Error {
  constructor(subject, message) {
    super(message);
    this.subject = subject;
  }
}

class NotFound extends Refusal {}
class NotAllowed extends Refusal {}
class NotValid extends Refusal {}
class NotKnown extends Refusal {}

module.exports = { NotAllowed, NotFound, NotKnown, NotValid, Refusal };
