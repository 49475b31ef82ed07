import { argon2Work } from '../../hashing/argon2.ts';
import { bcryptWork } from '../../hashing/bcrypt.ts';
import { workLater, type HeavyWork, type WorkServices } from '../../hashing/heavy-work.ts';
import { pbkdf2Work, scryptWork } from '../../hashing/kdf.ts';
import { findDigest } from '../../node/crypto/digests.ts';
import type { Ticket, Waiter } from '../waiter.ts';

const utf8 = new TextEncoder();

/**
 * Password hashing, in helper workers: the ticket's value is bytes, or a text that says what went wrong. Meanwhile
 * other Python threads run, and other cores of the machine.
 */
export class Derivations {
  readonly #waiter: Waiter;
  readonly #services: WorkServices;

  constructor(waiter: Waiter, wasm: (name: string) => WebAssembly.Module) {
    this.#waiter = waiter;
    this.#services = {
      wasm,
      complete: (done) => {
        waiter.touch();
        done();
      },
      hold: () => () => undefined,
    };
  }

  /** PBKDF2-HMAC of RFC 8018 with a digest by OpenSSL's name; `length` in bytes. */
  pbkdf2(digest: string, password: Uint8Array, salt: Uint8Array, iterations: number, length: number): Ticket {
    return this.#begin(() => {
      const found = findDigest(digest);
      if (found?.hash === undefined) throw new Error('unsupported hash type');
      return pbkdf2Work({ ...found, hash: found.hash }, password, salt, iterations, length);
    });
  }

  /** scrypt of RFC 7914: cost `N` (a power of 2), block size `r`, parallelism `p`; `length` in bytes. */
  scrypt(password: Uint8Array, salt: Uint8Array, N: number, r: number, p: number, length: number): Ticket {
    return this.#begin(() => scryptWork(this.#services, password, salt, { N, r, p }, length));
  }

  /** bcrypt of at most 72 bytes with a salt of 16; the value is the text `$2b$10$...` as bytes. */
  bcrypt(password: Uint8Array, minor: string, cost: number, salt: Uint8Array): Ticket {
    return this.#begin(() => {
      const work = bcryptWork(this.#services, password, { minor, cost, salt });
      return { ...work, finish: (results) => utf8.encode(work.finish(results)) };
    });
  }

  /** Argon2 of RFC 9106; `memory` in KiB, `type` 0 for d, 1 for i, 2 for id. */
  argon2(
    password: Uint8Array,
    salt: Uint8Array,
    secret: Uint8Array,
    associatedData: Uint8Array,
    length: number,
    memory: number,
    passes: number,
    lanes: number,
    version: number,
    type: number,
  ): Ticket {
    const options = { password, salt, secret, associatedData, length, memory, passes, lanes, version, type };
    return this.#begin(() => argon2Work(this.#services, options));
  }

  #begin(make: () => HeavyWork<Uint8Array>): Ticket {
    return this.#waiter.promise(
      new Promise<Uint8Array | string>((resolve) => {
        try {
          workLater(this.#services, make(), (error, result) => resolve(result ?? String(error)));
        } catch (error) {
          resolve(String(error));
        }
      }),
    );
  }
}
