import type { AssertionResult } from '../../src/domain/verdict.ts';
import { HttpClient } from '../../src/engines/net/http1.ts';
import { connectLocal } from '../../src/engines/native/sockets.ts';
import { rulePointer } from '../contract/index.ts';
import { runConduitSuite } from '../suite/index.ts';
import type { About, Mutant } from './types.ts';
import type { Workshop } from './workshop.ts';

/** What became of a mutant. */
export interface Trial {
  readonly mutant: Mutant;
  /** `killed`: an assertion about what was broken failed. `stillborn`: it never listened, so there was nothing to ask. */
  readonly outcome: 'killed' | 'survived' | 'stillborn';
  /** Ids of the failed assertions that are about what was broken. */
  readonly about: readonly string[];
  /** Ids of the failed assertions that are not. */
  readonly elsewhere: readonly string[];
  readonly notReached: number;
  /** Why it is stillborn. */
  readonly reason?: string;
}

const limits = { requestMs: 10_000, suiteMs: 120_000, recordedBodyBytes: 0 };

/**
 * Runs the suite against a server of the workshop: all of it, or up to an assertion after which `stop` says so.
 * @throws Error when the server does not listen.
 */
export async function runSuiteOn(
  workshop: Workshop,
  files: Readonly<Record<string, string>> = {},
  stop: (assertion: AssertionResult) => boolean = () => false,
): Promise<AssertionResult[]> {
  const server = await workshop.start(files);
  const client = new HttpClient((signal) => connectLocal(server.port, signal), `localhost:${server.port}`);
  const stopped = new AbortController();
  const results: AssertionResult[] = [];
  try {
    await runConduitSuite({
      ...limits,
      runKey: 'mutant',
      signal: stopped.signal,
      send: (request, signal) => client.request(request, { signal }),
      onAssertion: (assertion) => {
        results.push(assertion);
        if (stop(assertion)) stopped.abort();
      },
    });
    return results;
  } catch (error) {
    if (stopped.signal.aborted) return results;
    throw error;
  } finally {
    client.close();
    await server.close();
  }
}

/**
 * Runs the suite against a mutant, and judges what failed. A server that does not answer in time is asked no more.
 * @param thorough asks on when the mutant is killed, so that all that fails is seen
 */
export async function tryMutant(workshop: Workshop, mutant: Mutant, thorough: boolean): Promise<Trial> {
  let results: AssertionResult[];
  try {
    results = await runSuiteOn(workshop, mutant.files, (assertion) => {
      if (assertion.status !== 'failed') return false;
      return (
        assertion.got?.startsWith('no answer') === true || (!thorough && isAbout(assertion, mutant.about))
      );
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { mutant, outcome: 'stillborn', about: [], elsewhere: [], notReached: 0, reason };
  }
  const failed = results.filter(({ status }) => status === 'failed');
  const about = failed.filter((assertion) => isAbout(assertion, mutant.about));
  return {
    mutant,
    outcome: about.length > 0 ? 'killed' : 'survived',
    about: about.map(({ id }) => id),
    elsewhere: failed.filter((assertion) => !about.includes(assertion)).map(({ id }) => id),
    notReached: results.filter(({ status }) => status === 'not-reached').length,
  };
}

/** Whether an assertion is about what a mutant broke: one of its operations, or one of its rules. */
function isAbout({ endpoint, pointer }: AssertionResult, { endpoints, rules }: About): boolean {
  return (
    endpoints.some((operation) => operation === endpoint) ||
    rules.some((rule) => rulePointer(rule) === pointer)
  );
}

/** Tries mutants, `parallel` at a time; trials come in the order of the mutants. */
export async function tryMutants(
  workshop: Workshop,
  mutants: readonly Mutant[],
  { parallel, thorough }: { parallel: number; thorough: boolean },
  onTrial: (trial: Trial) => void = () => undefined,
): Promise<Trial[]> {
  const trials: Trial[] = [];
  let next = 0;
  const work = async () => {
    for (let index = next++; index < mutants.length; index = next++) {
      const mutant = mutants[index];
      if (mutant === undefined) return;
      const trial = await tryMutant(workshop, mutant, thorough);
      trials[index] = trial;
      onTrial(trial);
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return trials;
}
