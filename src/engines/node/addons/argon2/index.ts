import { argon2Work, type Argon2Options } from '../../../hashing/argon2.ts';
import { workLater } from '../../../hashing/heavy-work.ts';
import { encode, isBytesLike, viewOf } from '../../crypto/bytes.ts';
import type { RealmServices } from '../../realm-services.ts';

/** What the package's JavaScript hands to its compiled part. */
type Call = Record<'password' | 'salt' | 'secret' | 'data', unknown> &
  Record<'hashLength' | 'm' | 't' | 'p' | 'version' | 'type', unknown>;

const least = { length: 4, salt: 8, memory: 8 } as const;
const mostLanes = 0xffffff;

function optionsOf(call: Call): Argon2Options {
  const bytes = (value: unknown): Uint8Array => {
    if (!isBytesLike(value)) throw new TypeError('A buffer was expected');
    return new Uint8Array(viewOf(value));
  };
  const number = (value: unknown): number => Number(value) >>> 0;
  return {
    password: bytes(call.password),
    salt: bytes(call.salt),
    secret: bytes(call.secret),
    associatedData: bytes(call.data),
    length: number(call.hashLength),
    memory: number(call.m),
    passes: number(call.t),
    lanes: number(call.p),
    version: number(call.version),
    type: number(call.type),
  };
}

/** The message of Argon2's reference code for options that it refuses, in its order. */
function refusal({ length, salt, memory, lanes, passes }: Argon2Options): string | undefined {
  if (length === 0) return 'Output pointer is NULL';
  if (length < least.length) return 'Output is too short';
  if (salt.length < least.salt) return 'Salt is too short';
  if (memory < least.memory || memory < 8 * lanes) return 'Memory cost is too small';
  if (passes < 1) return 'Time cost is too small';
  if (lanes < 1) return 'Too few lanes';
  return lanes > mostLanes ? 'Too many lanes' : undefined;
}

/** What the compiled part of npm's argon2 (0.40 and later) exports to its own JavaScript. */
export function argon2(services: RealmServices): Record<string, unknown> {
  return {
    hash: (call: Call): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const options = optionsOf(call);
        const refused = refusal(options);
        if (refused !== undefined) {
          services.complete(() => reject(new Error(refused)));
          return;
        }
        workLater(services, argon2Work(services, options), (error, result) => {
          if (result === undefined) reject(error as Error);
          else resolve(encode(services, result));
        });
      }),
  };
}
