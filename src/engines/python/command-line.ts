import { normalize } from '../shell/disk-adapter.ts';

/** Options of python3 that the interpreter itself must know when it starts. */

const WITH_VALUE = new Set(['W', 'X']);
const PASSED_ON = new Set(['b', 'B', 'd', 'E', 'I', 'O', 'P', 'q', 'R', 's', 'S', 'u', 'v', 'x']);

/**
 * The interpreter's own options at the front of a command line (without the program's name), as separate words.
 * What runs (`-c`, `-m`, a file) is started later, by `_sandbox_run.py`.
 */
export function interpreterArguments(args: readonly string[]): string[] {
  const found: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? '';
    if (!word.startsWith('-') || word === '-' || word.startsWith('--')) break;
    for (let position = 1; position < word.length; position++) {
      const letter = word[position] ?? '';
      if (WITH_VALUE.has(letter)) {
        const rest = word.slice(position + 1);
        const value = rest === '' ? args[++index] : rest;
        if (value !== undefined) found.push(`-${letter}`, value);
        break;
      }
      if (!PASSED_ON.has(letter)) return found;
      found.push(`-${letter}`);
    }
  }
  return found;
}

/**
 * PYTHONPATH with every folder absolute, an empty entry being the working directory. The interpreter makes them so
 * when it starts, which is before it has a working directory.
 */
export function absoluteSearchPath(path: string, cwd: string): string {
  if (path === '') return '';
  return path
    .split(':')
    .map((entry) => normalize(entry.startsWith('/') ? entry : `${cwd}/${entry}`))
    .join(':');
}
