import type { AsymmetricKey } from './asymmetric.ts';
import { child, childrenOf, readDer } from './der.ts';
import { decodeSpki } from './key-decoding.ts';

/** The key of a certificate's subject. @throws DerError, ForeignKey */
export function subjectKeyOf(bytes: Uint8Array): AsymmetricKey {
  const fields = childrenOf(child(childrenOf(readDer(bytes)), 0));
  const hasVersion = fields[0]?.tag === 0xa0;
  return decodeSpki(child(fields, hasVersion ? 6 : 5));
}
