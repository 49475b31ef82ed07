import { asPath, captionLength } from './path-words.ts';

/** A tag that holds, begins to name, or takes away a file. */
export interface Tag {
  readonly name: string;
  /** What it is for: its name, or what `name="..."` says when it is a parameter of a call. */
  readonly role: string;
  readonly path: string | undefined;
  readonly rest: string;
  readonly selfClosed: boolean;
  readonly action: 'write' | 'remove' | 'rename';
  /** Where a file goes that is renamed. */
  readonly to: string | undefined;
}

/** The tag itself is at the start of its line; what follows it may be of any length. */
const longestTag = 8_000;

const htmlTags =
  /^(a|img|script|link|source|iframe|input|form|meta|html|head|body|div|span|p|ul|ol|li|table|tr|td|th|br|hr|details|summary|kbd|sub|sup|button|label|select|option|video|audio)$/i;
const pathAttributes =
  /^(path|name|file|filename|file_?path|target_?file|relative_?path|src|target|title|identifier)$/i;
/** What is written here is a path, even when it does not read like one: it is taken, or refused with a reason. */
const certainAttributes = /^(path|filename|file_?path|target_?file|relative_?path)$/i;
const fileTags = /file|artifact|action|document|content|code|write|create/i;
const parameters = /^(parameter|param|arg|argument|field|property)$/i;
const attribute = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>=]+))/g;

/** Reads a line as `<file path="...">` or the like. */
export function readTag(line: string): Tag | undefined {
  const start = line.search(/\S/);
  if (start === -1 || line[start] !== '<') return undefined;
  const found =
    /^\s*<([A-Za-z][\w:.-]*(?:\/[\w:.-]+)*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>=]+))*)\s*(\/?)>/.exec(
      line.slice(0, longestTag),
    );
  const [whole = '', name = '', attributes = '', slash = ''] = found ?? [];
  if (found === null || htmlTags.test(name)) return undefined;
  const given = new Map<string, string>();
  for (const [, key = '', double, single, bare] of attributes.matchAll(attribute))
    given.set(key.toLowerCase(), (double ?? single ?? bare ?? '').trim());
  const action = actionOf(name, given);
  const role = parameters.test(name) ? (given.get('name') ?? name) : name;
  return {
    name,
    role,
    path: (action === 'rename' ? given.get('from') : undefined) ?? pathIn(name, given) ?? nameAsPath(name),
    rest: line.slice(whole.length),
    selfClosed: slash !== '',
    action,
    to: given.get('to') ?? given.get('new_path'),
  };
}

function pathIn(name: string, given: ReadonlyMap<string, string>): string | undefined {
  for (const [key, value] of given) {
    if (!pathAttributes.test(key)) continue;
    const plain = value !== '' && (!/\s/.test(value) || /\.\w{1,10}$/.test(value));
    const path = certainAttributes.test(key) && (plain || fileTags.test(name)) ? value : asPath(value);
    if (path !== undefined) return path;
  }
  return undefined;
}

/** `<src/app.js>` and `<file:src/app.js>`. */
const nameAsPath = (name: string): string | undefined =>
  /[/:]/.test(name) ? asPath(name.replace(/^file:/i, '')) : undefined;

function actionOf(name: string, given: ReadonlyMap<string, string>): Tag['action'] {
  const words = ['action', 'op', 'operation', 'type', 'status', 'change'].map((key) => given.get(key) ?? '');
  if (
    /(^|[-_:])(delete|remove)([-_:]|$)/i.test(name) ||
    words.some((word) => /^(deleted?|removed?)$/i.test(word))
  )
    return 'remove';
  const renames =
    /(^|[-_:])(rename|move)([-_:]|$)/i.test(name) || words.some((word) => /^(renamed?|moved?)$/i.test(word));
  return renames && (given.has('to') || given.has('new_path')) ? 'rename' : 'write';
}

const pathTags = /^(path|file_?path|file_?name|name|source|target_?file|relative_?path|file)$/i;

/** The path in `<path>src/app.js</path>`. */
export function readPathTag(line: string): string | undefined {
  if (line.length > captionLength) return undefined;
  const tag = readTag(line) ?? sourceTag(line);
  if (tag === undefined || !pathTags.test(tag.role)) return undefined;
  const end = tag.rest.indexOf(`</${tag.name}>`);
  if (end === -1 || tag.rest.slice(end + tag.name.length + 3).trim() !== '') return undefined;
  const path = tag.rest.slice(0, end).trim();
  return path === '' || /[\s<>]/.test(path) ? undefined : path;
}

/** `<source>` is of HTML, where it holds no text. */
function sourceTag(line: string): Pick<Tag, 'name' | 'role' | 'rest'> | undefined {
  const [whole, name] = /^\s*<(source)>/i.exec(line) ?? [];
  return whole === undefined || name === undefined
    ? undefined
    : { name, role: name, rest: line.slice(whole.length) };
}

