import type { Binding, RealmContext } from '../context.ts';
import { asyncWrapOf } from './async-wrap.ts';

interface SignalHandle {
  onsignal(signal: number): void;
}

const SIGNALS = 64;

/** Which signals a process handles itself, and their delivery. */
export class Signals {
  static readonly #realms = new WeakMap<RealmContext, Signals>();
  readonly #port: RealmContext['port'];
  readonly #handles = new Map<number, Set<SignalHandle>>();

  private constructor(port: RealmContext['port']) {
    this.#port = port;
    for (let signal = 1; signal <= SIGNALS; signal++) port.handleSignal(signal, false);
  }

  static of(realm: RealmContext): Signals {
    let signals = Signals.#realms.get(realm);
    if (signals === undefined) {
      signals = new Signals(realm.port);
      Signals.#realms.set(realm, signals);
    }
    return signals;
  }

  handles(signal: number): boolean {
    return (this.#handles.get(signal)?.size ?? 0) > 0;
  }

  add(signal: number, handle: SignalHandle): void {
    const handles = this.#handles.get(signal) ?? new Set();
    handles.add(handle);
    this.#handles.set(signal, handles);
    this.#port.handleSignal(signal, true);
  }

  remove(signal: number, handle: SignalHandle): void {
    this.#handles.get(signal)?.delete(handle);
    if (!this.handles(signal) && signal > 0) this.#port.handleSignal(signal, false);
  }

  deliver(signal: number): void {
    for (const handle of [...(this.#handles.get(signal) ?? [])]) handle.onsignal(signal);
  }
}

/** The `signal_wrap` binding. A signal handle never keeps the process alive here: Node unrefs its own. */
export function createSignalBinding(realm: RealmContext): Binding {
  const signals = Signals.of(realm);
  const uncatchable = new Set([9, 19]);

  class Signal extends asyncWrapOf(realm) {
    onsignal: (signal: number) => void = () => undefined;
    #signal = 0;

    constructor() {
      super('SIGNALWRAP');
    }

    start(signal: number): number {
      if (uncatchable.has(signal)) return realm.errno('EINVAL');
      this.#signal = signal;
      signals.add(signal, this);
      return 0;
    }

    stop(): number {
      signals.remove(this.#signal, this);
      return 0;
    }

    close(): void {
      this.stop();
    }

    ref(): void {}

    unref(): void {}

    hasRef(): boolean {
      return false;
    }
  }
  return { Signal };
}
