import type { AssertionResult } from '../../src/domain/verdict.ts';
import { Failure, NotReached, type Reply } from './reply.ts';
import type { NoAnswer } from './send.ts';
import type { Step } from './types.ts';

/** What became of an assertion. */
export type Outcome = Pick<AssertionResult, 'status' | 'message' | 'expected' | 'got'>;

/** @param name of the step, e.g. `articles.create.new` */
export function judge(
  name: string,
  step: Step,
  check: { id: string; test(reply: Reply): void },
  reply: Reply,
): Outcome {
  if (check.id !== 'status' && !sameClass(step.status, reply.status)) {
    const message = `needs the status ${step.status} of ${step.endpoint} in ${name}, which answered ${reply.status}`;
    return { status: 'not-reached', message };
  }
  return outcomeOf(() => check.test(reply)).outcome;
}

/** Runs a check. @returns what became of it and, of several answers, the one that is wrong. */
export function outcomeOf(test: () => void): { outcome: Outcome; reply?: Reply } {
  try {
    test();
    return { outcome: { status: 'passed' } };
  } catch (error) {
    if (error instanceof NotReached) return { outcome: { status: 'not-reached', message: error.message } };
    if (!(error instanceof Failure)) {
      return { outcome: { status: 'failed', message: `the answer cannot be judged: ${String(error)}` } };
    }
    const { message, expected, got, reply } = error;
    return {
      outcome: {
        status: 'failed',
        message,
        ...(expected !== undefined && { expected }),
        ...(got !== undefined && { got }),
      },
      ...(reply && { reply }),
    };
  }
}

/** The outcome of a check whose request got no answer: the first one fails, the others need it. */
export function withoutAnswer(name: string, answer: NoAnswer, first: boolean): Outcome {
  if (answer.refused) return { status: 'not-reached', message: answer.error };
  if (!first) return { status: 'not-reached', message: `needs an answer in ${name}: ${answer.error}` };
  return { status: 'failed', message: answer.error, expected: 'an answer', got: answer.error };
}

export function sameClass(a: number, b: number): boolean {
  return Math.floor(a / 100) === Math.floor(b / 100);
}
