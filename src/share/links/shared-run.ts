import type { CollectionRole, CollectionSource } from '../../domain/collection.ts';
import type { Generation } from '../../domain/generation.ts';
import type { RunRecord, StageRecord, Verdict } from '../../domain/run.ts';
import type { AssertionResult, Disagreement, Profile, VerifyResult } from '../../domain/verdict.ts';
import type { FileMap } from '../../engines/engine.ts';

/** A result as a link claims it: without the exchange that it judged. */
export type ClaimedAssertion = Omit<AssertionResult, 'exchange'>;

export interface ClaimedSuite {
  suite: { id: string; version: string };
  /** How many assertions the suite has. */
  total: number;
  /** All of them; empty when they are those of a version of the suite that is not known here. */
  assertions: readonly ClaimedAssertion[];
}

/** What a link holds of a run: enough to run it again, and to show what it is said to have come to. */
export interface SharedRun {
  /** ISO 8601. */
  createdAt: string;
  /** Milliseconds from start to verdict. */
  ms: number;
  task: RunRecord['task'];
  source: RunRecord['source'];
  generation?: Generation;
  engine: RunRecord['engine'];
  packages: RunRecord['packages'];
  substitutions: RunRecord['substitutions'];
  /** Missing when a reference that they take text from is not here as it was. */
  files?: FileMap;
  /** The user's own collection. */
  collection?: { role: CollectionRole; source: CollectionSource };
  stages: readonly StageRecord[];
  suite?: ClaimedSuite;
  /** Of a compliant rule without findings: those are evidence, and are found again. */
  verify: readonly VerifyResult[];
  disagreements?: readonly Disagreement[];
  profile: Profile;
  verdict: Verdict;
}

/** Which assertion of which run a permalink is about. */
export interface Place {
  /** Index into the runs. */
  run: number;
  /** Id of the assertion. */
  assertion: string;
}

/** What a link or a file brings. */
export interface Share {
  /** At least one. */
  runs: readonly SharedRun[];
  /** Where to look first. */
  at?: Place;
}
