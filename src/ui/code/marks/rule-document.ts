/** The documents of the rules, as far as they use Markdown: headings, paragraphs, lists, tables, indented code. */

export type Block =
  | { readonly kind: 'heading' | 'paragraph' | 'code'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

/** The blocks of a document, without its title. */
export function readBlocks(markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  // Code may hold empty lines: a piece that is indented belongs to the code before it.
  for (const piece of markdown.split(/\n{2,}/)) {
    const text = piece.replace(/\s+$/, '');
    if (text === '' || text.startsWith('# ')) continue;
    const last = blocks.at(-1);
    if (text.startsWith('    ')) {
      const code = text.replace(/^ {4}/gm, '');
      if (last?.kind === 'code')
        blocks[blocks.length - 1] = { kind: 'code', text: `${last.text}\n\n${code}` };
      else blocks.push({ kind: 'code', text: code });
    } else if (text.startsWith('#')) blocks.push({ kind: 'heading', text: text.replace(/^#+ /, '') });
    else if (/^(- |\d+\. )/.test(text)) {
      const items = text
        .split(/\n(?=- |\d+\. )/)
        .map((item) => item.replace(/^- |\n\s*/g, (it) => (it === '- ' ? '' : ' ')));
      blocks.push({ kind: 'list', items });
    } else if (text.startsWith('|')) blocks.push(tableOf(text));
    else blocks.push({ kind: 'paragraph', text: text.replaceAll('\n', ' ') });
  }
  return blocks;
}

/** Text in its parts, code and not; of links the words remain. */
export function readSpans(text: string): readonly { readonly code: boolean; readonly text: string }[] {
  return text
    .replace(/\[([^\]]+)\]\([^)]+\)/g, '$1')
    .replaceAll('**', '')
    .split('`')
    .map((part, index) => ({ code: index % 2 === 1, text: part }))
    .filter((span) => span.text !== '');
}

function tableOf(text: string): Block {
  const [head = [], , ...rows] = text.split('\n').map((line) =>
    line
      .replace(/^\||\|$/g, '')
      .split('|')
      .map((cell) => cell.trim()),
  );
  return { kind: 'table', head, rows };
}
