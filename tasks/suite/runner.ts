import type { AssertionResult, Exchange, SuiteResult } from '../../src/domain/verdict.ts';
import type { RawRequest } from '../../src/engines/engine.ts';
import { recordExchange } from './exchange.ts';
import { judge, outcomeOf, sameClass, withoutAnswer, type Outcome } from './judge.ts';
import { Failure, NotReached, Reply } from './reply.ts';
import { buildRequest, createContext } from './request.ts';
import { sendRequest, type Answer } from './send.ts';
import type { AnyStep, AssertionSpec, Burst, Group, Step, SuiteOptions } from './types.ts';

/** A suite: what it is called and what it consists of. */
export interface Suite {
  readonly id: string;
  readonly version: string;
  readonly groups: readonly Group[];
}

/** The steps of a group; the same whatever server is tested. Values that differ from run to run hold `x`. */
export function listSteps(group: Group): readonly AnyStep[] {
  return group.steps(createContext(group, 'x'));
}

/** Every assertion of a suite, in order; the same whatever server is tested. */
export function listAssertions(suite: Suite): AssertionSpec[] {
  return suite.groups.flatMap((group) =>
    listSteps(group).flatMap((step) => step.checks.map((check) => describe(group, step, check))),
  );
}

/** The result of a suite that could not begin: every assertion not reached, for this reason. */
export function unreachedSuite(suite: Suite, reason: string): SuiteResult {
  return {
    suite: { id: suite.id, version: suite.version },
    assertions: listAssertions(suite).map((spec) => ({ ...spec, status: 'not-reached', message: reason })),
    exchanges: [],
  };
}

/**
 * Runs a suite against a server: step after step, the requests of a burst at the same time. Has a result for every
 * assertion of the suite, whatever the server does.
 * @throws the signal's reason when cancelled; whatever `send` throws that is not a failed connection.
 */
export async function runSuite(suite: Suite, options: SuiteOptions): Promise<SuiteResult> {
  const run = new SuiteRun(options);
  for (const group of suite.groups) {
    for (const step of group.steps(createContext(group, options.runKey))) await run.turn(group, step);
  }
  return {
    suite: { id: suite.id, version: suite.version },
    assertions: run.assertions,
    exchanges: run.exchanges,
  };
}

class SuiteRun {
  readonly assertions: AssertionResult[] = [];
  readonly exchanges: Exchange[] = [];
  readonly #options: SuiteOptions;
  readonly #deadline: AbortSignal;

  constructor(options: SuiteOptions) {
    this.#options = options;
    this.#deadline = AbortSignal.timeout(options.suiteMs);
  }

  async turn(group: Group, step: AnyStep): Promise<void> {
    this.#options.signal?.throwIfAborted();
    const requests = this.#requests(step);
    if (requests instanceof NotReached) {
      const { message } = requests;
      for (const check of step.checks) this.#put(group, step, check, { status: 'not-reached', message });
      if (!('count' in step)) {
        const why = message.startsWith('needs ') ? message : `was not asked: ${message}`;
        miss(step, `${placeOf(group, step)}, which ${why}`);
      }
      return;
    }
    if (step.pauseMs !== undefined) await pause(step.pauseMs);
    const answers = await this.#exchange(`${group.id}.${step.id}`, requests);
    if ('count' in step) this.#judgeBurst(group, step, answers);
    else if (answers[0]) this.#judgeStep(group, step, answers[0]);
  }

