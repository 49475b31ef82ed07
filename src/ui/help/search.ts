import type { HelpBlock, HelpSection } from '../english/help.ts';
import { plain } from './inline.ts';

/** The sections that hold every word of the query, in any order and any case; all of them for an empty query. */
export function searchHelp(sections: readonly HelpSection[], query: string): readonly HelpSection[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return sections.filter((section) => {
    const text = [section.title, ...section.blocks.flatMap(lines)].map(plain).join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function lines(block: HelpBlock): readonly string[] {
  if (typeof block === 'string') return [block];
  if ('list' in block) return block.list;
  if ('steps' in block) return block.steps;
  if ('heading' in block) return [block.heading];
  return [block.caption, ...block.head, ...block.rows.flat()];
}
