import { limits } from '../../domain/limits.ts';
import { cleanPath, refuseDuplicates } from '../paths.ts';
import { SubmissionError } from '../submission-error.ts';
import { damaged, LinkError } from './faults.ts';

const megabytes = (bytes: number): string => `${bytes / 2 ** 20} MB`;

/** Takes in the files of one run, and holds them to the rules of every submission before memory is spent. */
export class FileIntake {
  readonly #files: [string, string | Uint8Array][] = [];
  #bytes = 0;

  /** Bytes that the next file may have. */
  get room(): number {
    return Math.min(limits.submissionFileBytes, limits.submissionBytes - this.#bytes);
  }

  /** @throws LinkError `damaged` for a path that is not clean; `oversized` beyond the limits. */
  add(path: string, content: string | Uint8Array): void {
    if (cleaned(path) !== path) throw damaged(`the path "${path.slice(0, 80)}" is not clean`);
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content).length : content.length;
    if (bytes > this.room || this.#files.length >= limits.submissionFiles) throw beyondLimits();
    this.#bytes += bytes;
    this.#files.push([path, content]);
  }

  /** @throws LinkError `damaged` when names fall together. */
  finish(): Record<string, string | Uint8Array> {
    refused(() => refuseDuplicates(this.#files.map(([path]) => path)));
    return Object.fromEntries(this.#files.sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

export function beyondLimits(): LinkError {
  const { submissionFiles, submissionFileBytes, submissionBytes } = limits;
  const most = `${submissionFiles} files, ${megabytes(submissionFileBytes)} each, ${megabytes(submissionBytes)} together`;
  return new LinkError({ code: 'oversized', what: 'files', most });
}

const cleaned = (path: string): string => refused(() => cleanPath(path));

function refused<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (error instanceof SubmissionError) throw damaged(error.message.replace(/\.? [^.]*\.$/, ''));
    throw error;
  }
}
