/**
 * How servers are asked; runs in Node and, as text, in the page.
 */

/** Asks until the server answers. @throws Error when it ends before it does */
export async function untilAnswered(get, exited) {
  let ended = false;
  void exited.then(() => (ended = true));
  for (;;) {
    try {
      return await get();
    } catch (error) {
      if (ended) throw new Error('the server ended before it answered', { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

/** Requests per second, one at a time and eight at a time, after a warm-up. */
export async function ratesOf(get, { warmUp, measured }) {
  const rate = async (parallel, count) => {
    let left = count;
    const begin = performance.now();
    const work = async () => {
      while (left-- > 0) await get();
    };
    await Promise.all(Array.from({ length: parallel }, work));
    return Math.round(count / ((performance.now() - begin) / 1_000));
  };
  await rate(1, warmUp);
  return [await rate(1, measured), await rate(8, measured)];
}
