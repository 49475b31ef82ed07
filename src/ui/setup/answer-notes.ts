import type { ParsedAnswer } from '../../generate/answers/index.ts';
import { setupText } from '../english/setup.ts';

/** More than anybody reads: an answer can be made of blocks without names. */
const most = 20;

/** What a person should know of an answer that became files: what is not in them, what is not whole, what was decided. */
export function answerNotes(parsed: ParsedAnswer): string[] {
  const said = setupText.paste;
  const { unplaced, incomplete, truncated, notes, commands } = parsed;
  const all = [
    ...unplaced.map(({ line, message }) => (line > 0 ? said.leftOut(line, message) : message)),
    ...incomplete.map(({ path, line, remark }) => said.incomplete(path, line, remark)),
    ...(truncated === undefined ? [] : [said.truncated(truncated.path)]),
    ...notes,
    ...(commands.length === 0 ? [] : [said.commands(commands.slice(0, most).join('; '))]),
  ];
  return all.length <= most ? all : [...all.slice(0, most), said.more(all.length - most)];
}
