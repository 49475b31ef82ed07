import { NotReached, type Reply } from './reply.ts';

/** What a step does for later steps: takes a value from its answer, or says why there is none. */
export interface Keep {
  /** @throws Failure when the answer does not have it. */
  take(reply: Reply): void;
  /** @param why continues “needs the slug”: ` of POST /articles in …, which answered 500`. */
  miss(why: string): void;
}

/** A value that one step keeps and later steps need. */
export class Kept<T> {
  #value: { value: T } | undefined;
  #why = ', which no step has kept';

  /** @param what it is, e.g. `the slug`; where it should have come from is said by the step that lacks it. */
  constructor(readonly what: string) {}

  /** For the `keeps` of a step. */
  from(read: (reply: Reply) => T): Keep {
    return {
      take: (reply) => this.set(read(reply)),
      miss: (why) => {
        this.#why = why;
      },
    };
  }

  set(value: T): void {
    this.#value = { value };
  }

  /** @throws NotReached when no step has kept it. */
  get(): T {
    if (this.#value === undefined) throw new NotReached(`needs ${this.what}${this.#why}`);
    return this.#value.value;
  }
}
