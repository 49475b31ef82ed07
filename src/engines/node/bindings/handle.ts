import type { RealmContext } from '../context.ts';
import { asyncWrapOf, type AsyncResourceLike } from './async-wrap.ts';

/** What libuv calls a handle: something that may keep the process alive, and is closed once. */
export interface Handle extends AsyncResourceLike {
  /** Says whether there is something to wait for; with a reference, that keeps the process alive. */
  setActive(active: boolean): void;
  close(callback?: () => void): void;
  ref(): void;
  unref(): void;
  hasRef(): boolean;
  readonly closed: boolean;
}

type HandleConstructor = abstract new (provider: string) => Handle;
const classes = new WeakMap<RealmContext, HandleConstructor>();

/** The base class of a realm's handles. Subclasses override `onClose` to let go of what they hold. */
export function handleClassOf(
  realm: RealmContext,
): abstract new (provider: string) => Handle & { onClose(): void } {
  let Class = classes.get(realm);
  if (Class === undefined) {
    Class = createHandleClass(realm);
    classes.set(realm, Class);
  }
  return Class as abstract new (provider: string) => Handle & { onClose(): void };
}

function createHandleClass(realm: RealmContext): HandleConstructor {
  const onclose = realm.symbols['handle_onclose'] ?? Symbol('handle_onclose');

  abstract class HandleWrap extends asyncWrapOf(realm) implements Handle {
    #refed = true;
    #active = false;
    #closed = false;
    #release: (() => void) | undefined;

    get closed(): boolean {
      return this.#closed;
    }

    setActive(active: boolean): void {
      this.#active = active && !this.#closed;
      this.#update();
    }

    ref(): void {
      this.#refed = true;
      this.#update();
    }

    unref(): void {
      this.#refed = false;
      this.#update();
    }

    hasRef(): boolean {
      return this.#refed && !this.#closed;
    }

    onClose(): void {}

    close(callback?: () => void): void {
      if (this.#closed) return;
      this.#closed = true;
      this.setActive(false);
      this.onClose();
      if (typeof callback === 'function') Reflect.set(this, onclose, callback);
      realm.complete(() => {
        const done: unknown = Reflect.get(this, onclose);
        if (typeof done === 'function') realm.callback(done as () => void, this);
      });
    }

    #update(): void {
      const wanted = this.#active && this.#refed;
      if (wanted) this.#release ??= realm.hold();
      else {
        this.#release?.();
        this.#release = undefined;
      }
    }
  }
  return HandleWrap;
}
