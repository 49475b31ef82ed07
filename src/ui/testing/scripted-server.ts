import type { LogLine } from '../../domain/run.ts';
import type { Exchange, SuiteResult } from '../../domain/verdict.ts';
import type { FileMap, RawRequest, RawResponse } from '../../engines/engine.ts';
import {
  LiveFault,
  type LiveEvents,
  type LiveServer,
  type SuiteAlone,
  type SuiteOptions,
  type SuiteState,
} from '../../evaluate/live-types.ts';
import type { PageRunRequest } from '../services.ts';

export interface ScriptedServerParts {
  request: PageRunRequest;
  /** What the suite gives. */
  suite: () => SuiteResult;
  /** Every answer repeats this in a header line. */
  remark: string;
}

/** A kept server whose answers follow a script: registration, login, a user with a token, and an echo of the rest. */
export function scriptedServer({ request, suite, remark }: ScriptedServerParts): LiveServer {
  const listeners: { [K in keyof LiveEvents]: Set<(value: LiveEvents[K]) => void> } = {
    log: new Set(),
    running: new Set(),
  };
  const since = performance.now();
  let end: (why: string) => void = () => undefined;
  const ended = new Promise<string>((resolve) => (end = resolve));
  let files: FileMap = request.files;
  let disposed = false;
  let logins = 0;
  const log = (text: string): void => {
    const line: LogLine = { at: performance.now() - since, stage: 'suite', stream: 'stdout', text };
    for (const listener of listeners.log) listener(line);
  };
  const answer = (status: number, value: unknown): RawResponse => ({
    status,
    statusText: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['X-Remark', remark],
    ],
    body: new TextEncoder().encode(JSON.stringify(value)),
  });
  const respond = async (asked: RawRequest, signal?: AbortSignal): Promise<RawResponse> => {
    if (disposed) throw new LiveFault('the server was stopped');
    log(`${asked.method} ${asked.target}`);
    if (asked.target.endsWith('/slow')) await never(signal);
    if (asked.target.endsWith('/users/login')) {
      const user = { username: 'ann', email: 'ann@example.com', token: `fresh-${(logins += 1)}` };
      return answer(200, { user });
    }
    const token = asked.headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1];
    if (asked.target.endsWith('/user') && token?.startsWith('Token fresh-') !== true)
      return answer(401, { errors: { token: ['is refused'] } });
    const body = asked.body === undefined ? null : new TextDecoder().decode(asked.body);
    return answer(200, { method: asked.method, target: asked.target, token: token ?? null, body });
  };
  const runSuite = async (state: SuiteState, options: SuiteOptions = {}): Promise<SuiteAlone> => {
    if (state === 'restarted') files = options.files ?? files;
    options.onEvent?.({ type: 'stage-start', stage: 'suite', at: 0 });
    const result = suite();
    result.exchanges.forEach((exchange: Exchange, index) =>
      options.onEvent?.({ type: 'exchange', index, exchange }),
    );
    for (const one of result.assertions) options.onEvent?.({ type: 'assertion', result: one });
    await Promise.resolve();
    options.signal?.throwIfAborted();
    return { state, suite: result, files, ms: 12 };
  };
  return {
    task: request.task,
    get files() {
      return files;
    },
    get running() {
      return !disposed;
    },
    ended,
    request: respond,
    on(event, listener) {
      listeners[event].add(listener);
      return () => listeners[event].delete(listener);
    },
    runSuite,
    apply: (next) => Promise.resolve(void (files = next)),
    dispose: () => {
      disposed = true;
      end('the server was stopped');
      return Promise.resolve();
    },
  };
}

function never(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
