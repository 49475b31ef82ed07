import { asPath } from './path-words.ts';

/** A file as it stands in a list of files. */
export interface JsonFile {
  readonly path: string;
  content: string;
  closed: boolean;
}

export interface JsonSink {
  open(path: string): void;
  append(path: string, text: string): void;
  close(path: string): void;
}

const pathKeys = new Set(['path', 'file', 'filename', 'file_name', 'filepath', 'file_path', 'name', 'key']);
const contentKeys = new Set([
  'content',
  'contents',
  'code',
  'text',
  'source',
  'body',
  'file_text',
  'data',
  'value',
]);
const listKeys = new Set([
  'files',
  'file_map',
  'filemap',
  'contents',
  'code',
  'project',
  'output',
  'result',
  'submission',
  'tree',
]);
const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

interface Frame {
  readonly kind: 'object' | 'array';
  /** Keys of this object are paths, when they read as such. */
  readonly map: boolean;
  /** The key under which it stands in its parent. */
  readonly under: string;
  key: string | undefined;
  expects: 'key' | 'colon' | 'value' | 'comma';
  path: string | undefined;
  content: string[] | undefined;
  streamed: boolean;
}

/** Deeper than any list of files. */
const deepest = 64;

/**
 * Reads files from JSON as it comes: `{"files": {path: text}}`, `{path: text}`, lists of `{path, content}`, also as the
 * arguments of a call. Forgives line breaks in strings and commas too many; text that is cut off gives what was there.
 * Time is linear in the text.
 */
export class JsonFiles {
  readonly files: JsonFile[] = [];
  /** Not JSON after all. */
  failed = false;
  /** The outermost value has ended. */
  done = false;
  readonly #sink: JsonSink | undefined;
  readonly #stack: Frame[] = [];
  #string:
    { parts: string[]; role: 'key' | 'path' | 'content' | 'other'; file: JsonFile | undefined } | undefined;
  #escape: string | undefined;
  #literal = false;

  constructor(sink?: JsonSink) {
    this.#sink = sink;
  }

  /** @returns how many characters were read: fewer than all when the value ended or it is not JSON */
  feed(text: string): number {
    let at = 0;
    while (at < text.length && !this.failed && !this.done) {
      at = this.#string === undefined ? this.#structure(text, at) : this.#inString(text, at);
    }
    return at;
  }

