import { isOkp, type AsymmetricKey } from './asymmetric.ts';
import { decode, encode, exact } from './bytes.ts';
import { findDigest, type Digest, type Digester } from './digests.ts';
import { nodeError, opensslError, unsupportedForKeyType } from './errors.ts';
import { CryptoJob } from './job.ts';
import { privateKeyOf, publicKeyOf } from './keys.ts';
import { okpKinds } from './okp.ts';
import { digestOnce } from './rsa-padding.ts';
import { isWellFormed, signDigest, verifyDigest, type SignatureOptions } from './signatures.ts';
import type { RealmServices } from '../realm-services.ts';

const encodingP1363 = 1;
const modeVerify = 1;
/** What OpenSSL takes when no digest is named. */
const usualDigest = 'sha256';

/** Sign, Verify and SignJob of `internalBinding('crypto')`. */
export function signBindings(services: RealmServices): Record<string, unknown> {
  abstract class Signature {
    #running: Digester | undefined;
    #digest: Digest | undefined;

    init(name: string): void {
      const digest = findDigest(name);
      if (digest === undefined) throw nodeError('ERR_CRYPTO_INVALID_DIGEST', 'Invalid digest');
      this.#digest = digest;
      this.#running = digest.start();
    }

    update(data: unknown, encoding?: unknown): void {
      if (this.#running === undefined) throw nodeError('ERR_CRYPTO_INVALID_STATE', 'Not initialised');
      this.#running.update(decode(services, data, encoding));
    }

    /** Ends the digest and says how to go on. */
    protected finish(
      padding: number | undefined,
      saltLength: number | undefined,
      encoding: number | undefined,
    ): { hash: Uint8Array; options: SignatureOptions } {
      const [running, digest] = [this.#running, this.#digest];
      if (running === undefined || digest === undefined)
        throw nodeError('ERR_CRYPTO_INVALID_STATE', 'Not initialised');
      this.#running = undefined;
      const options = { digest, padding, saltLength, p1363: encoding === encodingP1363 };
      return { hash: running.digest(), options };
    }

    protected checkOpen(): void {
      if (this.#running === undefined) throw nodeError('ERR_CRYPTO_INVALID_STATE', 'Not initialised');
    }
  }

  class Sign extends Signature {
    sign(
      data: unknown,
      format: number | undefined,
      type: number | undefined,
      passphrase: unknown,
      padding?: number,
      saltLength?: number,
      encoding?: number,
    ): unknown {
      const key = privateKeyOf(services, [data, format, type, passphrase]);
      refuseOneShotKeys(key);
      const { hash, options } = this.finish(padding, saltLength, encoding);
      return encode(services, signDigest(key, hash, options));
    }
  }

  class Verify extends Signature {
    verify(
      data: unknown,
      format: number | undefined,
      type: number | undefined,
      passphrase: unknown,
      signature: unknown,
      padding?: number,
      saltLength?: number,
      encoding?: number,
    ): boolean {
      const key = publicKeyOf(services, [data, format, type, passphrase]);
      refuseOneShotKeys(key);
      const bytes = new Uint8Array(decode(services, signature));
      if (!isWellFormed(key, bytes, encoding === encodingP1363)) {
        this.checkOpen();
        throw nodeError('ERR_CRYPTO_OPERATION_FAILED', 'Malformed signature');
      }
      const { hash, options } = this.finish(padding, saltLength, encoding);
      return verifyDigest(key, hash, bytes, options);
    }
  }

  class SignJob extends CryptoJob {
    constructor(
      mode: number,
      signMode: number,
      keyData: unknown,
      keyFormat: number | undefined,
      keyType: number | undefined,
      passphrase: unknown,
      data: unknown,
      algorithm: string | null | undefined,
      saltLength: number | undefined,
      padding: number | undefined,
      encoding: number | undefined,
      signature?: unknown,
    ) {
      const verifying = signMode === modeVerify;
      const args: Parameters<typeof privateKeyOf>[1] = [keyData, keyFormat, keyType, passphrase];
      const key = verifying ? publicKeyOf(services, args) : privateKeyOf(services, args);
      const message = new Uint8Array(decode(services, data));
      const digest = typeof algorithm === 'string' ? findDigest(algorithm) : undefined;
      if (typeof algorithm === 'string' && digest === undefined)
        throw nodeError('ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${algorithm}`);
      const p1363 = encoding === encodingP1363;
      const given = verifying ? new Uint8Array(decode(services, signature)) : undefined;
      super(services, mode, () => {
        if (isOkp(key)) return oneShot(key, message, digest, given);
        const used = digest ?? findDigest(usualDigest);
        if (used === undefined) throw unsupportedForKeyType();
        const options = { digest: used, padding, saltLength, p1363 };
        const hash = digestOnce(used, message);
        return given === undefined
          ? exact(signDigest(key, hash, options))
          : verifyDigest(key, hash, given, options);
      });
    }
  }

  return { Sign, Verify, SignJob };
}

/** Keys that sign whole messages only. */
function refuseOneShotKeys(key: AsymmetricKey): void {
  if (!isOkp(key)) return;
  if (okpKinds[key.type].sign === undefined) throw unsupportedForKeyType();
  throw nodeError('ERR_CRYPTO_UNSUPPORTED_OPERATION', 'Unsupported crypto operation');
}

function oneShot(
  key: Extract<AsymmetricKey, { type: 'ed25519' | 'ed448' | 'x25519' | 'x448' }>,
  message: Uint8Array,
  digest: Digest | undefined,
  signature: Uint8Array | undefined,
): unknown {
  const { sign, verify } = okpKinds[key.type];
  if (sign === undefined || verify === undefined) throw unsupportedForKeyType();
  if (digest !== undefined) throw opensslError('1C80007A', 'invalid digest');
  if (signature !== undefined) return verify(signature, message, key.public);
  if (key.secret === undefined) throw unsupportedForKeyType();
  return exact(sign(message, key.secret));
}
