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
  /** Whether the other name was tried. */
  renamed: boolean;
  /** Most tokens that an answer may be asked for, once it was said. */
  mostTokens: number | undefined;
  stream: boolean;
  mergeSystem: boolean;
  /** The provider wants the thinking of earlier answers. */
  thinkingBack: boolean;
  /** The provider's streams end without a word. */
  silentEnd: boolean;
}

export const nothingLearnt = (preset: Preset): Learnt => ({
  dropped: new Set(),
  maxTokens: preset.maxTokens,
  renamed: false,
  mostTokens: undefined,
  stream: true,
  mergeSystem: false,
  thinkingBack: false,
  silentEnd: false,
});

/** What a model is asked for, of what a person wants and what it takes. */
export const limitFor = (wanted: number | undefined, most: number | undefined): number | undefined =>
  wanted === undefined || most === undefined ? wanted : Math.min(wanted, most);

/** The provider gave up in the middle, and says so; read like an error of the `openai` package. */
export class BrokenOff extends Error {
  readonly error: { code: string; message: string };

  constructor(reason: string) {
    super(reason);
    this.error = { code: 'server_error', message: `The answer ended with: ${reason}` };
  }
}

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
  if (hasSystem(body) && !learnt.mergeSystem && refusesSystem.test(text) && (status ?? 0) >= 400) {
    learnt.mergeSystem = true;
    return { parameter: 'messages', done: 'changed', why: adjustmentWords.systemMerged };
  }
  if (status !== 400 && status !== 422 && status !== 404 && status !== 501) return undefined;
  if (/reasoning_content/.test(text) && !learnt.thinkingBack && !/extra|permitted|unsupported/i.test(text)) {
    learnt.thinkingBack = true;
    return { parameter: 'messages', done: 'changed', why: adjustmentWords.thinkingBack };
  }
  const optional = Object.keys(body.json).filter((name) => droppable.has(name));
  const named =
    optional.find((name) => namesIn(parameter, name)) ?? optional.find((name) => namesIn(text, name));
  if (named === undefined) return undefined;
  if (named === 'stream') {
    learnt.stream = false;
    return { parameter: 'stream', done: 'changed', why: adjustmentWords.noStream };
  }
  if (named.startsWith('max_')) return learnLimit(named, Number(body.json[named]), text, learnt);
  learnt.dropped.add(named);
  return { parameter: named, done: 'dropped', why: adjustmentWords.dropped(named) };
}

const refusesSystem =
  /(system|developer)[^.]{0,40}(role|message|prompt|instruction)?[^.]{0,40}(not (supported|enabled|allowed)|unsupported)/i;

/** The limit of tokens is what an answer may cost: it is lowered or renamed before it is given up. */
function learnLimit(named: string, sent: number, text: string, learnt: Learnt): Adjustment {
  const most = mostIn(text);
  if (most !== undefined && most >= 1 && most < sent) {
    learnt.mostTokens = most;
    return { parameter: named, done: 'changed', why: adjustmentWords.lowered(named, most) };
  }
  const other = named === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens';
  if (named === learnt.maxTokens && !learnt.renamed && !/too large|too long|context/i.test(text)) {
    learnt.renamed = true;
    learnt.maxTokens = other;
    return { parameter: named, done: 'renamed', why: adjustmentWords.renamed(named, other) };
  }
  learnt.dropped.add(named);
  return { parameter: named, done: 'dropped', why: adjustmentWords.dropped(named) };
}

/** The most that a complaint about a limit allows; each says it in its own way. */
function mostIn(text: string): number | undefined {
  const found =
    /at most `?(\d+)/i.exec(text) ??
    /(?:less than or equal to|<=|not exceed|up to) `?(\d+)/i.exec(text) ??
    /\[\d+, ?(\d+)\]/.exec(text) ??
    /\d+ > (\d+), which is the maximum/i.exec(text);
  if (found !== null) return Number(found[1]);
  const room = /\d+ > (\d+) - (\d+)/.exec(text);
  return room === null ? undefined : Number(room[1]) - Number(room[2]);
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

/** Other words for a parameter: some complain in camel case, some of thinking where effort was asked for. */
const alsoNamed: Readonly<Record<string, string>> = {
  max_tokens: 'maxTokens',
  top_p: 'topP',
  reasoning_effort: 'reasoningEffort|thinking|think value|thinking_level|thinking_budget',
  reasoning: 'reasoning\\.effort|thinking|think value',
};

const namesIn = (text: string | undefined, name: string): boolean =>
  text !== undefined &&
  new RegExp(`(^|[^a-z_])(${name}|${alsoNamed[name] ?? name})([^a-z_]|$)`, 'i').test(text);

function hasSystem({ json }: Body): boolean {
  const list = json['messages'] ?? json['input'];
  return Array.isArray(list) && list.some((one: unknown) => (one as { role?: unknown }).role === 'system');
}
