import { AsyncLocalStorage } from 'node:async_hooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Parser } from 'acorn';
import { applyEdits } from './edits.ts';
import { PromiseContexts } from './promises.ts';
import { randomProgram } from './testing.ts';
import { asyncEdits, runtimeParameters } from './transform.ts';

interface Storage {
  run(store: string, task: () => unknown): unknown;
  enterWith(store: string): void;
  getStore(): string | undefined;
}

interface World {
  als: Storage;
  setImmediate(task: () => void): void;
  queueMicrotask(task: () => void): void;
  parameters: Record<string, unknown>;
}

const originals = {
  then: Object.getOwnPropertyDescriptor(Promise.prototype, 'then') ?? {},
  finally: Object.getOwnPropertyDescriptor(Promise.prototype, 'finally') ?? {},
  resolve: Object.getOwnPropertyDescriptor(Promise, 'resolve') ?? {},
  reject: Object.getOwnPropertyDescriptor(Promise, 'reject') ?? {},
};
const contexts = new PromiseContexts();

/** Node's AsyncLocalStorage in small, over hooks of promises. */
class HookedStorage implements Storage {
  static readonly #store = Symbol('store');
  readonly #stack: Record<symbol, string | undefined>[] = [{}];

  get #resource(): Record<symbol, string | undefined> {
    return this.#stack.at(-1) as Record<symbol, string | undefined>;
  }

  enable(): void {
    contexts.setHooks({
      init: (promise) => void Reflect.set(promise, HookedStorage.#store, this.getStore()),
      before: (promise) => void this.#stack.push(promise as Record<symbol, string | undefined>),
      after: () => void this.#stack.pop(),
    });
  }

  run(store: string, task: () => unknown): unknown {
    const resource = this.#resource;
    const old = resource[HookedStorage.#store];
    resource[HookedStorage.#store] = store;
    try {
      return task();
    } finally {
      resource[HookedStorage.#store] = old;
    }
  }

  enterWith(store: string): void {
    this.#resource[HookedStorage.#store] = store;
  }

  getStore(): string | undefined {
    return this.#resource[HookedStorage.#store];
  }

  /** Runs a callback of the event loop, which begins outside any promise. */
  bind(task: () => void): () => void {
    const resource = { [HookedStorage.#store]: this.getStore() };
    return () => {
      contexts.leave();
      this.#stack.push(resource);
      try {
        task();
      } finally {
        this.#stack.pop();
      }
    };
  }
}

const FunctionOf = Function as unknown as new (
  ...source: string[]
) => (...values: unknown[]) => Promise<void>;

function rewrite(body: string): string {
  const text = `(function () {${body}\n})`;
  const program = Parser.parse(text, { ecmaVersion: 'latest', sourceType: 'script' });
  return `return ${applyEdits(text, asyncEdits(program, text, false))}.apply(this)`;
}

async function outputOf(body: string, world: World): Promise<string[]> {
  const lines: string[] = [];
  let sleeping = 0;
  const given = {
    als: world.als,
    queueMicrotask: world.queueMicrotask,
    log: (label: string) => void lines.push(`${label} in ${String(world.als.getStore())}`),
    mark: (label: string) => void lines.push(label),
    sleep: (turns: number) =>
      new Promise<void>((resolve) => {
        sleeping++;
        const step = (left: number): void =>
          world.setImmediate(() => {
            if (left > 0) return step(left - 1);
            sleeping--;
            resolve();
          });
        step(turns);
      }),
    thenable: (value: unknown) => ({
      then(resolve: (value: unknown) => void) {
        lines.push(`then in ${String(world.als.getStore())}`);
        resolve(value);
      },
    }),
    quiet: (value: unknown) => ({ then: (resolve: (value: unknown) => void) => resolve(value) }),
    ...world.parameters,
  };
  const ended = new FunctionOf(...Object.keys(given), body)(...Object.values(given));
  await ended;
  do await new Promise((resolve) => void setImmediate(resolve));
  while (sleeping > 0);
  return lines;
}

async function native(body: string): Promise<string[]> {
  const als = new AsyncLocalStorage<string>();
  const lines = await als.run('outer', () =>
    outputOf(body, { als: als as Storage, setImmediate, queueMicrotask, parameters: {} }),
  );
  als.disable();
  return lines;
}

async function emulated(body: string): Promise<string[]> {
  const als = new HookedStorage();
  als.enable();
  const { runtime } = contexts;
  const parameters = Object.fromEntries(runtimeParameters.map((name, at) => [name, runtime[at]]));
  const world: World = {
    als,
    parameters,
    setImmediate: (task) => void setImmediate(als.bind(task)),
    queueMicrotask: (task) => queueMicrotask(als.bind(task)),
  };
  try {
    return await (als.run('outer', () => outputOf(rewrite(body), world)) as Promise<string[]>);
  } finally {
    contexts.setHooks({});
  }
}

describe('promise contexts', () => {
  const listeners = process.listeners('unhandledRejection');

  beforeAll(() => {
    // Some programs leave a rejection to nobody, which Vitest would take for a fault of the test.
    process.removeAllListeners('unhandledRejection').on('unhandledRejection', () => undefined);
    contexts.install(() => undefined);
  });

  afterAll(() => {
    process.removeAllListeners('unhandledRejection');
    for (const listener of listeners) process.on('unhandledRejection', listener);
    Object.defineProperty(Promise.prototype, 'then', originals.then);
    Object.defineProperty(Promise.prototype, 'finally', originals.finally);
    Object.defineProperty(Promise, 'resolve', originals.resolve);
    Object.defineProperty(Promise, 'reject', originals.reject);
  });

  it.each(Array.from({ length: 12 }, (_, group) => group))(
    'run generated programs as natively, in the same order and contexts (lot %i)',
    async (group) => {
      for (let seed = group * 50; seed < group * 50 + 50; seed++) {
        const program = randomProgram(seed);
        const expected = await native(program);
        expect(await emulated(program), `seed ${seed}\n${program}`).toEqual(expected);
      }
    },
    60_000,
  );
});
