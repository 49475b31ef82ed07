import type { RealmServices } from '../realm-services.ts';

/** The other mode, 0, is the asynchronous one. */
export const kCryptoJobSync = 1;

/**
 * A piece of work as Node's library starts it: constructed with its arguments, then `run()`, which either returns
 * `[error, result]` or calls `ondone(error, result)` in a later turn.
 */
export class CryptoJob {
  ondone: ((error: unknown, result?: unknown) => void) | undefined;
  readonly #services: RealmServices;
  readonly #mode: number;
  readonly #work: () => unknown;

  constructor(services: RealmServices, mode: number, work: () => unknown) {
    this.#services = services;
    this.#mode = mode;
    this.#work = work;
  }

  run(): [error: unknown, result: unknown] | undefined {
    if (this.#mode === kCryptoJobSync) return this.#outcome();
    this.#services.complete(() => {
      const [error, result] = this.#outcome();
      this.ondone?.(undecorated(error), result);
    });
    return undefined;
  }

  #outcome(): [error: unknown, result: unknown] {
    try {
      return [undefined, this.#work()];
    } catch (error) {
      return [error, undefined];
    }
  }
}

/** Errors of OpenSSL come from another thread without code and fields. */
function undecorated(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code.startsWith('ERR_OSSL_')
    ? new Error((error as Error).message)
    : error;
}
