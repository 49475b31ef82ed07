import { writeFile } from 'node:fs/promises';
import { UsageError } from './exit-codes.ts';

/** Where a command writes; tests collect it. */
export interface Io {
  /** One line or several to standard output; the newline is added. */
  out(text: string): void;
  /** Progress and warnings, to standard error. */
  err(text: string): void;
  /** True when colours may be used on standard output. */
  readonly colour: boolean;
}

/**
 * Writes a result to a file, or to standard output for `-`.
 * @throws UsageError when the file cannot be written
 */
export async function writeResult(io: Io, target: string, text: string): Promise<void> {
  if (target === '-') {
    io.out(text);
    return;
  }
  try {
    await writeFile(target, text.endsWith('\n') ? text : `${text}\n`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`Cannot write ${target}: ${reason}.`, { cause: error });
  }
}

/**
 * Text of a submission for a terminal: control characters, which could redraw or rewrite what is on the screen,
 * become visible escapes. Line breaks and tabs stay.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, (character) => {
    if (character === '\n' || character === '\t') return character;
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

const codes = { green: 32, red: 31, yellow: 33, dim: 2, bold: 1 } as const;

/** Colours text when the terminal shows colours. */
export function paint(io: Io, colour: keyof typeof codes, text: string): string {
  return io.colour ? `\u001b[${codes[colour]}m${text}\u001b[0m` : text;
}
