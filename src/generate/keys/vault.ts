import * as v from 'valibot';

/**
 * Rounds of PBKDF2 with SHA-256 for new vaults. OWASP asks for 600,000; a vault says its own, so that this may rise.
 */
export const rounds = 1_000_000;
/** What a vault may ask for: fewer would be weak, many more would hang the page. */
const fewestRounds = 600_000;
const mostRounds = 10_000_000;

/** Keys as they are kept: nothing in it is readable without the passphrase. Version 1. */
export const sealedKeys = v.object({
  version: v.literal(1),
  rounds: v.pipe(v.number(), v.integer(), v.minValue(fewestRounds), v.maxValue(mostRounds)),
  salt: v.instance(Uint8Array<ArrayBuffer>),
  iv: v.instance(Uint8Array<ArrayBuffer>),
  data: v.instance(Uint8Array<ArrayBuffer>),
});
export type SealedKeys = v.InferOutput<typeof sealedKeys>;

/** Keys by the base address that they are for. */
const keysShape = v.record(v.string(), v.string());
export type Keys = v.InferOutput<typeof keysShape>;

export class KeyError extends Error {
  override readonly name = 'KeyError';
  constructor(readonly code: 'wrong-passphrase' | 'damaged') {
    super(code === 'damaged' ? 'The kept keys are damaged.' : 'This is not the passphrase.');
  }
}

/** What a passphrase was made into; cannot be read out of it. */
export interface Lock {
  readonly key: CryptoKey;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly rounds: number;
}

export const newLock = (passphrase: string): Promise<Lock> =>
  lockFor(passphrase, crypto.getRandomValues(new Uint8Array(16)), rounds);

async function lockFor(passphrase: string, salt: Uint8Array<ArrayBuffer>, count: number): Promise<Lock> {
  // The same passphrase may be typed in two forms of Unicode.
  const bytes = new TextEncoder().encode(passphrase.normalize('NFKC'));
  const material = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveKey']);
  const key = await crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: count },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
  return { key, salt, rounds: count };
}

/** Bound into what is sealed: a vault whose outside was changed does not open. */
const outside = ({ rounds: count }: Lock): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(`constraint-decay-playground keys 1 ${count}`);

export async function seal(keys: Keys, lock: Lock): Promise<SealedKeys> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(keys));
  const data = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: outside(lock) },
    lock.key,
    plain,
  );
  return { version: 1, rounds: lock.rounds, salt: lock.salt, iv, data: new Uint8Array(data) };
}

/** @throws KeyError */
export async function open(sealed: unknown, passphrase: string): Promise<{ keys: Keys; lock: Lock }> {
  const parsed = v.safeParse(sealedKeys, sealed);
  if (!parsed.success) throw new KeyError('damaged');
  const { salt, iv, data, rounds: count } = parsed.output;
  const lock = await lockFor(passphrase, salt, count);
  let plain: ArrayBuffer;
  try {
    plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv, additionalData: outside(lock) },
      lock.key,
      data,
    );
  } catch {
    throw new KeyError('wrong-passphrase');
  }
  return { keys: v.parse(keysShape, JSON.parse(new TextDecoder().decode(plain))), lock };
}
