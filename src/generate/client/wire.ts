import type { OpenAI } from 'openai';
import type { AnswerBuilder } from './builder.ts';
import type { Preset } from './presets.ts';
import type { Adjustment, AskRequest } from './types.ts';
import { adjustmentWords } from './words.ts';

/** What this client has learnt of what the provider takes for its model. Kept from one question to the next. */
export interface Learnt {
  /** Names on the wire that are not sent. */
  readonly dropped: Set<string>;
  /** The other name of the limit of tokens. */
  maxTokens: 'max_tokens' | 'max_completion_tokens';
  stream: boolean;
  mergeSystem: boolean;
}

export const nothingLearnt = (preset: Preset): Learnt => ({
  dropped: new Set(),
  maxTokens: preset.maxTokens,
  stream: true,
  mergeSystem: false,
});

/** A request body, and what of it are the question's parameters. */
export interface Body {
  readonly json: Readonly<Record<string, unknown>>;
  readonly sent: Readonly<Record<string, string | number | boolean>>;
}

/** One of OpenAI's two interfaces. */
export interface Wire {
  body(request: AskRequest, model: string, learnt: Learnt, streamUsage: boolean): Body;
  /** Through the `openai` package; the raw response, so that headers and content type can be seen. */
  send(client: OpenAI, body: Body, signal: AbortSignal): Promise<Response>;
  /** Takes one event of a stream, or the one object of an answer that is not streamed. @throws when it is none */
  read(event: unknown, builder: AnswerBuilder): void;
}

/** What providers answer when they want a parameter otherwise. Undefined when this complaint is about something else. */
export function learnFrom(
  complaint: { status: number | undefined; text: string; parameter: string | undefined },
  body: Body,
  learnt: Learnt,
): Adjustment | undefined {
  const { status, text, parameter } = complaint;
  if (status !== 400 && status !== 422 && status !== 404 && status !== 501) return undefined;
  if (
    /(system|developer)[^.]{0,40}(role|message|prompt|instruction)?[^.]{0,40}(not (supported|enabled|allowed)|unsupported)/i.test(
      text,
    )
  ) {
    if (!learnt.mergeSystem && hasSystem(body)) {
      learnt.mergeSystem = true;
      return { parameter: 'messages', done: 'changed', why: adjustmentWords.systemMerged };
    }
  }
  const optional = Object.keys(body.json).filter((name) => droppable.has(name));
  const named =
    optional.find((name) => namesIn(parameter, name)) ?? optional.find((name) => namesIn(text, name));
  if (named === undefined) return undefined;
  if (named === 'stream') {
    learnt.stream = false;
    return { parameter: 'stream', done: 'changed', why: adjustmentWords.noStream };
  }
  const other = named === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens';
  if (named === learnt.maxTokens && namesIn(text, other) && !learnt.dropped.has(other)) {
    learnt.maxTokens = other;
    return { parameter: named, done: 'renamed', why: adjustmentWords.renamed(named, other) };
  }
  learnt.dropped.add(named);
  return { parameter: named, done: 'dropped', why: adjustmentWords.dropped(named) };
}

/** In the order in which they are looked for: a name before those that it is part of. */
const droppable = new Set([
  'stream_options',
  'max_completion_tokens',
  'max_output_tokens',
  'max_tokens',
  'reasoning_effort',
  'reasoning',
  'temperature',
  'top_p',
  'seed',
  'store',
  'stream',
]);

const namesIn = (text: string | undefined, name: string): boolean =>
  text !== undefined && new RegExp(`(^|[^a-z_])${name}([^a-z_]|$)`, 'i').test(text);

function hasSystem({ json }: Body): boolean {
  const list = json['messages'] ?? json['input'];
  return Array.isArray(list) && list.some((one: unknown) => (one as { role?: unknown }).role === 'system');
}
