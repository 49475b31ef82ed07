import type { RawRequest, Sandbox } from '../engines/engine.ts';
import { cancellable, sleep } from './cancel.ts';
import { EngineFault, isSubmissionFault } from './faults.ts';
import type { RunLimits } from './limits.ts';

/** A started run.sh, as the health check sees it. */
export interface WatchedServer {
  readonly sandbox: Sandbox;
  /** Where the task wants it to listen. */
  readonly port: number;
  /** Ports somebody in the sandbox listens on, where the engine reports them. */
  readonly listening: { has(port: number): boolean; keys(): Iterable<number> };
  /** Resolves with run.sh's exit code. */
  readonly exit: Promise<number>;
}

export interface Unhealthy {
  message: string;
  exitCode?: number;
}

const healthCheck: RawRequest = {
  method: 'GET',
  target: '/api/health-check',
  headers: [['Accept', '*/*']],
};

/** `late`: no answer within its time. */
type Probe = { status: number } | { refused: boolean; message: string; late?: true };

/**
 * Asks `GET /api/health-check` until it answers 200. Gives up when `startMs` is over, when run.sh exits with a
 * failure, or some time after it exits with 0 (it may have left its server running).
 * @param onAnswer called once, when the port answers for the first time
 * @returns why it is not healthy; undefined when it is
 * @throws EngineFault, AbortError
 */
export async function waitForHealth(
  server: WatchedServer,
  limits: RunLimits,
  signal: AbortSignal,
  onAnswer: () => void,
): Promise<Unhealthy | undefined> {
  const began = performance.now();
  let exited: { code: number; at: number } | undefined;
  void server.exit.then((code) => (exited = { code, at: performance.now() }));
  const current = () => exited;
  let last: Probe = { refused: true, message: 'nothing listened' };
  let probes = 0;
  let answered = false;
  for (;;) {
    const left = limits.startMs - (performance.now() - began);
    const exit = current();
    if (exit !== undefined && (exit.code !== 0 || performance.now() - exit.at > limits.backgroundGraceMs)) {
      return { message: describeExit(server, exit.code, last), exitCode: exit.code };
    }
    if (left <= 0) return { message: describeTimeout(server, limits.startMs, last) };
    const probed = await probe(server, Math.min(limits.requestMs, left), signal);
    if (probed === undefined) continue;
    // A probe that only the end of the waiting cut short says less than the one before it.
    const cutShort = 'late' in probed && left < limits.requestMs && !server.listening.has(server.port);
    if (cutShort && probes > 0) continue;
    probes += 1;
    last = probed;
    if ('status' in last && last.status === 200) return undefined;
    if (!answered && !('refused' in last && last.refused)) {
      answered = true;
      onAnswer();
    }
    await sleep(limits.healthPollMs, signal);
  }
}

/** One request. @returns undefined when run.sh fails meanwhile */
async function probe(server: WatchedServer, ms: number, signal: AbortSignal): Promise<Probe | undefined> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), ms);
  const late = new Promise<Probe>((resolve) => {
    stop.signal.addEventListener('abort', () =>
      resolve({ refused: false, late: true, message: 'no answer came in time' }),
    );
  });
  const failed = server.exit.then((code) => (code === 0 ? late : undefined));
  const asked = server.sandbox.request(server.port, healthCheck, AbortSignal.any([signal, stop.signal])).then(
    (response): Probe => ({ status: response.status }),
    (error: unknown) => toProbe(error, stop.signal),
  );
  try {
    return await cancellable(Promise.race([asked, late, failed]), signal);
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

/** @throws EngineFault for an error that is not the submission's */
function toProbe(error: unknown, stopped: AbortSignal): Probe {
  if (isSubmissionFault(error, 'request')) {
    return { refused: error.code === 'ECONNREFUSED', message: error.message };
  }
  if (stopped.aborted) return { refused: false, late: true, message: 'no answer came in time' };
  throw new EngineFault(`the health check failed inside the engine: ${describeError(error)}`, {
    cause: error,
  });
}

function describeExit(server: WatchedServer, code: number, last: Probe): string {
  return `run.sh exited with code ${code} before the server was healthy: ${describeProbe(server, last)}`;
}

function describeTimeout(server: WatchedServer, ms: number, last: Probe): string {
  return `${describeProbe(server, last)} (waited ${ms / 1000} s)`;
}

function describeProbe(server: WatchedServer, probe: Probe): string {
  if ('status' in probe)
    return `${healthCheck.method} ${healthCheck.target} answered ${probe.status} instead of 200`;
  if (!probe.refused) return `${healthCheck.method} ${healthCheck.target} got no answer: ${probe.message}`;
  const others = [...server.listening.keys()].filter((port) => port !== server.port);
  const elsewhere = others.length === 0 ? '' : `; the server listens on port ${others.join(' and ')}`;
  return `nothing listens on port ${server.port}${elsewhere}`;
}

function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
