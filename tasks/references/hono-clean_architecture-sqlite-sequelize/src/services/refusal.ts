export type Reason = 'stranger' | 'forbidden' | 'missing' | 'invalid';

/** What a service refuses, and about what; which status that is, the routes know. */
export class Refusal extends Error {
  constructor(
    readonly reason: Reason,
    readonly subject: string,
    message: string,
  ) {
    super(message);
  }
}

export const missing = (subject: string) => new Refusal('missing', subject, 'not found');
export const forbidden = (subject: string) => new Refusal('forbidden', subject, 'belongs to somebody else');
