import * as v from 'valibot';

/**
 * The wire between `@webcontainer/api` and its host: calls on objects at the other end of a MessagePort, as the
 * package's client (1.6) sends them. Written for callers who are not trusted: an object has the methods of a list and
 * nothing else. No path leads to what a method inherits, nothing can be set, nothing constructed.
 */

/** Kinds of requests, and of values, by the numbers of the wire. */
const Request = { get: 0, apply: 2, release: 5 } as const;
const Value = { raw: 0, handled: 3 } as const;

const wireValue = v.variant('type', [
  v.object({ type: v.literal(Value.raw), value: v.optional(v.unknown()) }),
  v.object({ type: v.literal(Value.handled), name: v.literal('proxy'), value: v.instance(MessagePort) }),
]);
const wireRequest = v.object({
  id: v.pipe(v.string(), v.maxLength(100)),
  type: v.number(),
  path: v.optional(v.pipe(v.array(v.string()), v.maxLength(8)), []),
  argumentList: v.optional(v.pipe(v.array(wireValue), v.maxLength(16)), []),
});

/** A function at the other end. Its answer is not waited for. */
export type Callback = (...args: unknown[]) => void;

/** What a method takes: plain values, and functions of the caller's. */
export type Argument = unknown;

/** An object that the other end may call. */
export interface Exposed {
  readonly methods: ReadonlyMap<string, (...args: Argument[]) => unknown>;
  /** Properties that may be read; a promise is waited for. */
  readonly values?: ReadonlyMap<string, unknown>;
  /** The other end has let go of it. */
  readonly onRelease?: () => void;
}

/** Marks what a method returns as an object of its own, to be called over a port of its own. */
export class Handle {
  constructor(readonly exposed: Exposed) {}
}

/** A function as an object: it is called by the empty path. */
export const exposedFunction = (call: () => unknown): Handle =>
  new Handle({ methods: new Map([['', call]]) });

/** Answers calls on an object that come over a port. @returns stops it */
export function expose(exposed: Exposed, port: MessagePort): () => void {
  const stop = () => {
    port.onmessage = null;
    port.close();
    exposed.onRelease?.();
  };
  port.onmessage = (event: MessageEvent<unknown>) => {
    const parsed = v.safeParse(wireRequest, event.data);
    // An answer to one of our own calls, or nothing of this wire.
    if (!parsed.success) return;
    const { id, type, path, argumentList } = parsed.output;
    if (type === Request.release) {
      port.postMessage({ id, type: Value.raw, value: undefined });
      stop();
      return;
    }
    const perform = async () => {
      const name = path.join('.');
      if (type === Request.get && exposed.values?.has(name) === true) return exposed.values.get(name);
      const method = type === Request.apply ? exposed.methods.get(name) : undefined;
      if (method === undefined) throw new Error(`this host has no ${JSON.stringify(name)}`);
      return method(...argumentList.map(received));
    };
    perform().then(
      (value) => answer(port, id, value),
      (error: unknown) => refuse(port, id, error),
    );
  };
  return stop;
}

function received(value: v.InferOutput<typeof wireValue>): Argument {
  return value.type === Value.raw ? value.value : callback(value.value);
}

/** Calls the function at the other end of a port. */
function callback(port: MessagePort): Callback {
  let calls = 0;
  return (...args) => {
    const argumentList = args.map((value) => ({ type: Value.raw, value }));
    port.postMessage({ id: `c${calls++}`, type: Request.apply, path: [], argumentList });
  };
}

export function isCallback(value: Argument): value is Callback {
  return typeof value === 'function';
}

function answer(port: MessagePort, id: string, value: unknown): void {
  if (value instanceof Handle) {
    const { port1, port2 } = new MessageChannel();
    expose(value.exposed, port1);
    port.postMessage({ id, type: Value.handled, name: 'proxy', value: port2 }, [port2]);
    return;
  }
  port.postMessage({ id, type: Value.raw, value });
}

function refuse(port: MessagePort, id: string, error: unknown): void {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const value = { isError: true, value: { name, message, stack: `${name}: ${message}` } };
  port.postMessage({ id, type: Value.handled, name: 'throw', value });
}
