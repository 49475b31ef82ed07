import { limits } from '../domain/limits.ts';
import { SubmissionError } from './submission-error.ts';

/** Folders that are made by tools and made again by the install; they are left out of a submission. */
const skippedFolders = new Set(['node_modules', '.git', '__pycache__', '.venv', '__MACOSX']);
const skippedFiles = new Set(['.DS_Store']);

/** Names that mean a device on Windows, with or without an extension. */
const deviceName = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;

/** Linux's limit for one name, in bytes of UTF-8. */
const nameBytes = 255;

const utf8Length = (text: string): number => new TextEncoder().encode(text).length;

/** A path for an error message: short, with invisible characters as escapes. */
export function quotePath(path: string): string {
  const short = path.length > 120 ? `${path.slice(0, 120)}…` : path;
  const visible = short.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
  return `"${visible}"`;
}

function fault(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (/[\p{Cc}\p{Cs}]/u.test(path)) return 'holds a control character';
  if (path.includes('\\')) return 'holds a backslash; separate folders with "/"';
  if (path.startsWith('/')) return 'is absolute; paths are relative to the top of the submission';
  if (/^[A-Za-z]:/.test(path))
    return 'starts with a drive letter; paths are relative to the top of the submission';
  if (utf8Length(path) > limits.pathLength) return `is longer than ${limits.pathLength} bytes`;
  const names = path.split('/');
  if (names.length > limits.pathDepth) return `is deeper than ${limits.pathDepth} folders`;
  for (const name of names) {
    if (name === '') return 'has an empty part';
    if (name === '..') return 'leads out of the submission with ".."';
    if (utf8Length(name) > nameBytes) return `has a name longer than ${nameBytes} bytes`;
    if (name === '__proto__' || deviceName.test(name)) return `uses the reserved name "${name.slice(0, 20)}"`;
  }
  return undefined;
}

/**
 * The path in the one form used from here on: relative, `/`-separated, without `.` parts.
 * @throws SubmissionError `bad-path` for everything that could point elsewhere or cannot be a file name.
 */
export function cleanPath(path: string): string {
  const clean = path
    .split('/')
    .filter((name) => name !== '.')
    .join('/');
  const reason = fault(clean);
  if (reason !== undefined) {
    throw new SubmissionError(
      'bad-path',
      `The path ${quotePath(path)} ${reason}. Rename the file and try again.`,
    );
  }
  return clean;
}

/** The folder or file name for which a path is left out, or undefined when it is kept. */
export function skippedPart(path: string): string | undefined {
  const names = path.split('/');
  const folder = names.slice(0, -1).find((name) => skippedFolders.has(name));
  if (folder !== undefined) return `${folder}/`;
  const last = names.at(-1) ?? '';
  return skippedFiles.has(last) ? last : undefined;
}

/** The folder that holds every path, or undefined. A file at the top means there is none. */
export function commonTopFolder(paths: readonly string[]): string | undefined {
  const first = paths[0];
  if (first === undefined || !first.includes('/')) return undefined;
  const top = first.slice(0, first.indexOf('/') + 1);
  return paths.every((path) => path.startsWith(top)) ? top.slice(0, -1) : undefined;
}

/**
 * Refuses names that would fall together: twice the same, the same but for case, a file that is also a folder.
 * @throws SubmissionError `duplicate`.
 */
export function refuseDuplicates(paths: readonly string[]): void {
  const files = new Map<string, string>();
  for (const path of paths) {
    const folded = path.toLowerCase();
    const other = files.get(folded);
    if (other !== undefined) {
      const how = other === path ? 'is there twice' : `differs from ${quotePath(other)} only by case`;
      throw new SubmissionError('duplicate', `The file ${quotePath(path)} ${how}. Keep one of them.`);
    }
    files.set(folded, path);
  }
  for (const path of paths) {
    const names = path.toLowerCase().split('/');
    for (let depth = 1; depth < names.length; depth++) {
      const file = files.get(names.slice(0, depth).join('/'));
      if (file === undefined) continue;
      throw new SubmissionError(
        'duplicate',
        `${quotePath(file)} is both a file and the folder of ${quotePath(path)}. Rename one of them.`,
      );
    }
  }
}
