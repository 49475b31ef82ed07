import { rulePointer } from '../contract/index.ts';
import { check } from './checks.ts';
import { Failure, type Reply } from './reply.ts';
import type { Check } from './types.ts';

/** Digits behind the second in a time of the contract (RFC 3339), as a number of nanoseconds. */
const time = /^(\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d)(?:\.(\d{1,9})\d*)?([Zz]|[+-]\d\d:\d\d)$/;

/**
 * Nanoseconds since 1970 of a time in an answer.
 * @throws Failure when it is none.
 */
export function timeAt(reply: Reply, path: string): bigint {
  const text = reply.text(path);
  const [, seconds = '', fraction = '', offset = ''] = time.exec(text) ?? [];
  const ms = Date.parse(`${seconds}${offset}`.toUpperCase());
  if (Number.isNaN(ms))
    throw new Failure(`${path} is no time`, 'a time as in RFC 3339', JSON.stringify(text));
  return BigInt(ms) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
}

/** What lies at the path has been changed when it was created, or later. */
export function notEarlier(id: string, sentence: string, path: string): Check {
  return check(id, sentence, rulePointer('updated-at'), (reply) => {
    const createdAt = timeAt(reply, `${path}/createdAt`);
    if (timeAt(reply, `${path}/updatedAt`) < createdAt) {
      throw new Failure(
        'updatedAt is before createdAt',
        `${reply.text(`${path}/createdAt`)} or later`,
        reply.text(`${path}/updatedAt`),
      );
    }
  });
}
