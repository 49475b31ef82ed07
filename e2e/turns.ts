/**
 * Lets tests that run at the same time share a few things, e.g. pages: each use has one of them to itself and waits until
 * one is free.
 */
export function sharing<Thing>(things: readonly Thing[]) {
  const free = [...things];
  const waiting: ((thing: Thing) => void)[] = [];
  return async <Result>(use: (thing: Thing) => Promise<Result>): Promise<Result> => {
    const thing = free.pop() ?? (await new Promise<Thing>((resolve) => waiting.push(resolve)));
    try {
      return await use(thing);
    } finally {
      const next = waiting.shift();
      if (next === undefined) free.push(thing);
      else next(thing);
    }
  };
}