  #structure(text: string, at: number): number {
    const c = text[at] ?? '';
    const frame = this.#stack.at(-1);
    if (/\s/.test(c)) this.#literal = false;
    else if (c === '"') this.#beginString(frame);
    else if (c === '{' || c === '[') this.#push(c, frame);
    else if (c === '}' || c === ']') this.#pop(c);
    else if (c === ',' && frame !== undefined) {
      frame.expects = frame.kind === 'object' ? 'key' : 'value';
      this.#literal = false;
    } else if (c === ':' && frame?.expects === 'colon') frame.expects = 'value';
    else if (/[-+.\w]/.test(c) && frame !== undefined && (frame.expects === 'value' || this.#literal)) {
      this.#literal = true;
      frame.expects = 'comma';
    } else if (/[-+.\w]/.test(c) && this.#literal) return at + 1;
    else this.failed = true;
    return at + 1;
  }

  #push(c: string, parent: Frame | undefined): void {
    if (parent !== undefined && parent.expects !== 'value') this.failed = true;
    if (this.#stack.length >= deepest) this.failed = true;
    const under = parent?.kind === 'object' ? (parent.key ?? '') : (parent?.under ?? '');
    const file = parent?.kind === 'object' && parent.map ? asPath(parent.key) : undefined;
    const object = c === '{';
    const map = parent === undefined || (parent.kind === 'object' && listKeys.has(under.toLowerCase()));
    this.#stack.push({
      kind: object ? 'object' : 'array',
      map: object && map,
      under,
      key: undefined,
      expects: object ? 'key' : 'value',
      path: object ? file : undefined,
      content: undefined,
      streamed: false,
    });
  }

  #pop(c: string): void {
    const frame = this.#stack.pop();
    if (frame === undefined || (frame.kind === 'object') !== (c === '}')) {
      this.failed = true;
      return;
    }
    this.#literal = false;
    if (frame.kind === 'object') this.#finishFile(frame);
    const parent = this.#stack.at(-1);
    if (parent === undefined) this.done = true;
    else {
      if (frame.kind === 'array' && frame.content !== undefined) this.#takeLines(parent, frame);
      parent.expects = 'comma';
    }
  }

  /** A text that is given line by line. */
  #takeLines(parent: Frame, lines: Frame): void {
    const key = (parent.key ?? '').toLowerCase();
    const text = `${(lines.content ?? []).map((line) => line.replace(/\n$/, '')).join('\n')}\n`;
    if (parent.kind !== 'object') return;
    if (contentKeys.has(key)) parent.content = [text];
    else {
      const path = parent.map ? asPath(parent.key) : undefined;
      if (path !== undefined) this.#whole(path, text);
    }
  }

  #finishFile({ path, content, streamed }: Frame): void {
    if (path === undefined || content === undefined || streamed) return;
    this.#whole(path, content.join(''));
  }

  #whole(path: string, content: string): void {
    this.files.push({ path, content, closed: true });
    this.#sink?.open(path);
    this.#sink?.append(path, content);
    this.#sink?.close(path);
  }

  #beginString(frame: Frame | undefined): void {
    if (frame === undefined || (frame.expects !== 'key' && frame.expects !== 'value')) {
      this.failed = true;
      return;
    }
    if (frame.kind === 'object' && frame.expects === 'key') {
      this.#string = { parts: [], role: 'key', file: undefined };
      return;
    }
    const key = (frame.kind === 'object' ? (frame.key ?? '') : frame.under).toLowerCase();
    const mapped = frame.kind === 'object' && frame.map ? asPath(frame.key) : undefined;
    let path: string | undefined;
    let role: 'path' | 'content' | 'other' = 'other';
    if (mapped !== undefined) {
      path = mapped;
      role = 'content';
    } else if (frame.kind === 'object' && contentKeys.has(key)) {
      path = frame.path;
      role = 'content';
      if (path !== undefined) frame.streamed = true;
    } else if (frame.kind === 'object' && pathKeys.has(key)) role = 'path';
    else if (frame.kind === 'array') role = 'content';
    const file = path === undefined ? undefined : { path, content: '', closed: false };
    if (file !== undefined) {
      this.files.push(file);
      this.#sink?.open(file.path);
    }
    this.#string = { parts: [], role, file };
  }

  #inString(text: string, from: number): number {
    const string = this.#string;
    if (string === undefined) return from;
    if (this.#escape !== undefined) return this.#readEscape(text, from, string.parts);
    let at = from;
    while (at < text.length && text[at] !== '"' && text[at] !== '\\') at++;
    if (at > from) string.parts.push(text.slice(from, at));
    if (at === text.length) {
      this.#stream();
      return at;
    }
    if (text[at] === '\\') this.#escape = '';
    else this.#endString();
    return at + 1;
  }

  /** An escape may come in pieces: `#escape` holds what was read behind the backslash. */
  #readEscape(text: string, at: number, parts: string[]): number {
    const read = (this.#escape ?? '') + (text[at] ?? '');
    if (read[0] !== 'u') {
      parts.push(escapes[read] ?? read);
      this.#escape = undefined;
    } else if (/^u[0-9a-fA-F]{4}$/.test(read)) {
      parts.push(String.fromCharCode(parseInt(read.slice(1), 16)));
      this.#escape = undefined;
    } else if (/^u[0-9a-fA-F]{0,3}$/.test(read)) this.#escape = read;
    else {
      parts.push(`\\${read}`);
      this.#escape = undefined;
    }
    return at + 1;
  }

  /** Hands on what was read of a file's text. */
  #stream(): void {
    const { file, parts } = this.#string ?? {};
    if (file === undefined || parts === undefined || parts.length === 0) return;
    const text = parts.splice(0).join('');
    file.content += text;
    this.#sink?.append(file.path, text);
  }

  #endString(): void {
    const frame = this.#stack.at(-1);
    const string = this.#string;
    if (string === undefined || frame === undefined) return;
    this.#stream();
    this.#string = undefined;
    if (string.role === 'key') {
      frame.key = string.parts.join('');
      frame.expects = 'colon';
      return;
    }
    frame.expects = 'comma';
    if (string.file !== undefined) {
      string.file.closed = true;
      this.#sink?.close(string.file.path);
    } else if (string.role === 'content') (frame.content ??= []).push(string.parts.join(''));
    else if (string.role === 'path') {
      const word = string.parts.join('');
      const exact = frame.key !== 'name' && frame.key !== 'key' && word !== '' && !/[\s]/.test(word);
      frame.path = exact ? word : (asPath(word) ?? frame.path);
    }
  }

  /** Ends the text: a file in whose middle it was cut off stays open. */
  end(): void {
    this.#stream();
    for (const frame of this.#stack.splice(0)) {
      if (frame.kind === 'object') this.#finishFile(frame);
    }
  }
}
