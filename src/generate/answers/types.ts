/** What comes out of a model's answer. */

/** What is seen while an answer streams; provisional: the parsed answer is what holds. */
export type AnswerEvent =
  | { readonly type: 'open'; readonly path: string }
  | { readonly type: 'append'; readonly path: string; readonly text: string }
  | { readonly type: 'close'; readonly path: string };

/** Why a part of an answer is not in the files. */
export type UnplacedReason =
  /** A block of code that names no file. */
  | 'no-path'
  /** A path that no submission may have. */
  | 'bad-path'
  /** A change to a file that is not there. */
  | 'no-file'
  /** A change whose old lines are not in the file, or are in it more than once. */
  | 'no-match'
  /** An excerpt of a file that is known to be longer. */
  | 'fragment'
  /** A change or a list of files that cannot be read. */
  | 'unreadable'
  /** Beyond the limits of a submission. */
  | 'too-large';

export interface Unplaced {
  /** 1-based line of the answer. */
  readonly line: number;
  readonly reason: UnplacedReason;
  /** For people: what it is, and what was missing. */
  readonly message: string;
  /** The part itself. */
  readonly text: string;
}

/** A file whose text stands in for more: "... the rest stays the same". */
export interface Incomplete {
  readonly path: string;
  /** 1-based line in the file. */
  readonly line: number;
  readonly remark: string;
}

export interface ParsedAnswer {
  /** Whole texts of the files that the answer writes or changes, by clean path. */
  readonly files: Readonly<Record<string, string>>;
  /** Files of before that the answer takes away. */
  readonly removed: readonly string[];
  readonly unplaced: readonly Unplaced[];
  readonly incomplete: readonly Incomplete[];
  /** What was decided on the way, one sentence each: a file that was there twice, a path that was rewritten. */
  readonly notes: readonly string[];
  /** Commands that the answer would have run; they are shown, never run. */
  readonly commands: readonly string[];
  /** The answer ends in the middle: of this file, or of something else. */
  readonly truncated: { readonly path?: string } | undefined;
  /** The words with which the model declined; only of an answer without files. */
  readonly refusal: string | undefined;
}
