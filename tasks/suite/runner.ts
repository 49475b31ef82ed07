import type { AssertionResult, Exchange, SuiteResult } from '../../src/domain/verdict.ts';
import type { RawRequest, RawResponse } from '../../src/engines/engine.ts';
import { basePath } from '../contract/index.ts';
import { showJson } from '../json.ts';
import { recordExchange } from './exchange.ts';
import { Failure, NotReached, Reply } from './reply.ts';
import type { AssertionSpec, Check, Group, GroupContext, Step, SuiteOptions } from './types.ts';

/** A suite: what it is called and what it consists of. */
export interface Suite {
  readonly id: string;
  readonly version: string;
  readonly groups: readonly Group[];
}

type Outcome = Pick<AssertionResult, 'status' | 'message' | 'expected' | 'got'>;

/** Every assertion of a suite, in order; the same whatever server is tested. */
export function listAssertions(suite: Suite): AssertionSpec[] {
  return suite.groups.flatMap((group) =>
    group
      .steps(createContext(group, 'x'))
      .flatMap((step) => step.checks.map((check) => describe(group, step, check))),
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
 * Runs a suite against a server, request after request. Has a result for every assertion of the suite, whatever
 * the server does.
 * @throws the signal's reason when cancelled; whatever `send` throws that is not a failed connection.
 */
export async function runSuite(suite: Suite, options: SuiteOptions): Promise<SuiteResult> {
  const run = new SuiteRun(options);
  for (const group of suite.groups) {
    for (const step of group.steps(createContext(group, options.runKey))) await run.step(group, step);
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

  async step(group: Group, step: Step): Promise<void> {
    const put = (check: Check, outcome: Outcome, exchange?: number) => {
      const result = {
        ...describe(group, step, check),
        ...outcome,
        ...(exchange !== undefined && { exchange }),
      };
      this.assertions.push(result);
      this.#options.onAssertion?.(result);
    };
    this.#options.signal?.throwIfAborted();
    const request = this.#request(step);
    if (request instanceof NotReached) {
      for (const check of step.checks) put(check, { status: 'not-reached', message: request.message });
      return;
    }
    if (step.pauseMs !== undefined) await pause(step.pauseMs);
    const answer = await this.#exchange(`${group.id}.${step.id}`, request);
    const index = this.exchanges.length - 1;
    if ('error' in answer) {
      step.checks.forEach((check, i) => put(check, withoutAnswer(answer, i === 0), index));
      return;
    }
    const reply = new Reply(answer.response);
    for (const check of step.checks) put(check, judge(step, check, reply), index);
    keep(step, reply);
  }

  #request(step: Step): RawRequest | NotReached {
    if (this.#deadline.aborted) {
      return new NotReached(`the suite’s time of ${this.#options.suiteMs / 1000} s was over`);
    }
    try {
      return buildRequest(step);
    } catch (error) {
      if (error instanceof NotReached) return error;
      return new NotReached(`the request cannot be made from earlier answers: ${String(error)}`);
    }
  }

  async #exchange(name: string, request: RawRequest): Promise<{ response: RawResponse } | NoAnswer> {
    const { send, signal, requestMs, recordedBodyBytes, onExchange } = this.#options;
    const timeout = AbortSignal.timeout(requestMs);
    const signals = [timeout, this.#deadline, ...(signal ? [signal] : [])];
    const began = performance.now();
    let answer: { response: RawResponse } | NoAnswer;
    try {
      answer = { response: await abortable(AbortSignal.any(signals), (combined) => send(request, combined)) };
    } catch (error) {
      signal?.throwIfAborted();
      if (timeout.aborted || this.#deadline.aborted) {
        const waited = Math.round(performance.now() - began);
        answer = { error: `no answer within ${waited} ms`, refused: false };
      } else answer = connectionFailure(error);
    }
    const exchange = recordExchange(name, request, answer, performance.now() - began, recordedBodyBytes);
    this.exchanges.push(exchange);
    onExchange?.(this.exchanges.length - 1, exchange);
    return answer;
  }
}

interface NoAnswer {
  error: string;
  /** Nobody listened: the request never reached the server. */
  refused: boolean;
}

function describe(group: Group, step: Step, check: Check): AssertionSpec {
  return {
    id: `${group.id}.${step.id}.${check.id}`,
    group: group.title,
    endpoint: step.endpoint,
    sentence: check.sentence,
    pointer: check.pointer,
  };
}

function createContext(group: Group, runKey: string): GroupContext {
  const key = `${runKey}${group.id}`.replaceAll(/[^a-z0-9]/g, '');
  return {
    person: (name) => ({
      username: `user${key}${name}`,
      email: `user${key}${name}@mail.com`,
      password: `password${name}`,
    }),
    unique: (name) => `${name}${key}`,
  };
}

function buildRequest(step: Step): RawRequest {
  const { path, token, body } = step.ask();
  const headers: RawRequest['headers'] = [['Accept', 'application/json']];
  if (token !== undefined) {
    if (!/^[\x21-\x7e]+$/.test(token)) throw new NotReached(`needs a token, and ${showJson(token)} is none`);
    headers.push(['Authorization', `Token ${token}`]);
  }
  const request = { method: step.endpoint.split(' ')[0] ?? 'GET', target: basePath + path, headers };
  if (body === undefined) return request;
  headers.push(['Content-Type', 'application/json']);
  return { ...request, body: new TextEncoder().encode(JSON.stringify(body)) };
}

function withoutAnswer(answer: NoAnswer, first: boolean): Outcome {
  if (answer.refused || !first) return { status: 'not-reached', message: answer.error };
  return { status: 'failed', message: answer.error, expected: 'an answer', got: answer.error };
}

function judge(step: Step, check: Check, reply: Reply): Outcome {
  if (check.id !== 'status' && !sameClass(step.status, reply.status)) {
    return { status: 'not-reached', message: `the status was ${reply.status}, not ${step.status}` };
  }
  try {
    check.test(reply);
    return { status: 'passed' };
  } catch (error) {
    if (error instanceof NotReached) return { status: 'not-reached', message: error.message };
    if (!(error instanceof Failure))
      return { status: 'failed', message: `the answer cannot be judged: ${String(error)}` };
    return {
      status: 'failed',
      message: error.message,
      ...(error.expected !== undefined && { expected: error.expected }),
      ...(error.got !== undefined && { got: error.got }),
    };
  }
}

function keep(step: Step, reply: Reply): void {
  if (!sameClass(step.status, reply.status)) return;
  try {
    step.keep?.(reply);
  } catch {
    // What is not there to keep is missed, and named, by the step that needs it.
  }
}

function sameClass(a: number, b: number): boolean {
  return Math.floor(a / 100) === Math.floor(b / 100);
}

/** @throws the error itself when it has no code: it does not say that no answer came. */
function connectionFailure(error: unknown): NoAnswer {
  if (!(error instanceof Error) || !('code' in error)) throw error;
  if (error.code === 'ECONNREFUSED')
    return { error: 'the server no longer accepts connections', refused: true };
  return { error: `no answer: ${error.message}`, refused: false };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Settles as soon as the signal is aborted, even when the work does not listen to it. */
async function abortable<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work(signal), aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
