/** The error with which a cancelled run rejects. */
export function abortError(): DOMException {
  return new DOMException('the run was cancelled', 'AbortError');
}

/** @throws AbortError when the signal is aborted. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw abortError();
}

/**
 * Waits for work, but no longer than until the signal is aborted; the work itself may go on.
 * @throws AbortError when cancelled
 */
export async function cancellable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  throwIfCancelled(signal);
  let stop = () => {};
  const cancelled = new Promise<never>((_, reject) => {
    stop = () => reject(abortError());
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, cancelled]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Waits some milliseconds. @throws AbortError when cancelled meanwhile */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await cancellable(new Promise<void>((resolve) => (timer = setTimeout(resolve, ms))), signal);
  } finally {
    clearTimeout(timer);
  }
}

/** The work's value, or `undefined` when it takes longer than `ms`. @throws AbortError when cancelled meanwhile */
export async function within<T>(work: Promise<T>, ms: number, signal: AbortSignal): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(resolve, ms, undefined)));
  try {
    return await cancellable(Promise.race([work, late]), signal);
  } finally {
    clearTimeout(timer);
  }
}
