import type { PromiseHooks } from '../async-context/promises.ts';
import type { Binding, RealmContext } from '../context.ts';

interface Hooks {
  init(asyncId: number, type: string, triggerId: number, resource: object): void;
  before(asyncId: number): void;
  after(asyncId: number): void;
  destroy(asyncId: number): void;
}

/** Async ids, the stack of contexts, and the base of everything that has an id. */
export interface AsyncWrapBinding extends Binding {
  newAsyncId(): number;
  /** Enters the context of a resource; call the result to leave it. */
  enter(self: unknown): (() => void) | undefined;
  /** The context of the main script. */
  readonly main: object;
}

/** Async id of the main script. */
const mainId = 1;

export interface AsyncResourceLike {
  getAsyncId(): number;
  readonly asyncTrigger: number;
  /** The object that hooks see and that carries the context, when it is another. */
  readonly asyncObject?: object;
}

const stackSlots = 32;

function isResource(value: unknown): value is AsyncResourceLike & object {
  return typeof value === 'object' && value !== null && 'asyncTrigger' in value && 'getAsyncId' in value;
}

/** The `async_wrap` binding. */
export function createAsyncWrapBinding(realm: RealmContext): AsyncWrapBinding {
  const given = realm.constantsOf('async_wrap');
  const index = given['constants'] as Record<
    | 'kInit'
    | 'kBefore'
    | 'kAfter'
    | 'kDestroy'
    | 'kStackLength'
    | 'kExecutionAsyncId'
    | 'kTriggerAsyncId'
    | 'kAsyncIdCounter'
    | 'kDefaultTriggerAsyncId',
    number
  >;
  const fields = new Uint32Array(9);
  const ids = new Float64Array(4);
  const resources: unknown[] = [];
  ids[index.kAsyncIdCounter] = 1;
  ids[index.kDefaultTriggerAsyncId] = -1;
  let hooks: Hooks | undefined;

  const newAsyncId = (): number => {
    const id = (ids[index.kAsyncIdCounter] ?? 0) + 1;
    ids[index.kAsyncIdCounter] = id;
    return id;
  };

  const push = (asyncId: number, triggerId: number, resource?: unknown): void => {
    const depth = fields[index.kStackLength] ?? 0;
    if (resource !== undefined) resources[depth] = resource;
    let stack = binding['async_ids_stack'] as Float64Array;
    if (depth * 2 >= stack.length) {
      const grown = new Float64Array(stack.length * 2);
      grown.set(stack);
      stack = grown;
      binding['async_ids_stack'] = grown;
    }
    stack[depth * 2] = ids[index.kExecutionAsyncId] ?? 0;
    stack[depth * 2 + 1] = ids[index.kTriggerAsyncId] ?? 0;
    fields[index.kStackLength] = depth + 1;
    ids[index.kExecutionAsyncId] = asyncId;
    ids[index.kTriggerAsyncId] = triggerId;
  };

  const clear = (): void => {
    fields[index.kStackLength] = 0;
    ids[index.kExecutionAsyncId] = 0;
    ids[index.kTriggerAsyncId] = 0;
    resources.length = 0;
  };

  const pop = (asyncId: number): boolean => {
    const depth = fields[index.kStackLength] ?? 0;
    if (depth === 0) return false;
    if (asyncId > 0 && ids[index.kExecutionAsyncId] !== asyncId) {
      clear();
      return false;
    }
    const stack = binding['async_ids_stack'] as Float64Array;
    const offset = depth - 1;
    ids[index.kExecutionAsyncId] = stack[offset * 2] ?? 0;
    ids[index.kTriggerAsyncId] = stack[offset * 2 + 1] ?? 0;
    fields[index.kStackLength] = offset;
    resources.length = Math.min(resources.length, offset);
    return offset > 0;
  };

  class AsyncWrap implements AsyncResourceLike {
    #asyncId = -1;
    #asyncTrigger = 0;
    readonly #object: object;

    /**
     * @param provider - type that hooks see; a request has none until it begins.
     * @param object - see `AsyncResourceLike`.
     */
    constructor(provider?: string, object?: object) {
      this.#object = object ?? this;
      if (provider !== undefined) this.assignId(provider);
    }

    get asyncObject(): object {
      return this.#object;
    }

    get asyncTrigger(): number {
      return this.#asyncTrigger;
    }

    assignId(provider: string): void {
      this.#asyncId = newAsyncId();
      const trigger = ids[index.kDefaultTriggerAsyncId] ?? -1;
      this.#asyncTrigger = trigger < 0 ? (ids[index.kExecutionAsyncId] ?? 0) : trigger;
      if ((fields[index.kInit] ?? 0) > 0)
        hooks?.init(this.#asyncId, provider, this.#asyncTrigger, this.#object);
    }

    getAsyncId(): number {
      return this.#asyncId;
    }

    getProviderType(): number {
      return 0;
    }
  }

  const main = Object.defineProperties(
    {},
    { asyncTrigger: { value: 0 }, getAsyncId: { value: () => mainId } },
  );

  const binding: AsyncWrapBinding = {
    ...given,
    setupHooks(given: Hooks) {
      hooks = given;
    },
    setCallbackTrampoline() {},
    registerDestroyHook() {},
    queueDestroyAsyncId(asyncId: number) {
      realm.complete(() => hooks?.destroy(asyncId));
    },
    setPromiseHooks(
      init: PromiseHooks['init'],
      before: PromiseHooks['before'],
      after: PromiseHooks['after'],
      settled: PromiseHooks['settled'],
    ) {
      realm.promises.setHooks({ init, before, after, settled });
    },
    getPromiseHooks() {
      const { init, before, after, settled } = realm.promises.hooks;
      return [init, before, after, settled];
    },
    pushAsyncContext: push,
    popAsyncContext: pop,
    clearAsyncIdStack: clear,
    executionAsyncResource: (at: number) => resources[at],
    async_hook_fields: fields,
    async_id_fields: ids,
    async_ids_stack: new Float64Array(stackSlots),
    execution_async_resources: resources,
    newAsyncId,
    main,
    enter(self: unknown) {
      if (!isResource(self)) return undefined;
      const id = self.getAsyncId();
      if (id < 0) return undefined;
      push(id, self.asyncTrigger, self.asyncObject ?? self);
      if ((fields[index.kBefore] ?? 0) > 0) hooks?.before(id);
      return () => {
        if ((fields[index.kAfter] ?? 0) > 0) hooks?.after(id);
        pop(id);
      };
    },
    AsyncWrap,
  };
  return binding;
}

/** A request as a program's call makes it; it gets its async id when the operation begins. */
export interface RequestLike extends AsyncResourceLike {
  begin(): void;
}

/** The base class of a realm's requests. `provider` is the type that async hooks see. */
export function requestClassOf(realm: RealmContext): new (provider: string) => RequestLike {
  const AsyncWrap = realm.binding('async_wrap')['AsyncWrap'] as new () => AsyncResourceLike & {
    assignId(provider: string): void;
  };

  return class extends AsyncWrap implements RequestLike {
    readonly #provider: string;

    constructor(provider: string) {
      super();
      this.#provider = provider;
    }

    begin(): void {
      this.assignId(this.#provider);
    }
  };
}

/** The base class of handles and requests of a realm. */
export function asyncWrapOf(
  realm: RealmContext,
): new (provider: string, object?: object) => AsyncResourceLike {
  return realm.binding('async_wrap')['AsyncWrap'] as new (
    provider: string,
    object?: object,
  ) => AsyncResourceLike;
}
