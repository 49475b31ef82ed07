/** Levels of `f<T>(…)` inside each other that are read. */
const mostGeneric = 8;

const opening = '([{';
const closing = ')]}';

/**
 * Whether calls with type arguments (`f<T>(g<U>(…))`) are nested so deeply that the parser, which tries several
 * readings at each level, would take exponential time. Strings and comments are not told apart: the answer may be yes
 * for a text that has such nesting in a string only. Takes linear time.
 */
export function nestsGenericsDeeply(text: string): boolean {
  const stack: { bracket: string; generic: boolean }[] = [];
  let depth = 0;
  let before = '';
  let beforeThat = '';
  for (const char of text) {
    if (opening.includes(char)) {
      const generic = char === '(' && before === '>' && beforeThat !== '=';
      stack.push({ bracket: char, generic });
      if (generic && ++depth > mostGeneric) return true;
    } else if (closing.includes(char)) {
      const open = stack.at(-1);
      if (open?.bracket === opening[closing.indexOf(char)]) {
        stack.pop();
        if (open?.generic) depth--;
      }
    }
    if (!/\s/.test(char)) {
      beforeThat = before;
      before = char;
    }
  }
  return false;
}
