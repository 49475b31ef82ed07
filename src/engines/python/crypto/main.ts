import type { Waiter } from '../waiter.ts';
import * as ciphers from './ciphers.ts';
import { Derivations } from './derivations.ts';
import { digests } from './digests.ts';
import * as keys from './keys.ts';

/** The part of the Python engine that hashes and encrypts; a process loads it when something first asks for it. */
export interface CryptoPart {
  readonly derivations: Derivations;
  readonly digests: typeof digests;
  readonly ciphers: typeof ciphers;
  readonly keys: typeof keys;
}

/** @param wasm - compiled cores by name. */
export function open(waiter: Waiter, wasm: (name: string) => WebAssembly.Module): CryptoPart {
  return { derivations: new Derivations(waiter, wasm), digests, ciphers, keys };
}