/** Tags whose text is the content of the file that was named before. */
export const contentTag =
  /^(content|contents|code|file_?content|file_?contents|file_?text|new_?content|code_?edit|document_content|diff|patch|body|text)$/i;

/** Tags around the files of an answer. */
const wrapperTag =
  /^(files|documents?|file|boltArtifact|antArtifact|artifacts?|answer|output|response|result|write_to_file|create_file|function_calls|invoke|changes|code_?changes)$/i;

/** Where a tag's end stands in a line of its content: at the line's end, or before another tag; -1 when it does not. */
export function endOfTag(line: string, name: string): number {
  const close = `</${name}>`;
  let last = -1;
  let opens = line.indexOf(`<${name}`);
  for (let at = line.indexOf(close); at !== -1; at = line.indexOf(close, at + 1)) {
    if (opens !== -1 && opens < at) {
      // A tag of that name within the text.
      opens = line.indexOf(`<${name}`, at);
      continue;
    }
    const after = line.slice(at + close.length, at + close.length + name.length + 40).trimStart();
    if (after === '' || after.startsWith(`<${name} `)) return at;
    if (after.startsWith('</')) last = at;
    else if (line.slice(0, at).trim() === '') return at;
  }
  return last;
}

/** The tag of the next file in a line of one that was not closed; a text in Markdown may show such tags. */
export function reopens(
  line: string,
  name: string,
  path: string | undefined,
): (Tag & { readonly path: string }) | undefined {
  const tag = line.includes(`<${name} `) && !/\.mdx?$/i.test(path ?? '') ? readTag(line) : undefined;
  return tag?.name === name && tag.path !== undefined ? { ...tag, path: tag.path } : undefined;
}

const oldTags = /^(old|old_?str|old_?string|old_?text|old_?code|search|find|original)$/i;
const newTags = /^(new|new_?str|new_?string|new_?text|new_?code|replace|replacement|updated)$/i;

/** Whether a line begins an old text that a new one replaces: `<old_str>`. */
export const opensOld = (line: string): boolean => oldTags.test(readTag(line)?.role ?? '');

/** Whether a line ends the new text of a replacement: `</new_str>`, or the end of a parameter with that name. */
export const closesNew = (line: string, opened: string | undefined): boolean => {
  const name = /<\/([\w:.-]+)>\s*$/.exec(line.slice(-100))?.[1];
  return name !== undefined && (newTags.test(name) || (name === opened && parameters.test(name)));
};

/** The name of the tag that a line opens for a new text. */
export function opensNew(line: string): string | undefined {
  const tag = readTag(line);
  return tag !== undefined && newTags.test(tag.role) ? tag.name : undefined;
}

/** Reads pairs of `<old_str>` and `<new_str>`; undefined when the text does not begin with one. */
export function readReplacements(
  lines: readonly string[],
): { pairs: { old: string; new: string; at: number }[]; complete: boolean } | undefined {
  const first = lines.find((line) => line.trim() !== '');
  if (first === undefined || !opensOld(first)) return undefined;
  const pairs: { old: string; new: string; at: number }[] = [];
  let old: { text: string; at: number } | undefined;
  let open: { name: string; side: 'old' | 'new'; at: number; text: string[] } | undefined;
  lines.forEach((line, at) => {
    let text = line;
    if (open === undefined) {
      const tag = readTag(line);
      const side = oldTags.test(tag?.role ?? '') ? 'old' : newTags.test(tag?.role ?? '') ? 'new' : undefined;
      if (tag === undefined || side === undefined) return;
      open = { name: tag.name, side, at, text: [] };
      text = tag.rest;
    }
    const end = text.trimEnd().endsWith(`</${open.name}>`) ? text.lastIndexOf(`</${open.name}>`) : -1;
    open.text.push(end === -1 ? text : text.slice(0, end));
    if (end === -1) return;
    const whole = open.text.join('\n').replace(/^\n|\n[ \t]*$/g, '');
    if (open.side === 'old') old = { text: whole, at: open.at };
    else if (old !== undefined) {
      pairs.push({ old: old.text, new: whole, at: old.at });
      old = undefined;
    }
    open = undefined;
  });
  return pairs.length === 0 ? undefined : { pairs, complete: open === undefined && old === undefined };
}

/** Whether a line is no more than the opening of a tag around a file or its text, or the tag with its path. */
export function namesOrHolds(line: string): boolean {
  if (readPathTag(line) !== undefined) return true;
  const tag = readTag(line);
  const opens = tag !== undefined && tag.rest.trim() === '';
  return opens && (tag.path !== undefined || contentTag.test(tag.role) || wrapperTag.test(tag.name));
}

/** Whether a fence that nothing names stands around the tags of files. @param next - its first line */
export function opensFiles(next: string | undefined, language: string): boolean {
  if (next === undefined || !/^(xml|html|text|txt|plaintext|)$/.test(language)) return false;
  const tag = readTag(next);
  return (
    tag !== undefined && (tag.path !== undefined || (wrapperTag.test(tag.name) && tag.rest.trim() === ''))
  );
}
