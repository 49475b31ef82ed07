import { limits } from '../domain/limits.ts';
import { assemble, Intake, megabytes, type Submission } from './collect.ts';
import { quotePath } from './paths.ts';
import { SubmissionError } from './submission-error.ts';

const bad = (line: number, what: string): SubmissionError =>
  new SubmissionError(
    'bad-patch',
    `The patch cannot be read at line ${line}: ${what}. Make it with "git diff".`,
  );

/** Undoes the quoting of git for names outside ASCII: `"b/caf\303\251"`. */
function unquote(name: string, line: number): string {
  if (!name.startsWith('"')) return name;
  const escapes: Record<string, number> = { n: 10, t: 9, r: 13, a: 7, b: 8, f: 12, v: 11, '"': 34, '\\': 92 };
  const encoder = new TextEncoder();
  const bytes: number[] = [];
  for (const [part] of name.slice(1, name.lastIndexOf('"')).matchAll(/\\[0-7]{3}|\\.|[^\\]+/gs)) {
    if (!part.startsWith('\\')) bytes.push(...encoder.encode(part));
    else if (part.length === 4) bytes.push(parseInt(part.slice(1), 8) & 0xff);
    else {
      const code = escapes[part.slice(1)];
      if (code === undefined) throw bad(line, `unknown escape ${quotePath(part)} in a file name`);
      bytes.push(code);
    }
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

/** The path of a `---` or `+++` line, or undefined for /dev/null. A time after a tab is cut off. */
function headerPath(text: string, prefix: string, line: number): string | undefined {
  const name = unquote(text.split('\t', 1)[0]?.trimEnd() ?? '', line);
  if (name === '/dev/null') return undefined;
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}

/** The path of a `diff --git a/X b/X` line; undefined when the two names differ. */
function announcedPath(names: string, line: number): string | undefined {
  const half = names.slice((names.length + 1) / 2);
  const path = unquote(half, line);
  return names.length % 2 === 1 && path.startsWith('b/') && names.startsWith(half.replace('b/', 'a/'))
    ? path.slice(2)
    : undefined;
}

interface PatchedFile {
  text: string;
  /** True when the patch says that the file was not there before. */
  whole: boolean;
}

/** Walks the lines of a unified diff; hunks are read by their announced length, so content cannot pose as a header. */
class PatchReader {
  readonly files = new Map<string, PatchedFile>();
  readonly notes: string[] = [];
  readonly #lines: readonly string[];
  #at = 0;
  /** The path of the last `diff --git` line, until its content is read. */
  #announced: string | undefined;
  #isNew = false;

  constructor(text: string) {
    this.#lines = text.split('\n');
  }

  read(): void {
    for (let line = this.#next(); line !== undefined; line = this.#next()) {
      if (line.startsWith('diff --git ')) {
        this.#addEmpty();
        this.#announced = announcedPath(line.slice('diff --git '.length).trimEnd(), this.#at);
      }
      if (line.startsWith('new file mode ')) this.#isNew = true;
      const mode = /^(?:new file mode|new mode) (\d{6})/.exec(line)?.[1];
      if (mode !== undefined && !mode.startsWith('100')) {
        throw bad(
          this.#at,
          `it adds a ${mode === '120000' ? 'symbolic link' : 'thing that is no file'} (mode ${mode})`,
        );
      }
      if (/^(Binary files .+ differ|GIT binary patch)\r?$/.test(line)) {
        this.notes.push(`Left out the binary file ${quotePath(this.#announced ?? `at line ${this.#at}`)}.`);
        this.#forget();
      }
      if (line.startsWith('--- ') && this.#peek()?.startsWith('+++ ') === true) {
        this.#forget();
        this.#file(line);
      }
    }
    this.#addEmpty();
  }

  /** A new file without a `---` line is an empty one, such as `__init__.py`. */
  #addEmpty(): void {
    if (this.#isNew && this.#announced !== undefined) this.#add(this.#announced, { text: '', whole: true });
    this.#forget();
  }

  #forget(): void {
    this.#announced = undefined;
    this.#isNew = false;
  }

  #add(path: string, file: PatchedFile): void {
    if (this.files.has(path)) throw bad(this.#at, `it has ${quotePath(path)} twice`);
    this.files.set(path, file);
  }

  #next(): string | undefined {
    return this.#lines[this.#at++];
  }

  #peek(): string | undefined {
    return this.#lines[this.#at];
  }

  #file(first: string): void {
    const before = headerPath(first.slice(4), 'a/', this.#at);
    const after = headerPath((this.#next() ?? '').slice(4), 'b/', this.#at);
    let text = '';
    for (let hunk = this.#hunkHead(); hunk !== undefined; hunk = this.#hunkHead()) text += this.#hunk(hunk);
    if (after === undefined) {
      this.notes.push(`Left out ${quotePath(before ?? 'a file')}, which the patch removes.`);
      return;
    }
    this.#add(after, { text, whole: before === undefined });
  }

  #hunkHead(): { removed: number; added: number } | undefined {
    const found = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(this.#peek() ?? '');
    if (found === null) return undefined;
    this.#at++;
    return { removed: Number(found[1] ?? 1), added: Number(found[2] ?? 1) };
  }

  #hunk(counts: { removed: number; added: number }): string {
    let { removed, added } = counts;
    const text: string[] = [];
    let lastAdded = false;
    while (removed > 0 || added > 0) {
      const line = this.#next();
      if (line === undefined) throw bad(this.#at, 'it is cut off in the middle of a file');
      const mark = line[0];
      if (mark === '\\') {
        if (lastAdded) this.#dropNewline(text);
        continue;
      }
      lastAdded = mark === '+';
      if (mark === '+') added--;
      else if (mark === '-') removed--;
      else if (mark === ' ' || line === '' || line === '\r') {
        added--;
        removed--;
      } else throw bad(this.#at, `${quotePath(line.slice(0, 40))} is no line of a diff`);
      if (lastAdded) text.push(`${line.slice(1)}\n`);
    }
    if (removed < 0 || added < 0) throw bad(this.#at, 'a block has more lines than it announces');
    if (this.#peek()?.startsWith('\\') === true) {
      this.#at++;
      if (lastAdded) this.#dropNewline(text);
    }
    return text.join('');
  }

  #dropNewline(text: string[]): void {
    const last = text.pop();
    if (last !== undefined) text.push(last.slice(0, -1));
  }
}

/** True when text looks like a unified diff rather than like files. */
export function looksLikePatch(text: string): boolean {
  return /^(diff --git |--- .*\r?\n\+\+\+ )/m.test(text.slice(0, 20_000));
}

/**
 * Reads a unified diff whose added lines are the submission. Removed and binary files are left out with a note; of a
 * file that was there before, only the added lines are known, which a note says.
 * @throws SubmissionError `bad-patch`, `bad-path`, `too-large`, `too-many`, `empty`.
 */
export function fromPatch(text: string): Submission {
  if (text.length > limits.archiveBytes) {
    throw new SubmissionError('too-large', `The patch is larger than ${megabytes(limits.archiveBytes)}.`);
  }
  const reader = new PatchReader(text);
  reader.read();
  const intake = new Intake();
  const entries: [string, string][] = [];
  for (const [name, file] of reader.files) {
    const path = intake.admit(name);
    if (path === undefined) continue;
    intake.weigh(path, new TextEncoder().encode(file.text).length);
    if (!file.whole) {
      reader.notes.push(`${quotePath(path)} was there before the patch: only the lines it adds are known.`);
    }
    entries.push([path, file.text]);
  }
  return assemble(entries, [...reader.notes, ...intake.notes()], false);
}
