import type { Change } from '../../fs/changes.ts';
import { FsError, type Watch } from '../../fs/types.ts';
import type { Binding, RealmContext } from '../context.ts';
import { host } from '../host.ts';
import { handleClassOf } from './handle.ts';

/** How often a process that watches looks for changes. */
const POLL_MS = 20;

interface Watcher {
  take(change: Change): void;
}

/** The watchers of a process: one look at the disk for all. */
class Watchers {
  readonly #fs: RealmContext['fs'];
  readonly #watchers = new Set<Watcher>();
  #watch: Watch | undefined;

  constructor(fs: RealmContext['fs']) {
    this.#fs = fs;
  }

  add(watcher: Watcher): void {
    this.#watchers.add(watcher);
    if (this.#watch !== undefined) return;
    this.#watch = this.#fs.watch();
    this.#wait();
  }

  remove(watcher: Watcher): void {
    this.#watchers.delete(watcher);
    if (this.#watchers.size > 0) return;
    this.#watch?.close();
    this.#watch = undefined;
  }

  #wait(): void {
    host.setTimeout(() => {
      if (this.#watch === undefined) return;
      for (const change of this.#watch.poll()) {
        for (const watcher of [...this.#watchers]) watcher.take(change);
      }
      this.#wait();
    }, POLL_MS);
  }
}

/** The `fs_event_wrap` binding: `fs.watch`, of a directory or a file, whichever process changes it. */
export function createFsEventBinding(realm: RealmContext): Binding {
  const watchers = new Watchers(realm.fs);

  class FSEvent extends handleClassOf(realm) implements Watcher {
    onchange: (status: number, event: string, name: unknown) => void = () => undefined;
    #inode = 0;
    #name = '';
    #encoding: unknown;

    constructor() {
      super('FSEVENTWRAP');
    }

    get initialized(): boolean {
      return this.#inode !== 0 && !this.closed;
    }

    start(path: string, persistent: boolean, _recursive: boolean, encoding: unknown): number {
      if (this.#inode !== 0) return 0;
      const absolute = path.startsWith('/') ? path : `${realm.cwd}/${path}`;
      try {
        this.#inode = realm.fs.lookup(absolute);
      } catch (error) {
        return realm.errno(error instanceof FsError ? error.code : 'ENOENT');
      }
      this.#name = absolute.replace(/\/+$/, '').slice(absolute.lastIndexOf('/') + 1);
      this.#encoding = encoding;
      if (!persistent) this.unref();
      this.setActive(true);
      watchers.add(this);
      return 0;
    }

    take({ kind, directory, ino, name }: Change): void {
      if (this.closed || (directory !== this.#inode && ino !== this.#inode)) return;
      const shown = directory === this.#inode ? name : this.#name;
      realm.complete(() => {
        if (!this.closed) realm.callback(this.onchange, this, 0, kind, this.#shown(shown));
      });
    }

    override onClose(): void {
      watchers.remove(this);
    }

    #shown(name: string): unknown {
      if (this.#encoding !== 'buffer') return name;
      const { Buffer } = realm.require('buffer') as { Buffer: { from(text: string): Uint8Array } };
      return Buffer.from(name);
    }
  }
  return { FSEvent };
}
