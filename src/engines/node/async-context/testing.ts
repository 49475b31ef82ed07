/** Random programs about promises, for comparing rewritten code with the original. */

/** A generator of numbers in [0, 1) that a seed decides (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Source of a function body that ends with a promise. It uses `log(label)`, `mark(label)` where the context may differ (a
 * generator that a loop leaves keeps that of its last `yield`, and so does what follows a `yield*`), `als` (run, enterWith, getStore), `sleep(turns)`
 *, `thenable(value)`,
 * which logs its context, and `quiet(value)`, a thenable that does not: V8 calls one that a function returns in the context
 * of the function's beginning, rewritten code in that of its end.
 */
export function randomProgram(seed: number): string {
  return new Writer(random(seed)).program();
}

class Writer {
  readonly #random: () => number;
  #names = 0;
  #budget = 60;
  /** A generator that calls `enterWith` before it first waits changes what its consumer waits in. */
  #inIterable = false;

  constructor(source: () => number) {
    this.#random = source;
  }

  program(): string {
    return `const main = async () => {\n${this.#block(0, { async: true, loop: '' })}\n};\nreturn main().then(() => log('done'), (e) => log('failed ' + e));`;
  }

  #pick<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.#random() * choices.length)] as T;
  }

  #name(): string {
    return `n${this.#names++}`;
  }

  #label(): string {
    return `'l${this.#names++}'`;
  }

  #block(depth: number, at: { async: boolean; loop: string }): string {
    const statements: string[] = [];
    const count = 2 + Math.floor(this.#random() * 3);
    for (let i = 0; i < count; i++) statements.push(this.#statement(depth, at));
    return statements.join('\n');
  }

  /** An expression that is a value or a promise. */
  #value(depth: number, at: { async: boolean; loop: string }): string {
    this.#budget--;
    if (depth > 4 || this.#budget < 0) return this.#pick(['1', 'Promise.resolve(2)', 'sleep(1)', 'quiet(3)']);
    const inner = { async: true, loop: '' };
    return this.#pick<() => string>([
      () => 'Promise.resolve(log(' + this.#label() + '))',
      () => 'Promise.reject(new Error(' + this.#label() + '))',
      () => 'quiet(' + this.#value(depth + 1, at) + ')',
      () => `(async () => {\n${this.#block(depth + 1, inner)}\nreturn ${this.#value(depth + 1, inner)}\n})()`,
      () => `(async () => ${this.#value(depth + 1, inner)})()`,
      () => `(async x => ({ x, y: await ${this.#value(depth + 1, inner)} }))(1)`,
      () =>
        `als.run(${this.#label()}, async function () {\n'use strict'\n${this.#block(depth + 1, inner)} })`,
      () => `Promise.all([${this.#value(depth + 1, at)}, ${this.#value(depth + 1, at)}])`,
      () => `Promise.allSettled([${this.#value(depth + 1, at)}, sleep(1)])`,
      () => `Promise.race([${this.#value(depth + 1, at)}, sleep(2)])`,
      () =>
        `Promise.resolve(${this.#value(depth + 1, at)}).then((v) => { log(${this.#label()}); return ${this.#value(depth + 1, { async: false, loop: '' })}; })`,
      () => `Promise.resolve(${this.#value(depth + 1, at)}).catch(() => log(${this.#label()}))`,
      () => `Promise.resolve(${this.#value(depth + 1, at)}).finally(() => log(${this.#label()}))`,
      () =>
        at.async
          ? `(await ${this.#value(depth + 1, at)} , await/* c */(${this.#value(depth + 1, at)}))`
          : 'sleep(1)',
      () => (at.async ? `await thenable(${this.#value(depth + 1, at)})` : 'sleep(1)'),
      () => (at.async ? `[log(${this.#label()}), await ${this.#value(depth + 1, at)}].length` : '4'),
      () => 'new (class extends Promise {})((ok) => ok(5))',
    ])();
  }

  #iterable(depth: number): string {
    const name = this.#name();
    const inside = this.#inIterable;
    this.#inIterable = true;
    const text = this.#pick<() => string>([
      () => `[1, Promise.resolve(2), sleep(1)]`,
      () =>
        `(async function* ${name}() { try { yield log(${this.#label()}); await ${this.#value(depth + 1, { async: true, loop: '' })}; log(${this.#label()}); yield; yield 3 } catch { log(${this.#label()}) } finally { await sleep(1); mark(${this.#label()}) } })()`,
      () => `(async function* () { yield* [1, 2]; mark(${this.#label()}); yield sleep(1) })()`,
    ])();
    this.#inIterable = inside;
    return text;
  }

  #statement(depth: number, at: { async: boolean; loop: string }): string {
    this.#budget--;
    const log = `log(${this.#label()});`;
    if (depth > 4 || this.#budget < 0 || !at.async) return log;
    return this.#pick<() => string>([
      () => log,
      () => `await ${this.#value(depth + 1, at)}\n${log}`,
      () => `const ${this.#name()} = await ${this.#value(depth + 1, at)}; ${log}`,
      () => (this.#inIterable ? log : `als.enterWith(${this.#label()}); ${log}`),
      () =>
        `try { ${this.#block(depth + 1, at)} } catch (error) { log('caught ' + error.message); ${this.#block(depth + 1, at)} }`,
      () =>
        `try { await ${this.#value(depth + 1, at)} } catch { ${log} } finally { ${log} ${this.#statement(depth + 1, at)} }`,
      () =>
        `void Promise.resolve(als.run(${this.#label()}, () => ${this.#value(depth + 1, { async: false, loop: '' })})).catch(() => 0);`,
      () => `queueMicrotask(() => log(${this.#label()}));`,
      () =>
        `Promise.resolve(${this.#value(depth + 1, at)}).then((v) => ${log.slice(0, -1)}, (e) => log(${this.#label()}));`,
      () => {
        const label = this.#name();
        const loop = { async: true, loop: label };
        return `${label}: for await (const item of ${this.#iterable(depth)}) { ${this.#block(depth + 1, loop)} ${this.#pick(['', `continue ${label};`, `break ${label};`])} }\n${log}`;
      },
      () => `for await (const item of (${this.#iterable(depth)})) log('item ' + item)\n${log}`,
      () =>
        at.loop === '' ? log : `if (await sleep(1), als.getStore() === 'x') break ${at.loop}; else ${log}`,
    ])();
  }
}
