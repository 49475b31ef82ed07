import { bcryptWork, decodeRadix64, encodeRadix64, type BcryptSalt } from '../../../hashing/bcrypt.ts';
import { workLater, workNow, type HeavyWork } from '../../../hashing/heavy-work.ts';
import { utf8Encoder } from '../../host.ts';
import type { RealmServices } from '../../realm-services.ts';

type Done<T> = (error: Error | undefined, result?: T) => void;

const seedBytes = 16;
const saltPattern = /^\$2([ab]?)\$(\d\d)\$([./A-Za-z0-9]{22})/;

/** A salt or hash that can be used, undefined for anything else. */
function parseSalt(text: string): BcryptSalt | undefined {
  const [, minor = '', digits = '', encoded = ''] = saltPattern.exec(text) ?? [];
  const cost = Number(digits);
  if (digits === '' || cost < 4 || cost > 31) return undefined;
  return { minor, cost, salt: decodeRadix64(encoded) };
}

function bytesOf(data: unknown): Uint8Array {
  if (typeof data === 'string') return utf8Encoder.encode(data);
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
  throw new TypeError('A string was expected');
}

function salt(minor: string, rounds: number, seed: unknown): string {
  if (typeof minor !== 'string') throw new TypeError('First argument must be a string');
  if (!ArrayBuffer.isView(seed) || seed.byteLength !== seedBytes) {
    throw new TypeError('Second argument must be a 16 byte Buffer');
  }
  const cost = Math.min(31, Math.max(4, Math.trunc(rounds)));
  const bytes = new Uint8Array(seed.buffer, seed.byteOffset, seedBytes);
  return `$2${minor[0] ?? 'b'}$${String(cost).padStart(2, '0')}$${encodeRadix64(bytes)}`;
}

const noWork = { calls: [], cost: 0 } as const;

/** What the compiled part of npm's bcrypt (5, 6) exports to its own JavaScript. */
export function bcrypt(services: RealmServices): Record<string, unknown> {
  function encryption(data: unknown, given: string): HeavyWork<string> {
    const parsed = parseSalt(given);
    if (parsed === undefined) {
      throw new Error('Invalid salt. Salt must be in the form of: $Vers$log2(NumRounds)$saltvalue');
    }
    return bcryptWork(services, bytesOf(data), parsed);
  }

  function comparison(data: unknown, hash: string): HeavyWork<boolean> {
    const parsed = parseSalt(hash);
    if (parsed === undefined) return { ...noWork, finish: () => false };
    const work = bcryptWork(services, bytesOf(data), parsed);
    return { ...work, finish: (results) => work.finish(results) === hash };
  }

  function later<T>(plan: () => HeavyWork<T>, done: Done<T>): void {
    let work: HeavyWork<T>;
    try {
      work = plan();
    } catch (error) {
      services.complete(() => done(error as Error));
      return;
    }
    workLater(services, work, (error, result) => {
      if (error === undefined) done(undefined, result);
      else done(error as Error);
    });
  }

  return {
    gen_salt_sync: salt,
    encrypt_sync: (data: unknown, given: string) => workNow(services, encryption(data, given)),
    compare_sync: (data: unknown, hash: string) => workNow(services, comparison(data, hash)),
    get_rounds: (hash: string) => {
      const parsed = parseSalt(hash);
      if (parsed === undefined) throw new Error('invalid hash provided');
      return parsed.cost;
    },
    gen_salt: (minor: string, rounds: number, seed: unknown, done: Done<string>) => {
      const made = salt(minor, rounds, seed);
      later(() => ({ ...noWork, finish: () => made }), done);
    },
    encrypt: (data: unknown, given: string, done: Done<string>) => later(() => encryption(data, given), done),
    compare: (data: unknown, hash: string, done: Done<boolean>) => later(() => comparison(data, hash), done),
  };
}
