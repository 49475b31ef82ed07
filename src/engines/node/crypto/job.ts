import type { RealmServices } from '../realm-services.ts';
import { workLater, workNow, type HeavyWork } from '../../hashing/heavy-work.ts';

/** The other mode, 0, is the asynchronous one. */
export const kCryptoJobSync = 1;

type Outcome = [error: unknown, result: unknown];

function outcomeOf(work: () => unknown): Outcome {
  try {
    return [undefined, work()];
  } catch (error) {
    return [error, undefined];
  }
}

/**
 * A piece of work as Node's library starts it: constructed with its arguments, then `run()`, which either returns
 * `[error, result]` or calls `ondone(error, result)` in a later turn.
 */
abstract class Job {
  ondone: ((error: unknown, result?: unknown) => void) | undefined;
  protected readonly services: RealmServices;
  protected readonly resource: object;
  readonly #mode: number;

  constructor(services: RealmServices, mode: number) {
    this.services = services;
    this.resource = services.asyncResource('CRYPTOJOB');
    Object.defineProperty(this, 'resource', { enumerable: false });
    this.#mode = mode;
  }

  run(): Outcome | undefined {
    if (this.#mode === kCryptoJobSync) return outcomeOf(() => this.now());
    this.later();
    return undefined;
  }

  protected abstract now(): unknown;
  protected abstract later(): void;

  protected tell([error, result]: Outcome): void {
    this.ondone?.(undecorated(error), result);
  }
}

/** Work that is done on this thread. */
export class CryptoJob extends Job {
  readonly #work: () => unknown;

  constructor(services: RealmServices, mode: number, work: () => unknown) {
    super(services, mode);
    this.#work = work;
  }

  protected now(): unknown {
    return this.#work();
  }

  protected later(): void {
    this.services.complete(() => this.tell(outcomeOf(this.#work)), this.resource);
  }
}

/** Work that, when it may come later, is done beside the event loop. */
export class HeavyJob extends Job {
  readonly #plan: () => HeavyWork<unknown>;

  constructor(services: RealmServices, mode: number, plan: () => HeavyWork<unknown>) {
    super(services, mode);
    this.#plan = plan;
  }

  protected now(): unknown {
    return workNow(this.services, this.#plan());
  }

  protected later(): void {
    workLater(this.services, this.#plan(), (error, result) => this.tell([error, result]), this.resource);
  }
}

/** Errors of OpenSSL come from another thread without code and fields. */
function undecorated(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code.startsWith('ERR_OSSL_')
    ? new Error((error as Error).message)
    : error;
}
