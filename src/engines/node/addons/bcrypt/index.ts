import * as bcryptjs from 'bcryptjs';
import { host } from '../../host.ts';
import type { RealmServices } from '../../realm-services.ts';

type Done<T> = (error: Error | undefined, result?: T) => void;

const seedBytes = 16;
const validSalt = /^\$2[ab]?\$(\d\d)\$[./A-Za-z0-9]{22}/;

/** Cost parameter of a salt or hash that can be used, undefined for anything else. */
function costOf(salt: string): number | undefined {
  const cost = Number(validSalt.exec(salt)?.[1] ?? Number.NaN);
  return cost >= 4 && cost <= 31 ? cost : undefined;
}

/** The password as text; bytes must be UTF-8. */
function textOf(data: unknown): string {
  if (typeof data === 'string') return data;
  if (ArrayBuffer.isView(data)) {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return new host.TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(new Uint8Array(bytes));
  }
  throw new TypeError('A string was expected');
}

function salt(minor: string, rounds: number, seed: unknown): string {
  if (typeof minor !== 'string') throw new TypeError('First argument must be a string');
  if (!ArrayBuffer.isView(seed) || seed.byteLength !== seedBytes) {
    throw new TypeError('Second argument must be a 16 byte Buffer');
  }
  const cost = Math.min(31, Math.max(4, Math.trunc(rounds)));
  const bytes = Array.from(new Uint8Array(seed.buffer, seed.byteOffset, seedBytes));
  return `$2${minor[0] ?? 'b'}$${String(cost).padStart(2, '0')}$${bcryptjs.encodeBase64(bytes, seedBytes)}`;
}

function encrypt(data: unknown, given: string): string {
  if (costOf(given) === undefined) {
    throw new Error('Invalid salt. Salt must be in the form of: $Vers$log2(NumRounds)$saltvalue');
  }
  return bcryptjs.hashSync(textOf(data), given.slice(0, 29));
}

function compare(data: unknown, hash: string): boolean {
  return costOf(hash) !== undefined && encrypt(data, hash) === hash;
}

/** What the compiled part of npm's bcrypt (5, 6) exports to its own JavaScript. */
export function bcrypt(services: RealmServices): Record<string, unknown> {
  const later = <T>(work: () => T, done: Done<T>): void =>
    services.complete(() => {
      let result: T;
      try {
        result = work();
      } catch (error) {
        done(error as Error);
        return;
      }
      done(undefined, result);
    });
  return {
    gen_salt_sync: salt,
    encrypt_sync: encrypt,
    compare_sync: compare,
    get_rounds: (hash: string) => {
      const cost = costOf(hash);
      if (cost === undefined) throw new Error('invalid hash provided');
      return cost;
    },
    gen_salt: (minor: string, rounds: number, seed: unknown, done: Done<string>) => {
      const made = salt(minor, rounds, seed);
      later(() => made, done);
    },
    encrypt: (data: unknown, given: string, done: Done<string>) => later(() => encrypt(data, given), done),
    compare: (data: unknown, hash: string, done: Done<boolean>) => later(() => compare(data, hash), done),
  };
}
