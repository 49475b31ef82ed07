import type { Endpoint } from '../contract/index.ts';

/** What a mutant breaks: a failed assertion kills it only when it is about one of these. */
export interface About {
  /** Operations whose answers the changed place makes. */
  readonly endpoints: readonly Endpoint[];
  /** Ids of contract rules that the changed place keeps; their assertions count on any operation. */
  readonly rules: readonly string[];
}

/** A text in place of what stands from `start` up to `end`; offsets in UTF-16 units. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The reference server with one bug. */
export interface Mutant {
  /** Stable while its place in the reference stays: `operator:region:number`, or the name of a designed mutant. */
  readonly id: string;
  /** Id of the operator, or `designed`. */
  readonly operator: string;
  /** Where, for people: `src/store.js:40`; the first place of several. */
  readonly where: string;
  /** What was changed, for people. */
  readonly what: string;
  readonly about: About;
  /** Whole new text of each changed file, by path in the submission. */
  readonly files: Readonly<Record<string, string>>;
}
