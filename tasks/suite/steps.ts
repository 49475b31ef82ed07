import type { Endpoint } from '../contract/index.ts';
import type { Json } from '../json.ts';
import { statusCheck } from './checks.ts';
import { Kept, type Keep } from './kept.ts';
import type { Ask, Burst, BurstCheck, Check, Step } from './types.ts';

/** A step whose first check is always its status. */
export function step(
  id: string,
  endpoint: Endpoint,
  status: number,
  ask: () => Ask,
  checks: readonly Check[] = [],
  ...keeps: Keep[]
): Step {
  return { id, endpoint, status, ask, checks: [statusCheck(endpoint, status), ...checks], keeps };
}

/** A step that only prepares what others need: asserts nothing, and is missed by name when it fails. */
export function prepare(
  id: string,
  endpoint: Endpoint,
  status: number,
  ask: () => Ask,
  ...keeps: Keep[]
): Step {
  return { id, endpoint, status, ask, checks: [], keeps };
}

/** The same step some milliseconds later. */
export function later(step: Step): Step {
  return { ...step, pauseMs };
}

/** Articles that follow each other have different times even where those are whole milliseconds. */
const pauseMs = 12;

/** Requests that are sent at the same time. */
export function burst(
  id: string,
  endpoint: Endpoint,
  status: number,
  count: number,
  ask: (n: number) => Ask,
  checks: readonly BurstCheck[],
): Burst {
  return { id, endpoint, status, count, ask, checks };
}

/** What is asked: a path, as whom (nobody when left out), and the body. Called when the step's turn comes. */
export function ask(
  path: string | (() => string),
  as?: { token: Kept<string> },
  body?: Json | (() => Json),
): () => Ask {
  return () => ({
    path: typeof path === 'function' ? path() : path,
    ...(as && { token: as.token.get() }),
    ...(body !== undefined && { body: typeof body === 'function' ? body() : body }),
  });
}

/** Asks only when all of this has been kept. */
export function after(needed: readonly Kept<unknown>[], then: () => Ask): () => Ask {
  return () => {
    for (const one of needed) one.get();
    return then();
  };
}

/** That a step has succeeded: the step keeps it, later ones need it by `after`. */
export function succeeded(): { done: Kept<true>; keep: Keep } {
  const done = new Kept<true>('the success');
  return { done, keep: done.from(() => true) };
}

/** A step that only prepares, and that it has succeeded. */
export function setUp(
  id: string,
  endpoint: Endpoint,
  status: number,
  ask: () => Ask,
): { step: Step; done: Kept<true> } {
  const { done, keep } = succeeded();
  return { step: prepare(id, endpoint, status, ask, keep), done };
}

/** A query of these parameters, percent-encoded. */
export function query(parameters: Record<string, string | number>): string {
  const pairs = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}
