import type { RawRequest, RawResponse } from '../../src/engines/engine.ts';
import { endpointPointer, lookUp, type Endpoint } from '../contract/index.ts';
import { listAssertions, listSteps, runSuite, type Suite } from '../suite/runner.ts';
import type { AnyStep, Group } from '../suite/types.ts';
import { findOperation, inventAnswer, judgeRequest } from './generate.ts';
import { supportOf, type Support } from './pointers.ts';
import { Random } from './random.ts';
import type { Finding } from './report.ts';
import { runOptions } from './run-options.ts';

/**
 * Asks every step of a suite from a server that is generated from the contract’s schemas alone: each request must be one
 * that the contract knows, is answered with the status that the step wants, and gets a body invented by the schema.
 * Whatever an assertion that rests on a schema, a response or a media type then finds wrong, the contract does not ask for.
 */
export async function checkShapes(suite: Suite, seeds: readonly number[]): Promise<Finding[]> {
  const support = findSupport(suite);
  const findings: Finding[] = [];
  const judged = new Set<string>();
  for (const seed of seeds) {
    const { wrapped, send, findings: requests } = generated(suite, seed);
    const result = await runSuite(wrapped, { ...runOptions(seed), send });
    findings.push(...requests);
    for (const { id, status, message, expected, got } of result.assertions) {
      if (support.get(id)?.by !== 'shape' || status === 'not-reached') continue;
      judged.add(id);
      if (status === 'passed') continue;
      const values = expected === undefined ? '' : ` (expected ${expected}, got ${got ?? 'nothing'})`;
      findings.push({
        assertion: id,
        check: 'shapes',
        seed,
        reason: `rests on a schema, but fails on an answer that fits it: ${message ?? ''}${values}`,
      });
    }
  }
  for (const [id, found] of support) {
    if (found.by === 'nothing') findings.push({ assertion: id, check: 'pointers', reason: found.reason });
    if (found.by === 'shape' && !judged.has(id)) {
      findings.push({ assertion: id, check: 'shapes', reason: 'could not be judged with any seed' });
    }
  }
  return findings;
}

/** Of each assertion, what the place carries that it points to. */
function findSupport(suite: Suite): Map<string, Support> {
  const pointers = new Map(listAssertions(suite).map(({ id, pointer }) => [id, pointer]));
  const support = new Map<string, Support>();
  for (const group of suite.groups) {
    const before: Endpoint[] = [];
    for (const step of listSteps(group)) {
      for (const check of step.checks) {
        const id = `${group.id}.${step.id}.${check.id}`;
        support.set(id, supportOf(pointers.get(id) ?? '', [step.endpoint, ...before]));
      }
      if (!before.includes(step.endpoint)) before.push(step.endpoint);
    }
  }
  return support;
}

/** The suite with a server that knows at each request which step it belongs to. */
function generated(suite: Suite, seed: number) {
  const random = new Random(seed);
  const findings: Finding[] = [];
  let turn: { group: Group; step: AnyStep } | undefined;
  const watch = (group: Group, step: AnyStep): AnyStep => {
    const begin = () => {
      turn = { group, step };
    };
    if ('count' in step) {
      return {
        ...step,
        ask: (n) => {
          begin();
          return step.ask(n);
        },
      };
    }
    return {
      ...step,
      ask: () => {
        begin();
        return step.ask();
      },
    };
  };
  const wrapped: Suite = {
    ...suite,
    groups: suite.groups.map((group) => ({
      ...group,
      // Nothing happens here that would need time: the pauses are left out.
      steps: (context) => group.steps(context).map(({ pauseMs: _pauseMs, ...step }) => watch(group, step)),
    })),
  };
  const send = async (request: RawRequest): Promise<RawResponse> => {
    if (turn === undefined) throw new Error('a request outside of any step');
    const { group, step } = turn;
    const reason = findRequestFault(step, request);
    if (reason !== undefined) {
      findings.push({ assertion: `${group.id}.${step.id}`, check: 'requests', seed, reason });
    }
    const known = lookUp(endpointPointer(step.endpoint, step.status)) !== undefined;
    if (known) return inventAnswer(step.endpoint, step.status, random);
    return { status: step.status, statusText: '', headers: [], body: new Uint8Array() };
  };
  return { wrapped, send, findings };
}

/** Why the contract does not support that this request is sent and answered in this way; undefined when it does. */
function findRequestFault(step: AnyStep, request: RawRequest): string | undefined {
  const { endpoint, status } = step;
  if (findOperation(request.method, request.target) !== endpoint) {
    return `${request.method} ${request.target} is no request of ${endpoint}`;
  }
  if (lookUp(endpointPointer(endpoint, status)) === undefined) {
    return `${endpoint} has no answer of ${status} in the contract`;
  }
  const judgement = judgeRequest(request);
  if (judgement.verdict === 'unauthorized' && status !== 401) {
    return `wants ${status} without the token that ${endpoint} requires`;
  }
  // Of a burst only one request has to be answered with its status.
  if (judgement.verdict === 'invalid' && status < 300 && !('count' in step)) {
    return `wants ${status} for a body that does not fit its schema at ${judgement.departure}`;
  }
  return undefined;
}