  #judgeStep(group: Group, step: Step, { answer, index }: Recorded): void {
    const name = `${group.id}.${step.id}`;
    if ('error' in answer) {
      step.checks.forEach((check, i) => {
        this.#put(group, step, check, withoutAnswer(name, answer, i === 0), index);
      });
      miss(step, `${placeOf(group, step)}: ${answer.error}`);
      return;
    }
    const reply = new Reply(answer.response);
    for (const check of step.checks) this.#put(group, step, check, judge(name, step, check, reply), index);
    keep(group, step, reply);
  }

  /** One request without an answer is enough to leave nothing to say about all of them. */
  #judgeBurst(group: Group, step: Burst, answers: readonly Recorded[]): void {
    const replies = new Map<Reply, number>();
    for (const { answer, index } of answers) {
      if ('error' in answer) {
        step.checks.forEach((check, i) => {
          const outcome = withoutAnswer(`${group.id}.${step.id}`, answer, i === 0);
          this.#put(group, step, check, outcome, index);
        });
        return;
      }
      replies.set(new Reply(answer.response), index);
    }
    for (const check of step.checks) {
      const { outcome, reply } = outcomeOf(() => check.test([...replies.keys()]));
      this.#put(group, step, check, outcome, reply ? replies.get(reply) : answers[0]?.index);
    }
  }

  #put(group: Group, step: AnyStep, check: AnyCheck, outcome: Outcome, exchange?: number): void {
    const result = {
      ...describe(group, step, check),
      ...outcome,
      ...(exchange !== undefined && { exchange }),
    };
    this.assertions.push(result);
    this.#options.onAssertion?.(result);
  }

  #requests(step: AnyStep): RawRequest[] | NotReached {
    if (this.#deadline.aborted) {
      return new NotReached(`the suite’s time of ${this.#options.suiteMs / 1000} s was over`);
    }
    try {
      if (!('count' in step)) return [buildRequest(step.endpoint, step.ask())];
      return Array.from({ length: step.count }, (_, n) => buildRequest(step.endpoint, step.ask(n)));
    } catch (error) {
      if (error instanceof NotReached) return error;
      return new NotReached(`the request cannot be made from earlier answers: ${String(error)}`);
    }
  }

  /** Sends the requests at the same time. They are recorded in their order, not in that of their answers. */
  async #exchange(name: string, requests: readonly RawRequest[]): Promise<Recorded[]> {
    const { send, signal, requestMs, recordedBodyBytes, onExchange, now } = this.#options;
    const limits = { requestMs, deadline: this.#deadline, signal };
    const at = now?.();
    const sent = await Promise.all(requests.map((request) => sendRequest(send, request, limits)));
    return sent.map(({ answer, ms }, n) => {
      const request = requests[n];
      if (request === undefined) throw new RangeError(`an answer to no request: ${n}`);
      const alone = requests.length === 1;
      const called = alone ? name : `${name} ${n + 1}`;
      const recorded = recordExchange(called, request, answer, { at, ms }, recordedBodyBytes);
      const exchange = alone ? recorded : { ...recorded, burst: name };
      const index = this.exchanges.push(exchange) - 1;
      onExchange?.(index, exchange);
      return { answer, index };
    });
  }
}

type AnyCheck = AnyStep['checks'][number];

interface Recorded {
  answer: Answer;
  /** Index of its exchange. */
  index: number;
}

function describe(group: Group, step: AnyStep, check: AnyCheck): AssertionSpec {
  return {
    id: `${group.id}.${step.id}.${check.id}`,
    group: group.title,
    endpoint: step.endpoint,
    sentence: check.sentence,
    pointer: check.pointer,
  };
}

/** Continues “needs the slug”. */
function placeOf(group: Group, step: Step): string {
  return ` of ${step.endpoint} in ${group.id}.${step.id}`;
}

function keep(group: Group, step: Step, reply: Reply): void {
  const place = placeOf(group, step);
  if (!sameClass(step.status, reply.status)) {
    miss(step, `${place}, which answered ${reply.status}`);
    return;
  }
  for (const one of step.keeps) {
    try {
      one.take(reply);
    } catch (error) {
      const why = error instanceof Failure ? error.message : String(error);
      one.miss(`${place}, which answered ${reply.status}, but ${why}`);
    }
  }
}

function miss(step: Step, why: string): void {
  for (const one of step.keeps) one.miss(why);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
