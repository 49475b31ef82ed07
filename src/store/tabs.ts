import * as v from 'valibot';

const message = v.object({
  type: v.literal('changed'),
  ids: v.pipe(v.array(v.string()), v.maxLength(10_000)),
});

/** Tells the tabs of the page about each other's changes, and this one about its own. */
export class Changes {
  readonly #listeners = new Set<(ids: readonly string[]) => void>();
  readonly #channel: BroadcastChannel | undefined;

  constructor(name = 'decay-runs') {
    this.#channel = openChannel(name);
    this.#channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const parsed = v.safeParse(message, data);
      if (parsed.success) this.#tell(parsed.output.ids);
    });
  }

  /** Runs were written or removed here. */
  announce(ids: readonly string[]): void {
    this.#tell(ids);
    this.#channel?.postMessage({ type: 'changed', ids: [...ids] });
  }

  /** @returns what ends it */
  listen(listener: (ids: readonly string[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#listeners.clear();
    this.#channel?.close();
  }

  #tell(ids: readonly string[]): void {
    for (const listener of this.#listeners) listener(ids);
  }
}

/** Undefined where a browser has none or denies it: then a tab knows of its own changes only. */
function openChannel(name: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(name);
  } catch {
    return undefined;
  }
}

/** Knows which runs are being carried out in some tab. */
export interface Liveness {
  /** This tab carries the run out, until the returned function is called or the tab ends in any way. */
  hold(id: string): () => void;
  held(): Promise<ReadonlySet<string>>;
}

/** A lock of the browser for each thing under way: it falls with the tab that holds it, however that ends. */
export class WebLocks implements Liveness {
  readonly #prefix: string;
  readonly #own = new Set<string>();
  readonly #locks =
    typeof navigator === 'undefined' ? undefined : (navigator.locks as LockManager | undefined);

  /** @param kind - what the locks are of; those of one kind know nothing of another */
  constructor(kind = 'run') {
    this.#prefix = `decay-${kind} `;
  }

  hold(id: string): () => void {
    this.#own.add(id);
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    void this.#locks?.request(this.#prefix + id, () => held).catch(() => undefined);
    return () => {
      this.#own.delete(id);
      release();
    };
  }

  async held(): Promise<ReadonlySet<string>> {
    const known = await this.#locks?.query().catch(() => undefined);
    const names = (known?.held ?? []).flatMap(({ name = '' }) =>
      name.startsWith(this.#prefix) ? [name.slice(this.#prefix.length)] : [],
    );
    return new Set([...this.#own, ...names]);
  }

  /** Resolves when no other tab carries it out any more; never where the browser has no locks. */
  freed(id: string): Promise<void> {
    return new Promise((resolve) => {
      // Resolves once the lock is given back: whoever looks then does not find it held by this tab.
      void this.#locks
        ?.request(this.#prefix + id, () => undefined)
        .then(resolve)
        .catch(() => undefined);
    });
  }
}
