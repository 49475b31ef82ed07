import { limits } from '../../domain/limits.ts';
import {
  decodeText,
  fromPatch,
  fromSources,
  fromZip,
  SubmissionError,
  type Submission,
} from '../../share/submission.ts';
import { setupText } from '../english/setup.ts';
import { Draft } from './draft.svelte.ts';
import type { Import } from './sources.ts';

/**
 * Reads what was chosen. @param onFile - called with the number of files read so far, of a folder
 * @throws SubmissionError as the readers of src/share do; the signal's reason when it is stopped.
 */
export async function readImport(
  chosen: Import,
  signal: AbortSignal,
  onFile: (done: number, total: number) => void,
): Promise<Draft> {
  if (chosen.kind === 'folder') {
    let done = 0;
    const counted = chosen.sources.map((source) => ({
      ...source,
      read: () => {
        signal.throwIfAborted();
        onFile(++done, chosen.sources.length);
        return source.read();
      },
    }));
    const { files, notes } = await fromSources(counted, { stripTopFolder: true });
    return new Draft(files, { kind: 'folder', label: `folder ${chosen.name}` }, notes);
  }
  refuseLarge(chosen.name, chosen.size);
  const bytes = await chosen.read();
  const { files, notes } = chosen.kind === 'archive' ? fromZip(bytes) : readPatch(chosen.name, bytes);
  return new Draft(files, { kind: chosen.kind, label: `${chosen.kind} ${chosen.name}` }, notes);
}

function readPatch(name: string, bytes: Uint8Array): Submission {
  const text = decodeText(bytes);
  if (!/^(diff --git |\+\+\+ )/m.test(text))
    throw new SubmissionError('bad-patch', setupText.import.noDiff(name));
  return fromPatch(text);
}

function refuseLarge(name: string, size: number): void {
  if (size <= limits.archiveBytes) return;
  throw new SubmissionError(
    'too-large',
    `${name} is larger than ${limits.archiveBytes / 2 ** 20} MB. Leave out node_modules and what else is not source.`,
  );
}
