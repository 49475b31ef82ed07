import { limits } from '../domain/limits.ts';
import type { FileMap } from '../engines/engine.ts';
import { cleanPath, commonTopFolder, quotePath, refuseDuplicates, skippedPart } from './paths.ts';
import { SubmissionError } from './submission-error.ts';

/** A submission as it was taken in. */
export interface Submission {
  files: FileMap;
  /** What was left out or changed on the way in, one sentence each, for people. */
  notes: string[];
}

export const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;

/**
 * Counts files and bytes against the limits as a submission comes in, so that a refusal comes before the memory is
 * spent. Paths are checked first, then those that tools made are left out.
 */
export class Intake {
  #count = 0;
  #bytes = 0;
  readonly #skipped = new Map<string, number>();

  /**
   * The clean path, or undefined when the file is left out.
   * @throws SubmissionError `bad-path`, `too-many`.
   */
  admit(path: string): string | undefined {
    const clean = cleanPath(path);
    const skipped = skippedPart(clean);
    if (skipped !== undefined) {
      this.#skipped.set(skipped, (this.#skipped.get(skipped) ?? 0) + 1);
      return undefined;
    }
    this.#count++;
    if (this.#count > limits.submissionFiles) {
      throw new SubmissionError(
        'too-many',
        `The submission has more than ${limits.submissionFiles.toLocaleString('en')} files ` +
          '(node_modules, .git, .venv and the like not counted). Leave out what is not part of the server.',
      );
    }
    return clean;
  }

  /** @throws SubmissionError `too-large` when a file, or all files together, are beyond the limits. */
  weigh(path: string, bytes: number): void {
    if (bytes > limits.submissionFileBytes) {
      throw new SubmissionError(
        'too-large',
        `The file ${quotePath(path)} is larger than ${megabytes(limits.submissionFileBytes)}. ` +
          'A submission holds source files only: leave it out.',
      );
    }
    this.#bytes += bytes;
    if (this.#bytes > limits.submissionBytes) {
      throw new SubmissionError(
        'too-large',
        `The submission is larger than ${megabytes(limits.submissionBytes)} (reached at ${quotePath(path)}). ` +
          'Leave out what is not part of the server.',
      );
    }
  }

  notes(): string[] {
    return [...this.#skipped].map(
      ([what, count]) =>
        `Left out ${what} (${count.toLocaleString('en')} ${count === 1 ? 'file' : 'files'}).`,
    );
  }
}

/**
 * Text when the bytes are UTF-8 without NUL, else the bytes. Text encodes back to the same bytes.
 */
export function textOrBytes(bytes: Uint8Array): string | Uint8Array {
  if (bytes.includes(0)) return bytes;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return bytes;
  }
}

/**
 * The finished submission.
 * @param stripTop - take away the folder that holds everything, as archives and dropped folders have.
 * @throws SubmissionError `empty`, `duplicate`.
 */
export function assemble(
  entries: readonly (readonly [path: string, content: string | Uint8Array])[],
  notes: readonly string[],
  stripTop: boolean,
): Submission {
  if (entries.length === 0) {
    throw new SubmissionError(
      'empty',
      [
        'There are no files in the submission.',
        ...notes,
        'It needs at least run.sh and a dependency file.',
      ].join(' '),
    );
  }
  const paths = entries.map(([path]) => path);
  const top = stripTop ? commonTopFolder(paths) : undefined;
  const cut = top === undefined ? 0 : top.length + 1;
  const stripped = entries.map(([path, content]) => [path.slice(cut), content] as const);
  refuseDuplicates(stripped.map(([path]) => path));
  const sorted = [...stripped].sort(([a], [b]) => (a < b ? -1 : 1));
  const all = top === undefined ? [...notes] : [...notes, `Took the folder ${quotePath(top)} as the top.`];
  return { files: Object.fromEntries(sorted), notes: all };
}
