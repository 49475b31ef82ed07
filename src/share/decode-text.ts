/**
 * Text of a file that a person hands over to be read as text: UTF-16 where its byte order mark says so, as PowerShell
 * writes `git diff > a.patch`, else UTF-8. The mark is no part of the text; bytes that cannot be read become U+FFFD.
 */
export function decodeText(bytes: Uint8Array): string {
  const mark = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  const encoding = mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
