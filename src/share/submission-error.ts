export type SubmissionErrorCode =
  | 'bad-path'
  | 'duplicate'
  | 'too-large'
  | 'too-many'
  | 'bad-archive'
  | 'bad-patch'
  | 'needs-name'
  | 'unreadable'
  | 'empty';

/** A submission that cannot be taken in. The message says what is wrong, with which input, and what to do. */
export class SubmissionError extends Error {
  override readonly name = 'SubmissionError';
  constructor(
    readonly code: SubmissionErrorCode,
    message: string,
  ) {
    super(message);
  }
}
