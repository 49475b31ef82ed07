/** The small part of Markdown that the rules of this project are written in. */

/** A piece of running text. */
export interface Words {
  readonly kind: 'plain' | 'code' | 'strong' | 'emphasis';
  readonly text: string;
}

export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly words: readonly Words[] }
  | { readonly kind: 'paragraph'; readonly words: readonly Words[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Words[])[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'table'; readonly rows: readonly (readonly (readonly Words[])[])[] };

/** Headings, paragraphs, lists, indented and fenced code, tables; emphasis and code in running text. */
export function readMarkdown(source: string): Block[] {
  const lines = source.split('\n');
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? '';
    const take = (fits: (line: string) => boolean): string[] => {
      const from = at;
      while (at < lines.length && fits(lines[at] ?? '')) at++;
      return lines.slice(from, at);
    };
    const heading = /^(#{1,6}) (.*)$/.exec(line);
    if (line.trim() === '') at++;
    else if (heading !== null) {
      blocks.push({ kind: 'heading', level: heading[1]?.length ?? 1, words: readWords(heading[2] ?? '') });
      at++;
    } else if (line.startsWith('```')) {
      at++;
      blocks.push({ kind: 'code', text: take((one) => !one.startsWith('```')).join('\n') });
      at++;
    } else if (line.startsWith('    ')) {
      const code = take((one) => one.startsWith('    ') || one.trim() === '');
      blocks.push({
        kind: 'code',
        text: code
          .map((one) => one.slice(4))
          .join('\n')
          .trimEnd(),
      });
    } else if (line.startsWith('|')) {
      const rows = take((one) => one.startsWith('|')).filter((one) => !/^\|[\s|:-]+\|?$/.test(one));
      blocks.push({ kind: 'table', rows: rows.map((row) => cells(row).map(readWords)) });
    } else if (item.test(line)) {
      const list = take((one) => item.test(one) || /^\s+\S/.test(one));
      blocks.push({ kind: 'list', ordered: /^\d/.test(line), items: items(list).map(readWords) });
    } else {
      const words = take((one) => one.trim() !== '' && !item.test(one) && !/^(#{1,6} |\||```)/.test(one));
      blocks.push({ kind: 'paragraph', words: readWords(words.join(' ')) });
    }
  }
  return blocks;
}

const item = /^(?:[-*]|\d+\.) /;

/** Lines of an item that go on are indented. */
function items(lines: readonly string[]): string[] {
  const all: string[] = [];
  for (const line of lines) {
    if (item.test(line)) all.push(line.replace(item, ''));
    else all.push(`${all.pop() ?? ''} ${line.trim()}`);
  }
  return all;
}

/** A cell may hold `\|`. */
const cells = (row: string): string[] =>
  row
    .replace(/^\|/, '')
    .replace(/\|\s*$/, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.replaceAll('\\|', '|').trim());

const marked = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|\[([^\]]+)\]\([^)]*\)/g;

function readWords(text: string): Words[] {
  const words: Words[] = [];
  let last = 0;
  for (const match of text.matchAll(marked)) {
    if (match.index > last) words.push({ kind: 'plain', text: text.slice(last, match.index) });
    const [whole, code, strong, emphasis, link] = match;
    if (code !== undefined) words.push({ kind: 'code', text: code });
    else if (strong !== undefined) words.push({ kind: 'strong', text: strong });
    else if (emphasis !== undefined) words.push({ kind: 'emphasis', text: emphasis });
    else words.push({ kind: 'plain', text: link ?? '' });
    last = match.index + whole.length;
  }
  if (last < text.length) words.push({ kind: 'plain', text: text.slice(last) });
  return words;
}
