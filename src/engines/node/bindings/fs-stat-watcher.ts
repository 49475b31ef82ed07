import { FsError } from '../../fs/types.ts';
import type { RealmContext } from '../context.ts';
import { host } from '../host.ts';
import { statValues, type Files } from './fs-files.ts';
import { handleClassOf, type Handle } from './handle.ts';

const VALUES = 18;

/** The class behind `fs.watchFile`: looks at a file again and again. */
export function createStatWatcher(realm: RealmContext, files: Files): new (bigint: boolean) => Handle {
  return class StatWatcher extends handleClassOf(realm) {
    onchange: (status: number, stats: Float64Array | BigInt64Array) => void = () => undefined;
    readonly #bigint: boolean;
    #path = '';
    #interval = 0;
    #last: number[] = [];
    #timer: ReturnType<typeof setTimeout> | undefined;

    constructor(bigint: boolean) {
      super('STATWATCHER');
      this.#bigint = bigint;
    }

    start(path: string, interval: number): number {
      this.#path = files.path(path);
      this.#interval = interval;
      this.#last = this.#look().values;
      this.setActive(true);
      // A file that is not there is told of once.
      if (this.#look().status !== 0) realm.complete(() => this.#tell(this.#look()));
      this.#wait();
      return 0;
    }

    override onClose(): void {
      if (this.#timer !== undefined) host.clearTimeout(this.#timer);
    }

    #look(): { status: number; values: number[] } {
      try {
        return { status: 0, values: statValues(realm.fs.stat(this.#path)) };
      } catch (error) {
        if (!(error instanceof FsError)) throw error;
        return { status: realm.errno(error.code), values: new Array<number>(VALUES).fill(0) };
      }
    }

    #wait(): void {
      this.#timer = host.setTimeout(() => {
        if (this.closed) return;
        const now = this.#look();
        // Reading changes the access time, which nobody watches.
        const isOther = now.values.some((value, at) => value !== this.#last[at] && at !== 10 && at !== 11);
        if (isOther) realm.complete(() => this.#tell(now));
        this.#wait();
      }, this.#interval);
    }

    #tell({ status, values }: { status: number; values: number[] }): void {
      const both = [...values, ...this.#last];
      this.#last = values;
      const stats = this.#bigint ? BigInt64Array.from(both.map(BigInt)) : Float64Array.from(both);
      realm.callback(this.onchange, this, status, stats);
    }
  };
}
