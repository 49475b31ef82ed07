import type { AsymmetricKey } from './asymmetric.ts';
import { isOkp } from './asymmetric.ts';
import { exact } from './bytes.ts';
import { encodePoint } from './curves.ts';
import { nodeError } from './errors.ts';
import { CryptoJob } from './job.ts';
import { encodePkcs8, encodeSpki } from './key-encoding.ts';
import { publicKeyOf } from './keys.ts';
import type { RealmServices } from '../realm-services.ts';

/** Web Crypto's formats. */
const WebFormat = { raw: 0, pkcs8: 1, spki: 2 } as const;

function exported(key: AsymmetricKey, format: number): Uint8Array {
  if (format === WebFormat.pkcs8) return encodePkcs8(key);
  if (format === WebFormat.spki) return encodeSpki(key);
  if (key.type === 'ec') return encodePoint(key.curve, key.point);
  if (isOkp(key)) return key.public;
  throw nodeError('ERR_CRYPTO_OPERATION_FAILED', 'The key has no raw form');
}

/** `exportKey` of Web Crypto: jobs whose results are ArrayBuffers. */
export function keyExportBindings(services: RealmServices): Record<string, unknown> {
  class ExportJob extends CryptoJob {
    constructor(mode: number, format: number, handle: unknown) {
      const key = publicKeyOf(services, [handle]);
      super(services, mode, () => exact(exported(key, format)));
    }
  }

  return {
    RSAKeyExportJob: class RSAKeyExportJob extends ExportJob {},
    ECKeyExportJob: class ECKeyExportJob extends ExportJob {},
    DHKeyExportJob: class DHKeyExportJob extends ExportJob {},
    DSAKeyExportJob: class DSAKeyExportJob extends ExportJob {},
  };
}
