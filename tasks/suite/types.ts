import type { AssertionResult, Exchange } from '../../src/domain/verdict.ts';
import type { RawRequest, RawResponse } from '../../src/engines/engine.ts';
import type { Endpoint } from '../contract/index.ts';
import type { Json } from '../json.ts';
import type { Keep } from './kept.ts';
import type { Reply } from './reply.ts';

/** Sends one request to the server under test. Rejects with an error whose `code` says why when no answer came. */
export type Send = (request: RawRequest, signal: AbortSignal) => Promise<RawResponse>;

/** What a step asks for; the runner adds the base path, the header lines and the JSON encoding. */
export interface Ask {
  /** Below `/api`, with query, percent-encoded: `/articles?limit=1`. */
  path: string;
  /** Sent as `Authorization: Token …`. */
  token?: string;
  /** The whole value of `Authorization`, in place of a token. */
  authorization?: string;
  /** Sent as JSON. */
  body?: Json;
}

/** One sentence about an answer, or about the answers of a burst. */
interface Sentence {
  /** Last part of the assertion's id. */
  id: string;
  sentence: string;
  /** JSON pointer into the contract: where it says so. */
  pointer: string;
}

export interface Check extends Sentence {
  /** @throws Failure when the answer is otherwise; NotReached when something earlier is missing. */
  test(reply: Reply): void;
}

export interface BurstCheck extends Sentence {
  /** The answers are in the order of the requests. @throws Failure, NotReached */
  test(replies: readonly Reply[]): void;
}

interface Turn {
  /** Middle part of the assertions' ids. */
  id: string;
  endpoint: Endpoint;
  /** Status that the contract names for this request; of a burst, for at least one of its requests. */
  status: number;
  /** Milliseconds to wait before the request. */
  pauseMs?: number;
}

/** One request and what is asserted about its answer. */
export interface Step extends Turn {
  /** Called when the step's turn comes, so that it can use what earlier steps kept. @throws NotReached */
  ask: () => Ask;
  checks: readonly Check[];
  /** Values for later steps, taken when the answer's status is of the right class. */
  keeps: readonly Keep[];
}

/** Requests that are sent at the same time, and what is asserted about their answers together. */
export interface Burst extends Turn {
  /** How many requests. */
  count: number;
  /** The request of this number, from 0 on. @throws NotReached */
  ask: (n: number) => Ask;
  checks: readonly BurstCheck[];
}

export type AnyStep = Step | Burst;

/** A user of a group: nobody else in the run has these values. */
export interface Person {
  username: string;
  email: string;
  password: string;
}

export interface GroupContext {
  /** A person of this group, unique in the run; the same name gives the same person. */
  person(name: string): Person;
  /** A text that is unique to this group and run, for titles and tags: letters and digits. */
  unique(name: string): string;
}

/** Steps that share users and articles. A failure in one group leaves the others alone. */
export interface Group {
  id: string;
  title: string;
  steps(context: GroupContext): readonly AnyStep[];
}

export type AssertionSpec = Pick<AssertionResult, 'id' | 'group' | 'endpoint' | 'sentence'> & {
  pointer: string;
};

export interface SuiteOptions {
  send: Send;
  signal?: AbortSignal;
  /** Milliseconds for one request, and for all of them. */
  requestMs: number;
  suiteMs: number;
  /** Makes users and titles unique to the run: lower-case letters and digits. */
  runKey: string;
  /** Bytes of a body that are kept in an exchange. */
  recordedBodyBytes: number;
  /** Milliseconds since the run began; without it exchanges do not say when they were. */
  now?: () => number;
  /** Called in order as they come. */
  onExchange?: (index: number, exchange: Exchange) => void;
  onAssertion?: (result: AssertionResult) => void;
}
