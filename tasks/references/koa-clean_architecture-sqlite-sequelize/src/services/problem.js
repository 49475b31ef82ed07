/** What a service refuses; `kind` is `unknown`, `forbidden`, `missing` or `invalid`. */
export class Problem extends Error {
  constructor(kind, subject, message) {
    super(message);
    this.kind = kind;
    this.subject = subject;
  }
}

export const missing = (subject) => new Problem('missing', subject, 'not found');
export const forbidden = (subject) => new Problem('forbidden', subject, 'belongs to somebody else');
