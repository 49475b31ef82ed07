import { BlockStream, CounterStream, GcmStream } from './aes.ts';
import { WrapStream } from './aes-modes.ts';
import { bigintOf, concat } from './bigints.ts';
import { decode, exact, isBytesLike, viewOf } from './bytes.ts';
import { CryptoJob } from './job.ts';
import { secretOf } from './keys.ts';
import type { RealmServices } from '../realm-services.ts';

/** AES as Web Crypto counts its variants: by three sizes of keys. */
const kinds = ['ctr', 'cbc', 'gcm', 'kw'] as const;

/** RFC 3394's initial value. */
const wrapValue = new Uint8Array(8).fill(0xa6);

/** What the job says of any failure but a wrong padding. */
function jobFailed(): Error {
  return new Error('Cipher job failed');
}

/** CTR where the last `bits` of the counter count: they may pass zero, but not come round. */
function counted(key: Uint8Array, counter: Uint8Array, bits: number, data: Uint8Array): Uint8Array {
  const room = (1n << BigInt(bits)) - BigInt.asUintN(bits, bigintOf(counter));
  const blocks = BigInt(Math.ceil(data.length / 16));
  if (blocks > 1n << BigInt(bits)) throw jobFailed();
  if (blocks <= room) return new CounterStream(key, counter).update(data);
  const here = Number(room) * 16;
  const first = new CounterStream(key, counter).update(data.subarray(0, here));
  return concat(first, new CounterStream(key, cleared(counter, bits)).update(data.subarray(here)));
}

/** The counter with its last `bits` at zero. */
function cleared(counter: Uint8Array, bits: number): Uint8Array {
  return counter.map((byte, i) => {
    const within = Math.min(8, Math.max(0, bits - (15 - i) * 8));
    return (byte >> within) << within;
  });
}

/** Ciphers of Web Crypto of `internalBinding('crypto')`. */
export function webCipherBindings(services: RealmServices): Record<string, unknown> {
  function bytesOf(value: unknown): Uint8Array {
    return isBytesLike(value) ? new Uint8Array(viewOf(value)) : new Uint8Array(0);
  }

  /** Web Crypto's AES; `variant` counts CTR, CBC, GCM, KW in 128, 192, 256 bits. */
  class AESCipherJob extends CryptoJob {
    constructor(
      mode: number,
      direction: number,
      key: unknown,
      data: unknown,
      variant: number,
      ...parameters: unknown[]
    ) {
      const kind = kinds[Math.floor(variant / 3)];
      const secret = new Uint8Array(secretOf(key));
      const input = new Uint8Array(decode(services, data));
      const encrypt = direction === 0;
      const [first, second, third] = parameters;
      super(services, mode, () => {
        switch (kind) {
          case 'ctr':
            return exact(counted(secret, bytesOf(first), Number(second), input));
          case 'gcm':
            return exact(sealed(encrypt, secret, bytesOf(first), input, second, third));
          case 'kw':
            return exact(wrapped(encrypt, secret, input));
          default: {
            const stream = new BlockStream(encrypt, secret, bytesOf(first));
            return exact(concat(stream.update(input), stream.final()));
          }
        }
      });
    }
  }

  function sealed(
    encrypt: boolean,
    key: Uint8Array,
    iv: Uint8Array,
    input: Uint8Array,
    tag: unknown,
    additional: unknown,
  ): Uint8Array {
    const stream = new GcmStream(encrypt, key, iv);
    if (additional !== undefined) stream.authenticate(bytesOf(additional));
    if (!encrypt) stream.tag = bytesOf(tag);
    const body = stream.update(input);
    try {
      stream.final();
    } catch {
      throw jobFailed();
    }
    return encrypt ? concat(body, (stream.tag ?? new Uint8Array(0)).subarray(0, Number(tag))) : body;
  }

  return { AESCipherJob };
}

function wrapped(encrypt: boolean, key: Uint8Array, input: Uint8Array): Uint8Array {
  if (input.length % 8 !== 0 || input.length < (encrypt ? 16 : 24)) throw jobFailed();
  return new WrapStream(encrypt, key, wrapValue).update(input);
}
