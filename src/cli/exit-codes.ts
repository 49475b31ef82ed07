/** What the command's exit code says. */
export const ExitCode = {
  /** Scored and passed; for other commands: done, nothing wrong. */
  passed: 0,
  /** Scored and failed. */
  failed: 1,
  /** The command was called in a way that means nothing. */
  usage: 2,
  /** No score: the engine could not run it. */
  unscored: 3,
  /** Ended by Ctrl-C, as shells have it. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** A call that means nothing; the message says what to write instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
