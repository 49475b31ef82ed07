/** How words and bytes are written for the shell library. */

/** A word that the shell reads back as it is. */
export function quote(word: string): string {
  return `'${word.replaceAll("'", `'"'"'`)}'`;
}

/** The library's byte strings have one character a byte. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.byteLength; start += 8_192) {
    text += String.fromCharCode(...bytes.subarray(start, start + 8_192));
  }
  return text;
}

export function outputBytes(output: string, isBytes: boolean): Uint8Array {
  if (!isBytes) return new TextEncoder().encode(output);
  return Uint8Array.from(output, (character) => character.charCodeAt(0));
}
