import type { FileMap } from '../engines/engine.ts';
import { cleanPath } from './paths.ts';

/** Files as a run record keeps them: text as it is, binary content in base64. */
export type JsonFiles = Record<string, string | { base64: string }>;

/** `String.fromCharCode` takes its bytes as arguments, of which engines allow only so many. */
const chunkBytes = 0x8000;

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    binary += String.fromCharCode(...bytes.subarray(at, at + chunkBytes));
  }
  return btoa(binary);
}

export function fileMapToJson(files: FileMap): JsonFiles {
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content === 'string' ? content : { base64: toBase64(content) },
    ]),
  );
}

/**
 * @throws SubmissionError `bad-path` when a path is not one that a submission may hold.
 * @throws DOMException InvalidCharacterError when binary content is not base64.
 */
export function fileMapFromJson(files: JsonFiles): FileMap {
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => [
      cleanPath(path),
      typeof content === 'string'
        ? content
        : Uint8Array.from(atob(content.base64), (character) => character.charCodeAt(0)),
    ]),
  );
}
