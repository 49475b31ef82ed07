import {
  fromEntries,
  fromPaste,
  SubmissionError,
  type PastedSubmission,
  type Submission,
} from '../../share/submission.ts';
import { answerNotes } from './answer-notes.ts';

/** Headings as this page writes them, and patches: exact forms, in which any name and text may stand. */
const exactForm = /^\s*(?:={3,}\s*\S|diff --git |--- |From [0-9a-f]{7,40} )/;
/** A model's headings have ends, which are no files. */
const endHeading = /^={3,}\s*end\b/im;

/**
 * A submission from text that a person pasted or a link led to. Headings and diffs are read as `fromPaste` does; all else
 * is read as a model's answer, whose many shapes it may have, and as `fromPaste` does where no file is found like that.
 * @param name - of the one file that the text is, when it was asked for
 * @throws SubmissionError as `fromPaste`
 */
export async function readPaste(text: string, name?: string): Promise<Submission> {
  if (name !== undefined) return fromPaste(text, name);
  const strict = attempt(() => fromPaste(text));
  const failed = strict instanceof SubmissionError;
  if (exactForm.test(text) && !endHeading.test(text)) {
    if (!failed && strict.unnamed === 0) return strict;
    if (failed && strict.code !== 'needs-name') throw strict;
  }
  const answer = await readAnswer(text);
  if (answer !== undefined) return answer;
  if (failed) throw strict;
  return strict;
}

function attempt(read: () => PastedSubmission): PastedSubmission | SubmissionError {
  try {
    return read();
  } catch (error) {
    if (error instanceof SubmissionError) return error;
    throw error;
  }
}

/**
 * The files of a model's answer; undefined when it has none.
 * @throws SubmissionError for a path or a size that no submission may have
 */
async function readAnswer(text: string): Promise<Submission | undefined> {
  const { parseAnswer } = await import('../../generate/answers/index.ts');
  const parsed = parseAnswer(text);
  const { files, unplaced } = parsed;
  for (const { reason, message } of unplaced)
    if (reason === 'bad-path' || reason === 'too-large') throw new SubmissionError(reason, message);
  const entries = Object.entries(files);
  if (entries.length === 0) return undefined;
  const encoder = new TextEncoder();
  const taken = fromEntries(entries.map(([path, content]) => ({ path, bytes: encoder.encode(content) })));
  return { files: taken.files, notes: [...answerNotes(parsed), ...taken.notes] };
}
