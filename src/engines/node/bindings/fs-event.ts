import type { Binding, RealmContext } from '../context.ts';
import { handleClassOf } from './handle.ts';

/**
 * The `fs_event_wrap` binding: `fs.watch`. A watcher starts and keeps the process alive as one does in Node, but
 * hears of nothing: while a submission runs nobody edits its files.
 */
export function createFsEventBinding(realm: RealmContext): Binding {
  class FSEvent extends handleClassOf(realm) {
    #started = false;

    constructor() {
      super('FSEVENTWRAP');
    }

    get initialized(): boolean {
      return this.#started && !this.closed;
    }

    start(path: string, persistent: boolean): number {
      if (this.#started) return 0;
      if (!realm.fs.exists(path.startsWith('/') ? path : `${realm.cwd}/${path}`))
        return realm.errno('ENOENT');
      this.#started = true;
      if (!persistent) this.unref();
      this.setActive(true);
      return 0;
    }
  }
  return { FSEvent };
}
