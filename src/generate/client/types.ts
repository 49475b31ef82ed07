/** What asking a model takes and gives, whatever its provider and its API. */

/** A tool that the model asks to be run. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON text as the model wrote it: not parsed, may be broken. */
  readonly arguments: string;
  /** What the provider wants back with the call as it is, such as Google's signature of the thought behind it. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** One turn of a conversation. */
export type Message =
  | { readonly role: 'system' | 'user'; readonly text: string }
  | {
      readonly role: 'assistant';
      readonly text: string;
      /** Its thinking, for the providers that want it back. */
      readonly reasoning?: string;
      readonly toolCalls?: readonly ToolCall[];
    }
  /** What the tool call `callId` gave. */
  | { readonly role: 'tool'; readonly callId: string; readonly text: string };

/** A tool that the model may ask for. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments, an object. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** What a provider may be asked for; whatever is missing is left to it. */
export interface Parameters {
  readonly temperature?: number;
  readonly topP?: number;
  readonly seed?: number;
  /** `none`, `minimal`, `low`, `medium`, `high`, or another word that the provider knows. */
  readonly reasoningEffort?: string;
  /** Most tokens of the answer, thinking included. */
  readonly maxTokens?: number;
}

export interface AskRequest {
  readonly messages: readonly Message[];
  readonly tools?: readonly Tool[];
  readonly parameters?: Parameters;
}

/** Tokens, as the provider counted them. */
export interface Usage {
  readonly input: number;
  readonly output: number;
  /** Of `input`: read from the provider's cache. */
  readonly cached: number;
  /** Of `output`: spent on thinking. */
  readonly reasoning: number;
}

export interface Timings {
  /**
   * From the request that was answered to its first text, thinking or tool call, milliseconds; missing when none came, and
   * when the answer came in one piece.
   */
  readonly firstTokenMs?: number;
  /** From the first request to the end, all attempts and waits included, milliseconds. */
  readonly ms: number;
  /** Of the request that was answered, milliseconds. */
  readonly answerMs: number;
}

/**
 * Why the answer ended: the model was done, it hit its limit of tokens, it asks for tools, it declined, or the
 * provider's filter cut it.
 */
export type Finish = 'stop' | 'length' | 'tool-calls' | 'refusal' | 'content-filter';

/** What was sent otherwise than asked, because the provider refused it. */
export interface Adjustment {
  /** Name on the wire, such as `temperature` or `stream_options`. */
  readonly parameter: string;
  readonly done: 'dropped' | 'renamed' | 'changed';
  /** For people. */
  readonly why: string;
}

export interface Answer {
  readonly text: string;
  /** What the model showed of its thinking; empty when nothing. */
  readonly reasoning: string;
  readonly toolCalls: readonly ToolCall[];
  readonly finish: Finish;
  /** Missing when the provider told none. */
  readonly usage?: Usage;
  readonly timings: Timings;
  /** US dollars, all attempts that told their usage; missing when price or usage is not known. */
  readonly cost?: number;
  /** The provider's id of the request. */
  readonly requestId?: string;
  /** The model that answered, as the provider names it. */
  readonly model: string;
  /** As sent, by their names on the wire. */
  readonly sent: Readonly<Record<string, string | number | boolean>>;
  readonly adjustments: readonly Adjustment[];
  /** Requests that it took, at least 1. */
  readonly attempts: number;
  /** Texts of streams that broke before this answer; they may have been paid for. */
  readonly broken: readonly string[];
}

/** What happens while a model is asked. */
export type AskEvent =
  /** The stream broke and everything of it is void: the text comes again from its beginning. */
  | { readonly type: 'restart' }
  /** The next attempt begins in `waitMs`. */
  | {
      readonly type: 'retry';
      readonly attempt: number;
      readonly waitMs: number;
      readonly error: ModelErrorFacts;
    }
  | { readonly type: 'adjusted'; readonly adjustment: Adjustment };

export interface AskOptions {
  readonly signal?: AbortSignal;
  /** More text of the answer. */
  readonly onText?: (text: string) => void;
  /** More of what the model shows of its thinking. */
  readonly onReasoning?: (text: string) => void;
  /** A tool call that is complete. */
  readonly onToolCall?: (call: ToolCall) => void;
  readonly onEvent?: (event: AskEvent) => void;
}

/** A model behind an address. */
export interface ModelClient {
  /** The model that is asked, and whose it is. */
  readonly model: { readonly id: string; readonly provider: string };
  /**
   * Asks and waits for the whole answer. An answer that was cut at its limit of tokens is an answer (`finish`).
   * @throws ModelError
   */
  ask(request: AskRequest, options?: AskOptions): Promise<Answer>;
}

export const modelErrorKinds = [
  /** The key is missing, wrong, or not allowed to do this. */
  'key',
  /** Nothing of an OpenAI-compatible API is at this address. */
  'address',
  /** The server is there but does not let this page ask it. */
  'cors',
  /** A page of https may not ask an address of http. */
  'mixed-content',
  /** The browser does not let this page into the private network. */
  'private-network',
  /** The provider does not know this model. */
  'model',
  /** There is no credit left. */
  'quota',
  /** Too many requests, still after the retries. */
  'rate',
  'timeout',
  /** No connection, or it broke. */
  'network',
  /** The model declined, or a filter of the provider stopped it. */
  'refused',
  /** An answer without text and without tool calls. */
  'empty',
  'cancelled',
  /** The provider failed (5xx), still after the retries. */
  'server',
  /** The provider does not take this request (4xx); the prompt may be too long. */
  'request',
  /** What came back is not what the API promises. */
  'bad-answer',
] as const;
export type ModelErrorKind = (typeof modelErrorKinds)[number];

export interface ModelErrorFacts {
  readonly kind: ModelErrorKind;
  /** What went wrong, in plain words, without keys. */
  readonly message: string;
  /** What to do about it; empty when there is nothing. */
  readonly advice: string;
  /** HTTP status, where an answer came. */
  readonly status?: number;
  /** The provider's own words, without keys, cut. */
  readonly detail?: string;
}

/** Why a model gave no answer. Nothing in it holds a key. */
export class ModelError extends Error implements ModelErrorFacts {
  readonly kind: ModelErrorKind;
  readonly advice: string;
  readonly status?: number;
  readonly detail?: string;
  /** What came before it failed and may have been paid for. */
  readonly partial?: Answer;

  constructor(facts: ModelErrorFacts, partial?: Answer) {
    super(facts.message);
    this.name = 'ModelError';
    this.kind = facts.kind;
    this.advice = facts.advice;
    if (facts.status !== undefined) this.status = facts.status;
    if (facts.detail !== undefined) this.detail = facts.detail;
    if (partial !== undefined) this.partial = partial;
  }
}
