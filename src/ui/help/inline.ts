/** A piece of a line of the help. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

const marks = /`([^`]+)`|\[([^\]]+)\]\((#[\w/-]+|https:\/\/[^\s)]+)\)/g;

/** Splits a line of our own texts at `code` and [links](#help/levels). What looks like neither stays text. */
export function pieces(line: string): Piece[] {
  const list: Piece[] = [];
  let at = 0;
  for (const match of line.matchAll(marks)) {
    const [whole, code, label, href] = match;
    if (match.index > at) list.push({ kind: 'text', text: line.slice(at, match.index) });
    if (code !== undefined) list.push({ kind: 'code', text: code });
    else list.push({ kind: 'link', text: label ?? '', href: href ?? '' });
    at = match.index + whole.length;
  }
  if (at < line.length) list.push({ kind: 'text', text: line.slice(at) });
  return list;
}

/** The line as it is read, without marks. */
export const plain = (line: string): string =>
  pieces(line)
    .map(({ text }) => text)
    .join('');
