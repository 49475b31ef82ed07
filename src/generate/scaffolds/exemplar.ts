import type { FileMap } from '../../engines/engine.ts';
import { numberOf } from './options.ts';
import { GenerationFault, type Scaffold } from './types.ts';
import { answerFormat } from './words.ts';

/** Files of another server of the same API stand before the prompt. */
export const withExemplar: Scaffold = {
  id: 'exemplar',
  name: 'With an example',
  explain:
    'Before the prompt stand the files of a server that does the same API: a reference of another framework, or files of your own.',
  options: [
    { kind: 'number', id: 'kilobytes', label: 'Most of the example, in KB', value: 60, min: 5, max: 400 },
  ],
  needs: ['exemplar'],
  async run({ task, promptFor, talk, exemplar, options, step }) {
    if (exemplar === undefined)
      throw new GenerationFault('stopped', 'There is no example: choose a reference or files of your own.');
    const { text, left } = showFiles(exemplar.files, numberOf(options, 'kilobytes') * 1024);
    if (left.length > 0)
      step({ kind: 'note', text: `Left out of the example, for its size: ${left.join(', ')}.` });
    const conversation = talk();
    const intro = `Here is a working server for the API below, written for other requirements (${exemplar.label}). Use it as an
example of what the answers look like, not of the structure: the requirements below are what counts.`;
    conversation.add({
      role: 'user',
      text: `${intro}\n\n${text}\n\n${promptFor(task).text}\n\n${answerFormat}`,
    });
    const { files } = await conversation.askFiles('write', {});
    return { files };
  },
};

/**
 * Files as they stand in a prompt: fenced, with their paths; binary files and those beyond the size are left out.
 * @param most - characters
 */
export function showFiles(files: FileMap, most: number): { text: string; left: string[] } {
  const left: string[] = [];
  const blocks: string[] = [];
  let room = most;
  // Small files first, so that one large file does not keep out all others.
  const sorted = Object.entries(files).sort(([, a], [, b]) => a.length - b.length);
  const kept = new Set<string>();
  for (const [path, content] of sorted) {
    if (
      typeof content !== 'string' ||
      content.length > room ||
      /(^|\/)(package-lock\.json|yarn\.lock)$/.test(path)
    )
      left.push(path);
    else {
      room -= content.length;
      kept.add(path);
    }
  }
  for (const [path, content] of Object.entries(files)) {
    if (!kept.has(path) || typeof content !== 'string') continue;
    const runs = content.match(/^\s*`{3,}/gm) ?? [];
    const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.trim().length + 1)));
    blocks.push(
      `${fence} ${path}\n${content}${content.endsWith('\n') || content === '' ? '' : '\n'}${fence}`,
    );
  }
  return { text: blocks.join('\n\n'), left };
}
