import { asPath } from './path-words.ts';

export interface ShellFile {
  readonly path: string;
  readonly content: string;
  /** 0-based line of the block. */
  readonly at: number;
  readonly append: boolean;
  /** False when the text ended before the document did. */
  readonly closed: boolean;
  /** The shell would have put values in: what stands here is the text as it is written. */
  readonly expands: boolean;
}

/**
 * Files that a shell script would write with `cat > file <<EOF`, `tee`, or `touch`; all other lines are commands. Nothing
 * is run.
 */
export function readShell(lines: readonly string[]): { files: ShellFile[]; commands: string[] } {
  const files: ShellFile[] = [];
  const commands: string[] = [];
  let folder = '';
  for (let at = 0; at < lines.length; at++) {
    const line = (lines[at] ?? '').replace(/^\s*\$\s+/, '').trim();
    if (line === '' || line.length > 2_000) continue;
    const document = readDocument(line);
    if (document !== undefined) {
      const start = at;
      const body: string[] = [];
      for (at++; at < lines.length && ends(lines[at] ?? '', document) === false; at++)
        body.push(lines[at] ?? '');
      const raw = document.tabs ? body.map((one) => one.replace(/^\t+/, '')) : body;
      const content = raw
        .map((one) => `${document.quoted ? one : one.replace(/\\([$`\\])/g, '$1')}\n`)
        .join('');
      files.push({
        path: joined(folder, document.path),
        content,
        at: start,
        append: document.append,
        closed: at < lines.length,
        expands: !document.quoted && raw.some((one) => /(^|[^\\])(\$[A-Za-z{(]|`)/.test(one)),
      });
      folder = folderAfter(folder, document.before);
      continue;
    }
    if (line.startsWith('#')) continue;
    commands.push(line);
    for (const [, names = ''] of line.matchAll(/(?:^|&&|;)\s*touch\s+([^&;|]+)/g)) {
      for (const name of names.trim().split(/\s+/)) {
        const path = asPath(name.replace(/^["']|["']$/g, ''));
        if (path !== undefined)
          files.push({
            path: joined(folder, path),
            content: '',
            at,
            append: true,
            closed: true,
            expands: false,
          });
      }
    }
    folder = folderAfter(folder, line);
  }
  return { files, commands };
}

/** The delimiter of a here-document that a line opens for a file, `cat > file <<EOF`; undefined when it opens none. */
export function opensDocument(line: string): { ends: (line: string) => boolean } | undefined {
  if (line.length > 300 || !/^\s*(?:\$\s+)?(?:sudo\s+)?(?:cat|tee)\b.*<</.test(line)) return undefined;
  const document = readDocument(line.replace(/^\s*\$\s+/, '').trim());
  return document && { ends: (one) => ends(one, document) };
}

interface Document {
  readonly path: string;
  readonly delimiter: string;
  readonly quoted: boolean;
  readonly tabs: boolean;
  readonly append: boolean;
  readonly before: string;
}

function readDocument(line: string): Document | undefined {
  const [, dash, quote, delimiter = ''] =
    /<<(-?)\s*(["'\\]?)([A-Za-z_][\w.-]*)\2/.exec(line.replace(/\\(?=[A-Za-z])/, "'")) ?? [];
  if (delimiter === '') return undefined;
  const call = /(^|.*(?:&&|;)\s*)(?:sudo\s+)?(cat|tee)\b(.*)$/.exec(line);
  if (call === null) return undefined;
  const [, before = '', command, rest = ''] = call;
  const redirect = /(>>?)\s*("[^"]+"|'[^']+'|[^\s<>|&;]+)/.exec(rest.replace(/<<-?\s*\S+/, ''));
  const teed = command === 'tee' ? rest.replace(/<<.*$/, '').trim().split(/\s+/) : [];
  const name =
    command === 'tee'
      ? teed.find((word) => word !== '' && !word.startsWith('-') && !word.startsWith('>'))
      : redirect?.[2];
  if (name === undefined) return undefined;
  return {
    path: name.replace(/^["']|["']$/g, ''),
    delimiter,
    quoted: quote !== '' || line.includes(`\\${delimiter}`),
    tabs: dash === '-',
    append: redirect?.[1] === '>>' || teed.includes('-a'),
    before,
  };
}

function ends(line: string, { delimiter, tabs }: Document): boolean {
  return (tabs ? line.replace(/^\t+/, '') : line).trimEnd() === delimiter;
}

const joined = (folder: string, path: string): string =>
  folder === '' || path.startsWith('/') ? path : `${folder}/${path}`;

/** The folder after the `cd` commands of a line; a folder outside is as good as none. */
function folderAfter(folder: string, line: string): string {
  let now = folder;
  for (const [, target = ''] of line.matchAll(/(?:^|&&|;)\s*cd\s+["']?([^\s"'&;]+)/g)) {
    if (target === '..') now = now.split('/').slice(0, -1).join('/');
    else if (/^[\w.-]+(\/[\w.-]+)*\/?$/.test(target) && target !== '.')
      now = joined(now, target.replace(/\/$/, ''));
  }
  return now;
}
