/**
 * Taking in a submission from wherever it comes. No DOM and no Node: the page and the command line share it. All
 * input is hostile; paths, number and sizes are checked against src/domain/limits.ts before memory is spent.
 */
import { assemble, Intake, textOrBytes, type Submission } from './collect.ts';
import { cleanPath, quotePath, refuseDuplicates } from './paths.ts';
import { SubmissionError } from './submission-error.ts';

export type { Submission } from './collect.ts';
export { SubmissionError } from './submission-error.ts';
export { skippedPart } from './paths.ts';
export { decodeText } from './decode-text.ts';
export { fromPaste, type PastedSubmission } from './paste.ts';
export { fromPatch, looksLikePatch } from './patch.ts';
export { fromZip } from './zip.ts';

/**
 * The clean form of a path that a person gives to a file among `others`.
 * @throws SubmissionError `bad-path`, `duplicate`.
 */
export function checkPath(path: string, others: readonly string[]): string {
  const clean = cleanPath(path);
  refuseDuplicates([...others, clean]);
  return clean;
}

export interface EntriesOptions {
  /** Take away the folder that holds everything, as a dropped folder has. Default false. */
  stripTopFolder?: boolean;
}

/**
 * A submission from files as a folder gives them.
 * @param entries - paths relative to the folder, `/`-separated, with their bytes.
 * @throws SubmissionError `bad-path`, `duplicate`, `too-large`, `too-many`, `empty`.
 */
export function fromEntries(
  entries: Iterable<{ path: string; bytes: Uint8Array }>,
  { stripTopFolder = false }: EntriesOptions = {},
): Submission {
  const intake = new Intake();
  const kept: [string, string | Uint8Array][] = [];
  for (const { path, bytes } of entries) {
    const clean = intake.admit(path);
    if (clean === undefined) continue;
    intake.weigh(clean, bytes.length);
    kept.push([clean, textOrBytes(bytes)]);
  }
  return assemble(kept, intake.notes(), stripTopFolder);
}

/** A file whose size is known before it is read. */
export interface FileSource {
  path: string;
  size: number;
  read(): Promise<Uint8Array>;
}

/**
 * A submission from files that are read one by one; nothing is read before all names and sizes are within the limits.
 * @throws SubmissionError as `fromEntries`; also when a file cannot be read.
 */
export async function fromSources(
  sources: Iterable<FileSource>,
  { stripTopFolder = false }: EntriesOptions = {},
): Promise<Submission> {
  const intake = new Intake();
  const admitted: [string, FileSource][] = [];
  for (const source of sources) {
    const clean = intake.admit(source.path);
    if (clean === undefined) continue;
    intake.weigh(clean, source.size);
    admitted.push([clean, source]);
  }
  const kept: [string, string | Uint8Array][] = [];
  for (const [path, source] of admitted) {
    const bytes = await source.read().catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      throw new SubmissionError(
        'unreadable',
        `The file ${quotePath(path)} cannot be read (${why}). Choose it again.`,
      );
    });
    if (bytes.length !== source.size) {
      throw new SubmissionError(
        'unreadable',
        `The file ${quotePath(path)} changed while it was read. Choose it again.`,
      );
    }
    kept.push([path, textOrBytes(bytes)]);
  }
  return assemble(kept, intake.notes(), stripTopFolder);
}
