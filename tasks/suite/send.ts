import type { RawRequest, RawResponse } from '../../src/engines/engine.ts';
import type { Send } from './types.ts';

/** No answer came. */
export interface NoAnswer {
  error: string;
  /** Nobody listened: the request never reached the server. */
  refused: boolean;
}

export type Answer = { response: RawResponse } | NoAnswer;

export interface SendLimits {
  /** Milliseconds for this request. */
  requestMs: number;
  /** Aborted when the time of the suite is over. */
  deadline: AbortSignal;
  /** Aborted when the run is cancelled. */
  signal: AbortSignal | undefined;
}

/**
 * Sends a request and waits for its answer, as long as the limits allow.
 * @returns the answer, or why there is none, and the milliseconds it took.
 * @throws the signal's reason when cancelled; whatever `send` throws that does not say that no answer came.
 */
export async function sendRequest(
  send: Send,
  request: RawRequest,
  { requestMs, deadline, signal }: SendLimits,
): Promise<{ answer: Answer; ms: number }> {
  const timeout = AbortSignal.timeout(requestMs);
  const either = AbortSignal.any([timeout, deadline, ...(signal ? [signal] : [])]);
  const began = performance.now();
  const since = () => performance.now() - began;
  try {
    const response = await abortable(either, (combined) => send(request, combined));
    return { answer: { response }, ms: since() };
  } catch (error) {
    signal?.throwIfAborted();
    const ms = since();
    if (!timeout.aborted && !deadline.aborted) return { answer: connectionFailure(error), ms };
    return { answer: { error: `no answer within ${Math.round(ms)} ms`, refused: false }, ms };
  }
}

/** @throws the error itself when it has no code: it does not say that no answer came. */
function connectionFailure(error: unknown): NoAnswer {
  if (!(error instanceof Error) || !('code' in error)) throw error;
  if (error.code === 'ECONNREFUSED')
    return { error: 'the server no longer accepts connections', refused: true };
  return { error: `no answer: ${error.message}`, refused: false };
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
