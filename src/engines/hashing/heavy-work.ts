import { HashHelpers } from './helpers.ts';
import { createRunner, type WasmCall, type WasmRunner } from './wasm-call.ts';

/** Where compiled cores are found by name, e.g. `scrypt.wasm`. */
export interface CoreSource {
  wasm(name: string): WebAssembly.Module;
}

/** What an engine's event loop offers to work that goes on beside it. */
export interface WorkServices extends CoreSource {
  /** Runs `done` in a later turn of the event loop. */
  complete(done: () => void, resource?: object): void;
  /** Keeps the process alive until the returned function is called. */
  hold(): () => void;
}

/** Work that WebAssembly cores do: independent calls, and what is made of their results. */
export interface HeavyWork<T> {
  readonly calls: readonly WasmCall[];
  /** About how long it takes, in milliseconds; short work is not worth a message to another thread. */
  readonly cost: number;
  finish(results: readonly Uint8Array<ArrayBuffer>[]): T;
}

type Done<T> = (error: unknown, result?: T) => void;

/** Milliseconds below which work is done where it is asked for. */
const smallCost = 2;

interface Hashing {
  readonly run: WasmRunner;
  readonly helpers: HashHelpers;
}

const hashings = new WeakMap<WorkServices, Hashing>();

function hashingOf(services: WorkServices): Hashing {
  const known = hashings.get(services);
  if (known !== undefined) return known;
  const made = { run: createRunner(), helpers: new HashHelpers() };
  hashings.set(services, made);
  return made;
}

/** Does the work at once, on this thread. */
export function workNow<T>(services: WorkServices, work: HeavyWork<T>): T {
  return work.finish(hashingOf(services).run(work.calls));
}

/** Does the work beside the event loop and calls back in a later turn; the process stays alive until then. */
export function workLater<T>(
  services: WorkServices,
  work: HeavyWork<T>,
  done: Done<T>,
  resource?: object,
): void {
  const { helpers } = hashingOf(services);
  const attempt = (make: () => T): void => {
    let result: T;
    try {
      result = make();
    } catch (error) {
      done(error);
      return;
    }
    done(undefined, result);
  };
  if (work.cost < smallCost || !helpers.available) {
    services.complete(() => attempt(() => workNow(services, work)), resource);
    return;
  }
  const release = services.hold();
  helpers.run(work.calls, (results, error) => {
    services.complete(() => {
      if (results !== undefined) attempt(() => work.finish(results));
      else if (!helpers.available) attempt(() => workNow(services, work));
      else done(error);
    }, resource);
    release();
  });
}
