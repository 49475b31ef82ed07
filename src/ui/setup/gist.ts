import * as v from 'valibot';
import { fromEntries, SubmissionError, type Submission } from '../../share/submission.ts';
import { setupText } from '../english/setup.ts';

/** What GitHub's API says of a gist (docs.github.com, REST API, gists); the rest of it is not looked at. */
const gist = v.object({
  files: v.record(v.string(), v.object({ content: v.string(), truncated: v.optional(v.boolean()) })),
});

/**
 * The files of a gist, as GitHub's API gives them; undefined when the text is nothing of the kind.
 * @throws SubmissionError as `fromEntries`, and for a gist too large to be given whole
 */
export function filesOfGist(text: string): Submission | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  const read = v.safeParse(gist, parsed(text));
  if (!read.success) return undefined;
  const files = Object.entries(read.output.files);
  const cut = files.find(([, { truncated }]) => truncated === true);
  if (cut !== undefined) throw new SubmissionError('too-large', setupText.link.cutGist(cut[0]));
  const encoder = new TextEncoder();
  return fromEntries(files.map(([path, { content }]) => ({ path, bytes: encoder.encode(content) })));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
