type Next = (this: object) => IteratorResult<unknown>;

interface Kept {
  readonly items: unknown[];
  at: number;
}

const kept = new WeakMap<object, Kept>();
const tagOf = Object.prototype.toString;
const { apply, getPrototypeOf } = Reflect;

const mapIterator = getPrototypeOf(new Map().keys()) as { next: Next };
const setIterator = getPrototypeOf(new Set().values()) as { next: Next };

/** Lets iterators that were looked into give what they still have to give. Iterators cost nothing more until then. */
function keepItems(prototype: { next: Next }): void {
  const native = prototype.next;
  const { next } = {
    next(this: object): IteratorResult<unknown> {
      const rest = kept.get(this);
      if (rest === undefined || rest.at >= rest.items.length)
        return apply(native, this, []) as IteratorResult<unknown>;
      return { value: rest.items[rest.at++], done: false };
    },
  };
  Object.defineProperty(prototype, 'next', {
    value: next,
    writable: true,
    configurable: true,
    enumerable: false,
  });
}

const nativeNext = new Map<object, Next>();

/**
 * What an iterator of a map or a set has left, which only the engine knows: it is run to its end, and gives what was
 * taken when the program goes on with it (what is added to the collection in between, it does not give).
 * @returns The values, or keys and values in turn, and whether it is the latter. That is told by the values: a list of
 * pairs as values of a map is taken for its entries.
 */
export function previewIterator(iterator: object): [values: unknown[], keyed: boolean] {
  const ofMap = apply(tagOf, iterator, []) === '[object Map Iterator]';
  const prototype = ofMap ? mapIterator : setIterator;
  if (!nativeNext.has(prototype)) {
    nativeNext.set(prototype, prototype.next);
    keepItems(prototype);
  }
  const next = nativeNext.get(prototype) as Next;
  let rest = kept.get(iterator);
  if (rest === undefined) {
    const items: unknown[] = [];
    for (let step = apply(next, iterator, []) as IteratorResult<unknown>; step.done !== true;) {
      items.push(step.value);
      step = apply(next, iterator, []) as IteratorResult<unknown>;
    }
    rest = { items, at: 0 };
    kept.set(iterator, rest);
  }
  const values = rest.items.slice(rest.at);
  const keyed =
    values.length > 0 &&
    values.every(
      (each) => Array.isArray(each) && each.length === 2 && (ofMap || Object.is(each[0], each[1])),
    );
  return [keyed ? (values as unknown[][]).flat(1) : values, keyed];
}
