import type { Answer, AskRequest, ModelClient } from '../client/types.ts';

/** Where answers are kept that were paid for. */
export interface AnswerMemory {
  find(key: string): Promise<Answer | undefined>;
  keep(key: string, answer: Answer): Promise<void>;
}

/**
 * A client that keeps every answer the moment it arrives, and gives a kept one instead of asking again: after a reload a
 * generation goes on where it was, and pays for nothing twice. The n-th time that the same is asked is another question.
 * @param scope - whose answers these are, such as a cell of a batch: two samples of one prompt are two answers
 */
export function rememberAnswers(client: ModelClient, memory: AnswerMemory, scope: string): ModelClient {
  let index = 0;
  return {
    model: client.model,
    async ask(request, options = {}) {
      const key = await answerKey(scope, index++, client.model, request);
      const known = await memory.find(key);
      if (known !== undefined) {
        options.signal?.throwIfAborted();
        options.onText?.(known.text);
        return known;
      }
      const answer = await client.ask(request, options);
      await memory.keep(key, answer);
      return answer;
    },
  };
}

/**
 * What the same program says otherwise every time it runs: times and durations, tokens and ids that were made, ports,
 * processes, addresses of memory, folders for a time. Each kind becomes one word.
 */
const fleeting: readonly (readonly [RegExp, string])[] = [
  [/\beyJ[\w-]{4,}(?:\.[\w-]*){0,2}/g, '#token'],
  [/\$(?:2[aby]|argon2\w*|scrypt|pbkdf2[\w-]*)\$[\w./+=,$-]+/g, '#hash'],
  [/\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/gi, '#id'],
  [
    /\b(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?(?:\d{1,2}[ /])?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ /](?:\d{1,2},? )?\d{4}\b/gi,
    '#date',
  ],
  [/\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)?(?:Z|\s?[+-]\d\d:?\d\d)?/g, '#date'],
  [/\b\d{1,2}:\d\d:\d\d(?:[.,]\d+)?(?:Z|\b)/g, '#time'],
  [/\b\d+(?:[.,]\d+)?\s?(?:[mµn]s|s|sec|secs|seconds|m|min|minutes)\b/g, '#took'],
  [/\b1[6-9]\d{8}(?:\d{3})?(?:\.\d+)?\b/g, '#time'],
  [/\b0x[\da-f]{4,}\b/gi, '#memory'],
  [/(?<=\b(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\]|::1?)[:,] ?)\d{4,5}\b/g, '#port'],
  [/(?<=\bport[ =:]{1,2})\d{2,5}\b/gi, '#port'],
  [/(?<=\bp(?:id|rocess)[ =:[]{1,2})\d+\b/gi, '#process'],
  [/(?<=\/tmp\/)[\w.-]+/g, '#folder'],
  // How much was cut depends on how long the times were.
  [/\[[\d,]+ (?:more )?(?:characters|bytes)[^\]\n]*\]/g, '#cut'],
  // Long enough and mixed enough to be made by chance: hexadecimal, Base64, identifiers such as those of nanoid.
  [/\b(?=[\da-f]*\d)(?=[\da-f]*[a-f])[\da-f]{16,}\b/gi, '#id'],
  [/(?<![\w/+-])(?=[\w+/-]*\d)(?=[\w+/-]*[a-z])(?=[\w+/-]*[A-Z])[\w+-]{20,}={0,2}/g, '#id'],
];

/** A text without what differs from run to run though nothing else does. */
export const lasting = (text: string): string =>
  fleeting.reduce((rest, [pattern, word]) => rest.replace(pattern, word), text);

/**
 * A submission that runs again says some things otherwise: that alone does not make a question another one. What comes
 * before the first answer is the prompt, which is taken as it is.
 */
function lastingQuestion({ messages, ...rest }: AskRequest): AskRequest {
  const first = messages.findIndex(({ role }) => role === 'assistant');
  return {
    ...rest,
    messages: messages.map((message, at) =>
      message.role === 'tool' || (message.role === 'user' && first !== -1 && at > first)
        ? { ...message, text: lasting(message.text) }
        : message,
    ),
  };
}

/** Names a question: SHA-256 in hex over all that makes the answer, but for what differs from run to run. */
async function answerKey(
  scope: string,
  index: number,
  model: ModelClient['model'],
  request: AskRequest,
): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify([scope, index, model, lastingQuestion(request)]));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `${scope}:${index}:${Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
