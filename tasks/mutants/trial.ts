import type { AssertionResult } from '../../src/domain/verdict.ts';
import { HttpClient } from '../../src/engines/net/http1.ts';
import { connectLocal } from '../../src/engines/native/sockets.ts';
import { rulePointer } from '../contract/index.ts';
import { conduitSuite } from '../suite/index.ts';
import { listAssertions, runSuite } from '../suite/runner.ts';
import type { AssertionSpec, Group } from '../suite/types.ts';
import type { About, Mutant } from './types.ts';
import type { Workshop } from './workshop.ts';

/** What became of a mutant. */
export interface Trial {
  readonly mutant: Mutant;
  /** `killed`: an assertion about what was broken failed. `stillborn`: it never listened, so there was nothing to ask. */
  readonly outcome: 'killed' | 'survived' | 'stillborn';
  /** Ids of the failed assertions that are about what was broken. */
  readonly about: readonly string[];
  /** How many of these point to a rule of the contract that was broken. */
  readonly onRule: number;
  /** Ids of the failed assertions that are not. */
  readonly elsewhere: readonly string[];
  readonly notReached: number;
  /** Why it is stillborn. */
  readonly reason?: string;
}

export interface TrialOptions {
  /** How many servers run at once. */
  parallel: number;
  /**
   * Runs the whole suite against each mutant. Without it, a mutant is left as soon as it is killed, and the groups that
   * are likely to kill it come first: groups are independent, so that their order changes no outcome.
   */
  thorough: boolean;
  onTrial?: (trial: Trial) => void;
}

interface SuiteRun {
  files?: Readonly<Record<string, string>>;
  groups?: readonly Group[];
  /** Ends the run after an assertion. */
  stop?: (assertion: AssertionResult) => boolean;
}

const limits = { requestMs: 20_000, suiteMs: 600_000, recordedBodyBytes: 0 };

/**
 * Runs the suite against the reference, or against a mutant of it.
 * @returns the results in order, up to the one that ended the run
 * @throws Error when the server does not listen.
 */
export async function runSuiteOn(
  workshop: Workshop,
  { files = {}, groups = conduitSuite.groups, stop = () => false }: SuiteRun = {},
): Promise<AssertionResult[]> {
  const server = await workshop.start(files);
  const client = new HttpClient((signal) => connectLocal(server.port, signal), `localhost:${server.port}`);
  const stopped = new AbortController();
  const results: AssertionResult[] = [];
  try {
    await runSuite(
      { ...conduitSuite, groups },
      {
        ...limits,
        runKey: 'mutant',
        signal: stopped.signal,
        send: (request, signal) => client.request(request, { signal }),
        onAssertion: (assertion) => {
          results.push(assertion);
          if (stop(assertion)) stopped.abort();
        },
      },
    );
    return results;
  } catch (error) {
    if (stopped.signal.aborted) return results;
    throw error;
  } finally {
    client.close();
    await server.close();
  }
}

/** Runs the suite against a mutant, and judges what failed. A server that does not answer in time is asked no more. */
export async function tryMutant(workshop: Workshop, mutant: Mutant, thorough: boolean): Promise<Trial> {
  let results: AssertionResult[];
  try {
    results = await runSuiteOn(workshop, {
      files: mutant.files,
      groups: thorough ? conduitSuite.groups : likelyFirst(mutant.about),
      stop: (assertion) =>
        assertion.status === 'failed' &&
        (assertion.got?.startsWith('no answer') === true || (!thorough && isAbout(assertion, mutant.about))),
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { mutant, outcome: 'stillborn', about: [], onRule: 0, elsewhere: [], notReached: 0, reason };
  }
  const failed = results.filter(({ status }) => status === 'failed');
  const about = failed.filter((assertion) => isAbout(assertion, mutant.about));
  return {
    mutant,
    outcome: about.length > 0 ? 'killed' : 'survived',
    about: about.map(({ id }) => id),
    onRule: about.filter((assertion) => onRule(assertion, mutant.about)).length,
    elsewhere: failed.filter((assertion) => !about.includes(assertion)).map(({ id }) => id),
    notReached: results.filter(({ status }) => status === 'not-reached').length,
  };
}

/** Tries mutants, some at a time; trials come in the order of the mutants. */
export async function tryMutants(
  workshop: Workshop,
  mutants: readonly Mutant[],
  { parallel, thorough, onTrial }: TrialOptions,
): Promise<Trial[]> {
  const trials: Trial[] = [];
  let next = 0;
  const work = async () => {
    for (let index = next++; index < mutants.length; index = next++) {
      const mutant = mutants[index];
      if (mutant === undefined) return;
      const trial = await tryMutant(workshop, mutant, thorough);
      trials[index] = trial;
      onTrial?.(trial);
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return trials;
}

type Aim = Pick<AssertionSpec, 'endpoint'> & { pointer?: string | undefined };

/** Whether an assertion is about what a mutant broke: one of its operations, or one of its rules. */
function isAbout(assertion: Aim, about: About): boolean {
  return onRule(assertion, about) || about.endpoints.some((endpoint) => endpoint === assertion.endpoint);
}

function onRule({ pointer }: Aim, { rules }: About): boolean {
  return rules.some((rule) => rulePointer(rule) === pointer);
}

const groupAssertions = conduitSuite.groups.map((group) => ({
  group,
  specs: listAssertions({ ...conduitSuite, groups: [group] }),
}));

/** The groups by the share of their assertions that are about this; one about a rule weighs as much as four others. */
function likelyFirst(about: About): Group[] {
  const weigh = (spec: AssertionSpec) => (onRule(spec, about) ? 4 : isAbout(spec, about) ? 1 : 0);
  return groupAssertions
    .map(({ group, specs }) => ({
      group,
      share: specs.reduce((sum, spec) => sum + weigh(spec), 0) / specs.length,
    }))
    .sort((a, b) => b.share - a.share)
    .map(({ group }) => group);
}
