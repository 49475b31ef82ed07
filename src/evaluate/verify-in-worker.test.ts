import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findTask } from '../../tasks/index.ts';
import { createVerifyInWorker, type VerifyQuestion } from './verify-in-worker.ts';

/** A worker that answers as the test says. */
class FakeWorker {
  static last: FakeWorker | undefined;
  onmessage: ((event: { data: unknown }) => void) | undefined;
  onerror: ((event: { message: string }) => void) | undefined;
  terminated = false;
  asked: VerifyQuestion | undefined;

  constructor() {
    FakeWorker.last = this;
  }
  postMessage(question: VerifyQuestion): void {
    this.asked = question;
  }
  terminate(): void {
    this.terminated = true;
  }
}

const task = findTask('express-sqlite');
const files = { 'server.js': 'x' };
const result = { profile: 'paper', version: '1.0.0', rules: [], compliant: true };

beforeEach(() => {
  vi.stubGlobal('Worker', FakeWorker);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** Asks, lets the worker act, and gives the answer or the message of what was thrown. */
async function ask(act: (worker: FakeWorker, abort: AbortController) => void, timeMs = 60_000) {
  if (task === undefined) throw new Error('no such task');
  const abort = new AbortController();
  const answer = createVerifyInWorker(timeMs)(task, files, abort.signal).catch((error: unknown) =>
    error instanceof Error ? error.message : String(error),
  );
  const worker = FakeWorker.last;
  if (worker === undefined) throw new Error('no worker was made');
  act(worker, abort);
  return { answer: await answer, worker };
}

describe('verifying in a worker', () => {
  it('sends the files, gives the results and ends the worker', async () => {
    const { answer, worker } = await ask((to) =>
      to.onmessage?.({ data: { results: [result], disagreements: [] } }),
    );
    expect(worker.asked).toEqual({ taskId: 'express-sqlite', files });
    expect(answer).toEqual({ results: [result], disagreements: [] });
    expect(worker.terminated).toBe(true);
  });

  it.each<[string, (worker: FakeWorker, abort: AbortController) => void, RegExp]>([
    ['it says', (to) => to.onmessage?.({ data: { error: 'too deep' } }), /^the verifiers failed: too deep$/],
    [
      'of another form',
      (to) => to.onmessage?.({ data: { results: [{ rule: 1 }], disagreements: [] } }),
      /another form/,
    ],
    ['of its code', (to) => to.onerror?.({ message: '' }), /their code could not be loaded/],
    ['by being cancelled', (_, abort) => abort.abort(new Error('cancelled')), /^cancelled$/],
  ])('ends the worker after a failure %s', async (_, act, message) => {
    const { answer, worker } = await ask(act);
    expect(answer).toMatch(message);
    expect(worker.terminated).toBe(true);
  });

  it('ends a worker that takes too long', async () => {
    const { answer, worker } = await ask(() => undefined, 20);
    expect(answer).toBe('the verifiers did not come to an end within 0.02 s: the files are too intricate');
    expect(worker.terminated).toBe(true);
  });
});
