import type { RunRecord } from '../../domain/run.ts';
import type { AssertionResult, Exchange } from '../../domain/verdict.ts';
import type { Context } from '../context.ts';
import type { Io } from '../io.ts';
import type { Runner } from '../runner.ts';

/** What a command wrote. */
export class Output implements Io {
  readonly colour = false;
  stdout = '';
  stderr = '';
  out(text: string): void {
    this.stdout += `${text}\n`;
  }
  err(text: string): void {
    this.stderr += `${text}\n`;
  }
}

export function assertion(id: string, more: Partial<AssertionResult> = {}): AssertionResult {
  return {
    id,
    group: 'Users',
    endpoint: 'POST /users',
    sentence: `sentence of ${id}`,
    pointer: '/paths',
    status: 'passed',
    ...more,
  };
}

export function exchange(name: string, status: number | undefined): Exchange {
  return {
    name,
    request: { method: 'GET', target: '/api', headers: [] },
    ...(status === undefined
      ? { error: 'ECONNRESET' }
      : {
          response: { status, statusText: '', headers: [], body: `token ${Math.random()}`, truncated: false },
        }),
    ms: 3,
  };
}

/** A scored record of these assertions; `more` replaces parts of it. */
export function record(assertions: AssertionResult[], more: Partial<RunRecord> = {}): RunRecord {
  const passed = assertions.filter(({ status }) => status === 'passed').length;
  const raw = passed / assertions.length;
  const pass = passed === assertions.length;
  return {
    version: 1,
    id: 'abc',
    createdAt: '2026-01-01T00:00:00.000Z',
    task: { id: 'express-sqlite', version: '0.1.0' },
    source: { kind: 'folder', label: 'x' },
    files: {},
    engine: { id: 'node', versions: { node: '20.20.2' } },
    packages: {},
    substitutions: [],
    stages: [{ name: 'install', status: 'passed', startedAt: 0, ms: 1_234 }],
    log: [],
    logTruncated: false,
    suite: { suite: { id: 'conduit', version: '0.1.0' }, assertions, exchanges: [exchange('register', 201)] },
    verify: [],
    profile: 'paper',
    verdict: {
      kind: 'scored',
      score: {
        passed,
        failed: assertions.length - passed,
        notReached: 0,
        total: assertions.length,
        raw,
        strict: raw,
        pass,
      },
    },
    ms: 2_000,
    ...more,
  };
}

export const unscoredVerdict: RunRecord['verdict'] = {
  kind: 'unscored',
  reason: 'needs-registry',
  detail: 'left-pad is not stored',
};

/** A runner that gives records in turn; its `closed` counts closes. */
export class FakeRunner implements Runner {
  closed = 0;
  /** What was asked of it, in order. */
  readonly requests: Parameters<Runner['run']>[0][] = [];
  readonly #records: RunRecord[];
  readonly serve: Runner['serve'];

  constructor(records: RunRecord[], serve?: Runner['serve']) {
    this.#records = records;
    this.serve = serve ?? (() => Promise.resolve({ blame: 'engine', message: 'no server here' }));
  }

  readonly run: Runner['run'] = (request, options) => {
    this.requests.push(request);
    const next = this.#records.shift();
    if (next === undefined) return Promise.reject(new Error('the fake has no more records'));
    for (const stage of next.stages) options.onEvent?.({ type: 'stage-end', record: stage });
    options.onEvent?.({
      type: 'log',
      line: { at: 0, stage: 'start', stream: 'stdout', text: 'red \u001b[31m' },
    });
    return Promise.resolve(next);
  };

  close(): Promise<void> {
    this.closed++;
    return Promise.resolve();
  }
}

export function contextWith(
  runner: Runner,
  signal: AbortSignal = new AbortController().signal,
): Context & { io: Output } {
  return { io: new Output(), openRunner: () => Promise.resolve(runner), signal, version: '0.1.0' };
}
