import { browserSurroundings } from '../../browser-surroundings.ts';
import { createModelClient } from '../../client.ts';
import { listModels, testConnection } from '../../models.ts';
import type { Connection } from '../../presets.ts';
import type { RetryPolicy } from '../../retry.ts';
import { ModelError, type Answer, type AskEvent, type AskRequest } from '../../types.ts';

/** A question as a test asks it from outside the browser. */
export interface Question {
  connection: Connection;
  request: AskRequest;
  key?: string;
  policy?: RetryPolicy;
  /** Cancels once so many characters of text came. */
  cancelAfter?: number;
}

export interface Outcome {
  answer?: Answer;
  error?: {
    kind: string;
    message: string;
    advice: string;
    detail: string | undefined;
    partial: string | undefined;
  };
  /** What the listeners were told. */
  shown: string;
  pieces: number;
  events: AskEvent[];
  /** Milliseconds from the cancel to the end. */
  cancelMs?: number;
}

const surroundings = browserSurroundings();
const keyOf = (key: string | undefined) => ({ surroundings, ...(key !== undefined && { key: () => key }) });

function errorOf(error: unknown): NonNullable<Outcome['error']> {
  if (!(error instanceof ModelError)) throw error;
  const { kind, message, advice, detail, partial } = error;
  return { kind, message, advice, detail, partial: partial?.text };
}

async function ask({ connection, request, key, policy, cancelAfter }: Question): Promise<Outcome> {
  const controller = new AbortController();
  const outcome: Outcome = { shown: '', pieces: 0, events: [] };
  let cancelledAt: number | undefined;
  const client = createModelClient(connection, { ...keyOf(key), ...(policy !== undefined && { policy }) });
  try {
    outcome.answer = await client.ask(request, {
      signal: controller.signal,
      onText: (text) => {
        outcome.shown += text;
        outcome.pieces++;
        if (cancelAfter === undefined || outcome.shown.length < cancelAfter || cancelledAt !== undefined)
          return;
        cancelledAt = performance.now();
        controller.abort();
      },
      onEvent: (event) => {
        if (event.type === 'restart') outcome.shown = '';
        outcome.events.push(event);
      },
    });
  } catch (error) {
    outcome.error = errorOf(error);
  }
  if (cancelledAt !== undefined) outcome.cancelMs = performance.now() - cancelledAt;
  return outcome;
}

const api = {
  ask,
  async test(connection: Connection, key?: string) {
    const result = await testConnection(connection, keyOf(key));
    return result.ok ? { ok: true as const } : { ok: false as const, ...errorOf(result.error) };
  },
  list: async (connection: Connection) =>
    (await listModels(connection, { surroundings })).map(({ id }) => id),
};

declare global {
  interface Window {
    modelClient: typeof api;
  }
}
window.modelClient = api;
