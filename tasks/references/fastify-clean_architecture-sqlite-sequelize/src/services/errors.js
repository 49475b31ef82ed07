/** What the application refuses, about one subject; which status that is, the routes know. */
export class Refusal extends Error {
  constructor(subject, message) {
    super(message);
    this.subject = subject;
  }
}

export class NotFound extends Refusal {
  constructor(subject) {
    super(subject, 'not found');
  }
}

export class Forbidden extends Refusal {
  constructor(subject) {
    super(subject, 'belongs to somebody else');
  }
}

export class Taken extends Refusal {
  constructor(subject) {
    super(subject, 'has already been taken');
  }
}

export class WrongCredentials extends Refusal {
  constructor() {
    super('credentials', 'are not valid');
  }
}
