import {
  certainKeys,
  contentKeys,
  folderKeys,
  listKeys,
  recordKeys,
  roleOf,
  takesAway,
} from './json-words.ts';
import { asPath } from './path-words.ts';
import type { AnswerEvent } from './types.ts';

/** A file as it stands in a list of files. */
export interface JsonFile {
  readonly path: string;
  content: string;
  closed: boolean;
}

/** A text of a file that another takes the place of. */
export interface JsonEdit {
  readonly path: string;
  readonly old: string;
  readonly new: string;
}

export interface JsonSink {
  open(path: string): void;
  append(path: string, text: string): void;
  close(path: string): void;
}

const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

/** Tells of files as they come. */
export const sinkOf = (emit: (event: AnswerEvent) => void): JsonSink => ({
  open: (path) => emit({ type: 'open', path }),
  append: (path, text) => emit({ type: 'append', path, text }),
  close: (path) => emit({ type: 'close', path }),
});

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
  /** Path of the folder that this object stands for, with a slash at its end. */
  readonly folder: string;
  removes: boolean;
  /** It is a record of some other kind, whose name is no path. */
  record: boolean;
  old: string | undefined;
  new: string | undefined;
}

interface Text {
  parts: string[];
  readonly role: 'key' | 'path' | 'content' | 'action' | 'old' | 'new' | 'call' | 'other';
  /** The file that it is streamed to. */
  readonly file: JsonFile | undefined;
  /** The file that it may be, when its text says so. */
  readonly path: string | undefined;
  readonly end: string;
}

/** Deeper than any list of files. */
const deepest = 64;

/**
 * Reads files from JSON as it comes: `{"files": {path: text}}`, `{path: text}`, folders within each other, lists of
 * `{path, content}`, `{path, old_string, new_string}` and `{path, op: "delete"}`, also as the arguments of a call.
 * Forgives line breaks in strings, other quotes, comments, and commas too many; text that is cut off gives what was
 * there. Time is linear in the text.
 */
export class JsonFiles {
  readonly files: JsonFile[] = [];
  readonly edits: JsonEdit[] = [];
  /** Paths of files to take away. */
  readonly removals: string[] = [];
  /** Not JSON after all. */
  failed = false;
  /** The outermost value has ended. */
  done = false;
  readonly #sink: JsonSink | undefined;
  readonly #stack: Frame[] = [];
  #string: Text | undefined;
  #escape: string | undefined;
  #literal = false;
  #word = '';
  #comment: 'slash' | 'inside' | undefined;

  constructor(sink?: JsonSink) {
    this.#sink = sink;
  }

