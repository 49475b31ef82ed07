import { endpointPointer, rulePointer, type Endpoint } from '../contract/index.ts';
import { showJson, type Json } from '../json.ts';
import { Failure, type Reply } from './reply.ts';
import type { BurstCheck } from './types.ts';

/** Every answer of a burst has this status. */
export function allHave(endpoint: Endpoint, status: number): BurstCheck {
  return {
    id: 'status',
    sentence: `The status of every answer is ${status}.`,
    pointer: endpointPointer(endpoint, status),
    test(replies) {
      const wrong = replies.filter((reply) => reply.status !== status);
      const [first] = wrong;
      if (first === undefined) return;
      const message = `${wrong.length} of ${replies.length} answers have another status`;
      throw new Failure(message, String(status), String(first.status), first);
    },
  };
}

/** Exactly one answer has the status of success, and all others that of a refusal. */
export function oneWins(success: number, refusal: number): BurstCheck[] {
  const count = (replies: readonly Reply[], status: number) =>
    replies.filter((reply) => reply.status === status).length;
  return [
    {
      id: 'one',
      sentence: `Exactly one answer is ${success}.`,
      pointer: rulePointer('concurrency'),
      test(replies) {
        const got = count(replies, success);
        if (got !== 1) throw new Failure(`${got} answers are ${success}`, '1', String(got));
      },
    },
    {
      id: 'others',
      sentence: `All others are ${refusal}.`,
      pointer: rulePointer('concurrency'),
      test(replies) {
        const wrong = replies.find(({ status }) => status !== success && status !== refusal);
        const got = count(replies, refusal);
        if (wrong !== undefined || got === 0) {
          throw new Failure(
            `${got} of ${replies.length} answers are ${refusal}`,
            String(refusal),
            String((wrong ?? replies[0])?.status),
            wrong,
          );
        }
      },
    },
  ];
}

/** No two answers have the same value under a pointer into their bodies. */
export function allDiffer(id: string, sentence: string, rule: string, path: string): BurstCheck {
  return {
    id,
    sentence,
    pointer: rulePointer(rule),
    test(replies) {
      const seen = new Set<string>();
      for (const reply of replies) {
        const value = showJson(valueIn(reply, path), Number.POSITIVE_INFINITY);
        if (seen.has(value)) throw new Failure(`two answers have one ${id}`, 'different ones', value, reply);
        seen.add(value);
      }
    },
  };
}

/** Every answer has, under a pointer into its body, what its own request asked for. */
export function eachHas(
  id: string,
  sentence: string,
  rule: string,
  path: string,
  wanted: (n: number) => Json,
): BurstCheck {
  return {
    id,
    sentence,
    pointer: rulePointer(rule),
    test(replies) {
      for (const [n, reply] of replies.entries()) {
        const got = valueIn(reply, path);
        const expected = wanted(n);
        if (JSON.stringify(got) !== JSON.stringify(expected)) {
          const message = `${path} of answer ${n + 1} is not what it should be`;
          throw new Failure(message, showJson(expected), showJson(got), reply);
        }
      }
    },
  };
}

function valueIn(reply: Reply, path: string): Json {
  try {
    return reply.at(path);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(error.message, error.expected, error.got, reply);
  }
}
