import { cipherTable } from './cipher-table.ts';

/** A cipher as OpenSSL describes it. */
export interface CipherInfo {
  readonly mode: string;
  /** OpenSSL's name for it, in lower case, and its number. */
  readonly name: string;
  readonly nid: number;
  /** Bytes. */
  readonly keyLength: number;
  readonly ivLength: number | undefined;
  readonly blockSize: number | undefined;
  /** Names under which `crypto.getCiphers()` lists it. */
  readonly listed: readonly string[];
}

function parseRow(row: string): CipherInfo {
  const [name = '', nid, mode = '', keyLength, ivLength, blockSize, ...listed] = row.split(' ');
  const bytes = (text: string | undefined): number | undefined => (text === '-' ? undefined : Number(text));
  return {
    mode,
    name,
    nid: Number(nid),
    keyLength: Number(keyLength),
    ivLength: bytes(ivLength),
    blockSize: bytes(blockSize),
    listed,
  };
}

let parsed: readonly CipherInfo[] | undefined;

const ciphers = (): readonly CipherInfo[] => (parsed ??= cipherTable.trim().split('\n').map(parseRow));

/** Ciphers that OpenSSL knows by name and Node 20 does not offer. */
const retired = /^(bf|blowfish|cast|cast5|des|desx|idea|rc2|rc4|seed)(-[0-9a-z-]+)?$/;

export function findCipher(nameOrNid: string | number): CipherInfo | undefined {
  if (typeof nameOrNid === 'number') return ciphers().find((cipher) => cipher.nid === nameOrNid);
  const wanted = nameOrNid.toLowerCase();
  return ciphers().find((cipher) => cipher.listed.some((name) => name.toLowerCase() === wanted));
}

export function isRetiredCipher(name: string): boolean {
  return retired.test(name.toLowerCase());
}

export function cipherNames(): string[] {
  return ciphers()
    .flatMap((cipher) => cipher.listed)
    .sort((a, b) => (a < b ? -1 : 1));
}

/** As `getCipherInfo` of the binding: fills `target`, or undefined when the lengths do not fit. */
export function describeCipher(
  target: Record<string, unknown>,
  nameOrNid: string | number,
  keyLength?: number,
  ivLength?: number,
): Record<string, unknown> | undefined {
  const cipher = findCipher(nameOrNid);
  if (cipher === undefined) return undefined;
  if (keyLength !== undefined && keyLength !== cipher.keyLength) return undefined;
  if (ivLength !== undefined && !ivFits(cipher, ivLength)) return undefined;
  target['mode'] = cipher.mode;
  target['name'] = cipher.name;
  target['nid'] = cipher.nid;
  if (cipher.blockSize !== undefined) target['blockSize'] = cipher.blockSize;
  if (cipher.ivLength !== undefined) target['ivLength'] = ivLength ?? cipher.ivLength;
  target['keyLength'] = cipher.keyLength;
  return target;
}

/** Ciphers that authenticate take initialization vectors of several lengths. */
export function ivFits(cipher: CipherInfo, length: number): boolean {
  if (cipher.mode === 'gcm') return length > 0;
  if (cipher.mode === 'ccm') return length >= 7 && length <= 13;
  if (cipher.mode === 'ocb') return length >= 1 && length <= 15;
  return length === (cipher.ivLength ?? 0);
}
