/**
 * Text that rewriting adds to a program stands between two of these. To the language it is white space, and programs
 * have it only at the start of a file, if at all.
 */
const fence = '\uFEFF';
/** A function may end within added text. */
const fenced = /\uFEFF[^\uFEFF]*(?:\uFEFF|$)/g;

/** Marks text that is not the program's own. */
export function added(text: string): string {
  return fence + text + fence;
}

/** The text as the program has it. */
export function withoutAdded(text: string): string {
  return text.includes(fence) ? text.replace(fenced, '') : text;
}

/**
 * Lets functions give their source as it was before rewriting, and functions that stand for the engine's own look native.
 * @returns Makes a function look native.
 */
export function restoreSourceTexts(): (method: object) => void {
  const native = Function.prototype.toString;
  const { apply } = Reflect;
  const disguised = new WeakSet<object>();
  const { toString } = {
    toString(this: unknown): string {
      if (typeof this === 'function' && disguised.has(this))
        return `function ${this.name}() { [native code] }`;
      return withoutAdded(apply(native, this, []) as string);
    },
  };
  disguised.add(toString);
  Object.defineProperty(Function.prototype, 'toString', {
    value: toString,
    writable: true,
    configurable: true,
    enumerable: false,
  });
  return (method) => void disguised.add(method);
}
