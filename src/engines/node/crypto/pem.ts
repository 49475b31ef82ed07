import { host } from '../host.ts';

/** A block of PEM: what its first line names, its headers (`DEK-Info`), and its bytes. */
export interface PemBlock {
  readonly label: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly bytes: Uint8Array;
}

const dashes = '-----';
const lineLength = 64;

/** The blocks of a text in order; one that is cut off or is no base64 is left out. */
export function parsePem(data: Uint8Array): PemBlock[] {
  const text = new host.TextDecoder('latin1').decode(new Uint8Array(data));
  const blocks: PemBlock[] = [];
  for (let at = text.indexOf('-----BEGIN '); at >= 0; at = text.indexOf('-----BEGIN ', at + 1)) {
    const nameEnd = text.indexOf(dashes, at + 11);
    if (nameEnd < 0) break;
    const label = text.slice(at + 11, nameEnd);
    const end = text.indexOf(`-----END ${label}-----`, nameEnd);
    if (end < 0 || label.includes('\n')) continue;
    const block = parseBody(label, text.slice(nameEnd + dashes.length, end));
    if (block !== undefined) blocks.push(block);
  }
  return blocks;
}

function parseBody(label: string, body: string): PemBlock | undefined {
  const headers = new Map<string, string>();
  const lines = body.split('\n').map((line) => line.trim());
  const encoded: string[] = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon), line.slice(colon + 1).trim());
    else encoded.push(line);
  }
  try {
    const binary = host.atob(encoded.join(''));
    return { label, headers, bytes: Uint8Array.from(binary, (char) => char.charCodeAt(0)) };
  } catch {
    return undefined;
  }
}

export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return host.btoa(binary);
}

/** The bytes as PEM, in lines of 64 characters; `headers` as `Name: value`. */
export function formatPem(label: string, bytes: Uint8Array, headers: readonly string[] = []): string {
  const encoded = toBase64(bytes);
  const lines = [`-----BEGIN ${label}-----`, ...headers];
  if (headers.length > 0) lines.push('');
  for (let at = 0; at < encoded.length; at += lineLength) lines.push(encoded.slice(at, at + lineLength));
  lines.push(`-----END ${label}-----`, '');
  return lines.join('\n');
}
