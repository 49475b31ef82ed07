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

/** Times of day, dates and durations, as commands print them. */
const times =
  /\d{4}-\d\d-\d\d|\d{1,2}:\d\d:\d\d(?:[.,]\d+)?|\b\d+(?:[.,]\d+)?\s?(?:ms|s|sec|secs|seconds|m|min|minutes)\b/g;

/** A command that runs again tells other times: that alone does not make its result another one. */
const timeless = ({ messages, ...rest }: AskRequest): AskRequest => ({
  ...rest,
  messages: messages.map((message) =>
    message.role === 'tool' ? { ...message, text: message.text.replace(times, '#') } : message,
  ),
});

/** Names a question: SHA-256 in hex over all that makes the answer, but for the times in results of tools. */
async function answerKey(
  scope: string,
  index: number,
  model: ModelClient['model'],
  request: AskRequest,
): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify([scope, index, model, timeless(request)]));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `${scope}:${index}:${Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