  /** Whether nothing was found. */
  get empty(): boolean {
    return this.files.length + this.edits.length + this.removals.length === 0;
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
    if (this.#comment !== undefined) this.#readComment(c);
    else if (c === '/' && frame !== undefined) this.#comment = 'slash';
    else if (/\s/.test(c)) this.#endLiteral(frame);
    else if (c === '"' || c === "'" || c === '`') this.#beginString(frame, c);
    else if (c === '{' || c === '[') this.#push(c, frame);
    else if (c === '}' || c === ']') this.#pop(c);
    else if (c === ',' && frame !== undefined) {
      this.#endLiteral(frame);
      frame.expects = frame.kind === 'object' ? 'key' : 'value';
    } else if (c === ':' && frame?.expects === 'colon') frame.expects = 'value';
    else if (/[-+.\w]/.test(c) && frame !== undefined && (frame.expects === 'value' || this.#literal)) {
      this.#word = this.#literal ? `${this.#word}${c}`.slice(0, 8) : c;
      this.#literal = true;
      frame.expects = 'comma';
    } else if (/[-+.\w]/.test(c) && this.#literal) return at + 1;
    else this.failed = true;
    return at + 1;
  }

  #readComment(c: string): void {
    if (this.#comment === 'inside') this.#comment = c === '\n' ? undefined : 'inside';
    else if (c === '/') this.#comment = 'inside';
    else this.failed = true;
  }

  /** A file that is `null` is to be taken away. */
  #endLiteral(frame: Frame | undefined): void {
    const path = frame?.map === true ? asPath(frame.key) : undefined;
    if (this.#literal && this.#word === 'null' && path !== undefined) this.removals.push(path);
    this.#literal = false;
  }

  #push(c: string, parent: Frame | undefined): void {
    if (parent !== undefined && parent.expects !== 'value') this.failed = true;
    if (this.#stack.length >= deepest) this.failed = true;
    const object = c === '{';
    const inObject = parent?.kind === 'object' ? parent : undefined;
    const under = inObject !== undefined ? (inObject.key ?? '') : (parent?.under ?? '');
    const file = inObject?.map === true ? asPath(inObject.key) : undefined;
    const listed = listKeys.has(under.toLowerCase()) || folderKeys.has(under.toLowerCase());
    const folder =
      inObject?.map === true && file === undefined && !listed && /^[\w.@()[\]-]{1,80}$/.test(under);
    this.#stack.push({
      kind: object ? 'object' : 'array',
      map: object && (parent === undefined || (inObject !== undefined && listed) || folder),
      under,
      key: undefined,
      expects: object ? 'key' : 'value',
      // What a file holds may stand an object deeper.
      path: object
        ? ((file && (inObject?.folder ?? '') + file) ?? (under === 'file' ? inObject?.path : undefined))
        : undefined,
      content: undefined,
      streamed: false,
      folder: listKeys.has(under.toLowerCase()) ? '' : (parent?.folder ?? '') + (folder ? `${under}/` : ''),
      removes: false,
      record: false,
      old: undefined,
      new: undefined,
    });
  }

  #pop(c: string): void {
    this.#endLiteral(this.#stack.at(-1));
    const frame = this.#stack.pop();
    if (frame === undefined || (frame.kind === 'object') !== (c === '}')) {
      this.failed = true;
      return;
    }
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
      if (path !== undefined) this.#whole(parent.folder + path, text);
    }
  }

  #finishFile(frame: Frame): void {
    const { content, streamed, removes, old } = frame;
    const path = frame.path ?? this.#stack.findLast((one) => one.path !== undefined)?.path;
    if (path === undefined) return;
    if (old !== undefined && frame.new !== undefined) this.edits.push({ path, old, new: frame.new });
    else if (frame.path === undefined || streamed) return;
    else if (content !== undefined) this.#whole(path, content.join(''));
    else if (removes) this.removals.push(path);
  }

  #whole(path: string, content: string): void {
    this.files.push({ path, content, closed: true });
    this.#sink?.open(path);
    this.#sink?.append(path, content);
    this.#sink?.close(path);
  }

  #beginString(frame: Frame | undefined, end: string): void {
    if (frame === undefined || (frame.expects !== 'key' && frame.expects !== 'value')) {
      this.failed = true;
      return;
    }
    const begin = (role: Text['role'], path?: string): void => {
      this.#string = { parts: [], role, file: undefined, path, end };
    };
    if (frame.kind === 'array') return begin('content');
    if (frame.expects === 'key') return begin('key');
    const mapped = frame.map ? asPath(frame.key) : undefined;
    // A name within folders is a file when its text has lines: dependencies have names like that as well.
    if (mapped !== undefined && frame.folder !== '') return begin('other', frame.folder + mapped);
    const certain = frame.map && certainKeys.has(frame.under.toLowerCase()) ? frame.key : undefined;
    const named = mapped ?? certain;
    const role = named === undefined ? (roleOf((frame.key ?? '').toLowerCase()) ?? 'other') : 'content';
    const path = role === 'content' ? (named ?? frame.path) : undefined;
    if (path === undefined) return begin(role);
    if (named === undefined) frame.streamed = true;
    const file = { path, content: '', closed: false };
    this.files.push(file);
    this.#sink?.open(path);
    this.#string = { parts: [], role, file, path: undefined, end };
  }

  #inString(text: string, from: number): number {
    const string = this.#string;
    if (string === undefined) return from;
    if (this.#escape !== undefined) return this.#readEscape(text, from, string.parts);
    let at = from;
    while (at < text.length && text[at] !== string.end && text[at] !== '\\') at++;
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
      frame.record ||= recordKeys.has(frame.key.toLowerCase());
      frame.expects = 'colon';
      return;
    }
    frame.expects = 'comma';
    if (string.file !== undefined) {
      string.file.closed = true;
      this.#sink?.close(string.file.path);
      return;
    }
    const word = string.parts.join('');
    if (string.path !== undefined && word.includes('\n')) this.#whole(string.path, word);
    else if (string.role === 'content') (frame.content ??= []).push(word);
    else if (string.role === 'old' || string.role === 'new') frame[string.role] = word;
    else if (string.role === 'action') frame.removes ||= takesAway(word);
    else if (string.role === 'call' && word.startsWith('{')) this.#takeCall(word);
    else if (string.role === 'path') {
      const loose = frame.key === 'name' || frame.key === 'key';
      const exact = !loose && word !== '' && !/\s/.test(word);
      if (!loose || !frame.record) frame.path = exact ? word : (asPath(word) ?? frame.path);
    }
  }

  /** What a call is given, as JSON within a text. */
  #takeCall(text: string): void {
    const inner = new JsonFiles();
    inner.feed(text);
    if (!inner.done) return;
    for (const { path, content } of inner.files) this.#whole(path, content);
    for (const edit of inner.edits) this.edits.push(edit);
    for (const path of inner.removals) this.removals.push(path);
  }

  /** Ends the text: a file in whose middle it was cut off stays open. */
  end(): void {
    this.#stream();
    for (const frame of this.#stack.splice(0)) {
      if (frame.kind === 'object') this.#finishFile(frame);
    }
  }
}
