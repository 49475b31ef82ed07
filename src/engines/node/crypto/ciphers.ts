/** The ciphers that work here, as OpenSSL describes them. */
export interface CipherInfo {
  readonly mode: 'ecb' | 'cbc' | 'ctr' | 'gcm';
  /** OpenSSL's name for it and its number. */
  readonly name: string;
  readonly nid: number;
  /** Bytes. */
  readonly keyLength: number;
  readonly ivLength: number | undefined;
  readonly blockSize: number;
  /** Names under which `crypto.getCiphers()` lists it. */
  readonly listed: readonly string[];
}

function aes(bits: number, numbers: { ecb: number; cbc: number; ctr: number; gcm: number }): CipherInfo[] {
  const keyLength = bits / 8;
  const name = (mode: string): string => `aes-${bits}-${mode}`;
  return [
    {
      mode: 'ecb',
      name: name('ecb'),
      nid: numbers.ecb,
      keyLength,
      ivLength: undefined,
      blockSize: 16,
      listed: [name('ecb')],
    },
    {
      mode: 'cbc',
      name: name('cbc'),
      nid: numbers.cbc,
      keyLength,
      ivLength: 16,
      blockSize: 16,
      listed: [name('cbc'), `aes${bits}`],
    },
    {
      mode: 'ctr',
      name: name('ctr'),
      nid: numbers.ctr,
      keyLength,
      ivLength: 16,
      blockSize: 1,
      listed: [name('ctr')],
    },
    {
      mode: 'gcm',
      name: `id-aes${bits}-GCM`,
      nid: numbers.gcm,
      keyLength,
      ivLength: 12,
      blockSize: 1,
      listed: [name('gcm'), `id-aes${bits}-GCM`],
    },
  ];
}

const ciphers = [
  ...aes(128, { ecb: 418, cbc: 419, ctr: 904, gcm: 895 }),
  ...aes(192, { ecb: 422, cbc: 423, ctr: 905, gcm: 898 }),
  ...aes(256, { ecb: 426, cbc: 427, ctr: 906, gcm: 901 }),
];

/** Other ciphers that Node 20 has: asking for one is not an error of the submission. */
const elsewhere =
  /^((id-)?aes-?(128|192|256)(-(ccm|cfb|cfb1|cfb8|ocb|ofb|xts|wrap|wrap-pad|cbc-hmac-sha(1|256)))|(aria|camellia|des|chacha20|sm4|rc4|bf|cast5|seed|idea)([0-9-].*)?)$/i;

export function findCipher(nameOrNid: string | number): CipherInfo | undefined {
  if (typeof nameOrNid === 'number') return ciphers.find((cipher) => cipher.nid === nameOrNid);
  const wanted = nameOrNid.toLowerCase();
  return ciphers.find((cipher) => cipher.listed.some((name) => name.toLowerCase() === wanted));
}

/** True for a cipher of Node's that is not implemented here. */
export function isForeignCipher(name: string): boolean {
  return elsewhere.test(name);
}

export function cipherNames(): string[] {
  return ciphers.flatMap((cipher) => cipher.listed).sort((a, b) => (a < b ? -1 : 1));
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
  target['blockSize'] = cipher.blockSize;
  if (cipher.ivLength !== undefined) target['ivLength'] = ivLength ?? cipher.ivLength;
  target['keyLength'] = cipher.keyLength;
  return target;
}

/** GCM takes an initialization vector of any length but none. */
export function ivFits(cipher: CipherInfo, length: number): boolean {
  return cipher.mode === 'gcm' ? length > 0 : length === (cipher.ivLength ?? 0);
}
