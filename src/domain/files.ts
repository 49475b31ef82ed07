import type { RunRecord } from './run.ts';

type RecordedFiles = RunRecord['files'];

/** Files as a run record holds them: text as it is, content that is not UTF-8 as base64. */
export function recordFiles(files: Record<string, string | Uint8Array>): RecordedFiles {
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content === 'string' ? content : recordBytes(content),
    ]),
  );
}

/** The files that a run record holds; the inverse of `recordFiles`. */
export function restoreFiles(files: RecordedFiles): Record<string, string | Uint8Array> {
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content === 'string' ? content : Uint8Array.from(atob(content.base64), (c) => c.charCodeAt(0)),
    ]),
  );
}

/** `String.fromCharCode` takes its bytes as arguments, of which engines allow only so many. */
const chunkBytes = 0x8000;

function recordBytes(bytes: Uint8Array): RecordedFiles[string] {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    let binary = '';
    for (let at = 0; at < bytes.length; at += chunkBytes) {
      binary += String.fromCharCode(...bytes.subarray(at, at + chunkBytes));
    }
    return { base64: btoa(binary) };
  }
}
