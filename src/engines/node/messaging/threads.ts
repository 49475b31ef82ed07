import type { RealmContext } from '../context.ts';
import { host } from '../host.ts';

/** What a thread is told by the one that started it. */
export interface ThreadData {
  readonly threadId: number;
  /** Known to the threads of one process only; names of their broadcast channels begin with it. */
  readonly secret: string;
  /** Int32: the id of the next thread of the process. */
  readonly ids: SharedArrayBuffer;
  /** Mailboxes of the port between the two, as seen from the new thread. */
  readonly inbox: number;
  readonly outbox: number;
  readonly resourceLimits: readonly number[];
}

/** Which thread of its process a realm is. */
export class Threads {
  static readonly #realms = new WeakMap<RealmContext, Threads>();
  readonly isMain: boolean;
  readonly id: number;
  readonly secret: string;
  readonly ids: SharedArrayBuffer;
  readonly data: ThreadData | undefined;

  private constructor(realm: RealmContext) {
    const data = realm.port.start.thread?.data as ThreadData | undefined;
    this.data = data;
    this.isMain = data === undefined;
    this.id = data?.threadId ?? 0;
    this.secret = data?.secret ?? [...host.crypto.getRandomValues(new Uint32Array(4))].join('-');
    this.ids = data?.ids ?? new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  }

  static of(realm: RealmContext): Threads {
    let threads = Threads.#realms.get(realm);
    if (threads === undefined) {
      threads = new Threads(realm);
      Threads.#realms.set(realm, threads);
    }
    return threads;
  }

  /** Ids count from 1 over all threads of a process. */
  newId(): number {
    return Atomics.add(new Int32Array(this.ids), 0, 1) + 1;
  }
}
