import type { FileMap } from '../../engines/engine.ts';
import {
  applyAnswer,
  AnswerParser,
  joinContinuation,
  parseAnswer,
  type ParsedAnswer,
} from '../answers/index.ts';
import {
  ModelError,
  type Answer,
  type AskRequest,
  type Message,
  type ModelClient,
  type Parameters,
  type Tool,
} from '../client/types.ts';
import type { Ledger } from './ledger.ts';
import { GenerationFault, type Conversation, type GenerationEvent } from './types.ts';
import { goOn } from './words.ts';

export interface TalkParts {
  readonly client: ModelClient;
  readonly parameters: Parameters | undefined;
  readonly ledger: Ledger;
  readonly emit: (event: GenerationEvent) => void;
  readonly signal: AbortSignal;
  /** How often an answer that was cut off is continued. */
  readonly continuations: number;
}

/** A conversation over a model client. */
export class Talk implements Conversation {
  readonly #parts: TalkParts;
  readonly #messages: Message[] = [];
  /** How many messages the model has seen. */
  #seen = 0;

  constructor(parts: TalkParts) {
    this.#parts = parts;
  }

  add(message: Message): void {
    this.#messages.push(message);
  }

  async ask(label: string, tools: readonly Tool[] = []): Promise<Answer> {
    const { answer } = await this.#whole(
      label,
      tools,
      ({ finish }) => finish === 'length',
      () => () => {},
    );
    return answer;
  }

  async askFiles(label: string, before: FileMap): Promise<{ files: FileMap; parsed: ParsedAnswer }> {
    const { emit, ledger } = this.#parts;
    const watch = (): ((text: string) => void) => {
      const parser = new AnswerParser(before, (event) => emit({ type: 'file', event }));
      return (text) => parser.feed(text);
    };
    let parsed = parseAnswer('');
    const cutOff = ({ finish, text }: Answer): boolean => {
      parsed = parseAnswer(text, before);
      return finish === 'length' || (parsed.truncated !== undefined && finish === 'stop');
    };
    const { answer, cut } = await this.#whole(label, [], cutOff, watch);
    const { refusal } = parsed;
    if (answer.finish === 'refusal' || refusal !== undefined) {
      throw new GenerationFault('refused', `The model declined: ${(refusal ?? answer.text).slice(0, 300)}`);
    }
    if (answer.finish === 'content-filter')
      throw new GenerationFault('refused', 'A filter of the provider stopped the answer.');
    if (answer.text.trim() === '') throw new GenerationFault('empty', 'The model answered with nothing.');
    for (const text of placementNotes(parsed)) ledger.step({ kind: 'note', text });
    if (cut)
      ledger.step({
        kind: 'note',
        text: `The answer is cut off, and was not continued more than ${this.#parts.continuations} times.`,
      });
    if (Object.keys(parsed.files).length === 0 && parsed.removed.length === 0) {
      throw new GenerationFault('no-files', 'No file could be read from the answer.');
    }
    const files = applyAnswer(before, parsed);
    emit({ type: 'files', files, parsed });
    return { files, parsed };
  }

  /** Asks, and goes on asking while the answer is cut off. @returns one answer with all its text */
  async #whole(
    label: string,
    tools: readonly Tool[],
    cutOff: (answer: Answer) => boolean,
    watch: () => (text: string) => void,
  ): Promise<{ answer: Answer; cut: boolean }> {
    let answer = await this.#once(label, tools, this.#messages, watch);
    const room = this.#parts.continuations;
    let cut = cutOff(answer);
    for (let round = 1; cut && answer.text.trim() !== '' && round <= room; round++) {
      const asked: Message[] = [
        ...this.#messages,
        { role: 'assistant', text: answer.text },
        { role: 'user', text: goOn },
      ];
      this.#seen = asked.length - 1;
      const next = await this.#once(`${label}, continued`, tools, asked, () => () => {});
      answer = { ...next, text: joinContinuation(answer.text, next.text) };
      cut = cutOff(answer);
    }
    const { text, reasoning, toolCalls } = answer;
    this.#messages.push({
      role: 'assistant',
      text,
      ...(reasoning !== '' && { reasoning }),
      ...(toolCalls.length > 0 && { toolCalls }),
    });
    this.#seen = this.#messages.length;
    return { answer, cut };
  }

  async #once(
    label: string,
    tools: readonly Tool[],
    messages: readonly Message[],
    watch: () => (text: string) => void,
  ): Promise<Answer> {
    const { client, parameters, ledger, emit, signal } = this.#parts;
    signal.throwIfAborted();
    ledger.check();
    const sent = messages.slice(this.#seen);
    emit({ type: 'ask', label, sent });
    let feed = watch();
    const request: AskRequest = {
      messages: [...messages],
      ...(tools.length > 0 && { tools }),
      ...(parameters !== undefined && { parameters }),
    };
    const asked = client.ask(request, {
      signal,
      onText: (text) => {
        emit({ type: 'text', text });
        feed(text);
      },
      onReasoning: (text) => emit({ type: 'reasoning', text }),
      onEvent: (event) => {
        if (event.type !== 'restart') return;
        feed = watch();
        emit({ type: 'restart' });
      },
    });
    const answer = await asked.catch((error: unknown) => this.#failed(error, label, sent));
    this.#account(answer, label, sent);
    emit({ type: 'answer', answer });
    return answer;
  }

  /** What a question cost counts, even when it failed; a model that gave nothing is told from a provider that failed. */
  #failed(error: unknown, label: string, sent: readonly Message[]): never {
    if (error instanceof ModelError) {
      if (error.partial !== undefined) this.#account(error.partial, label, sent);
      if (error.kind === 'refused' || error.kind === 'empty')
        throw new GenerationFault(error.kind, error.message);
    }
    throw error;
  }

  #account(answer: Answer, label: string, sent: readonly Message[]): void {
    const { ledger } = this.#parts;
    ledger.answered(answer);
    const { text, reasoning, toolCalls, finish, usage, cost, timings } = answer;
    ledger.step({
      kind: 'turn',
      label,
      sent: sent.map(({ role, text: said }) => ({ role, text: said })),
      text,
      ...(reasoning !== '' && { reasoning }),
      ...(toolCalls.length > 0 && {
        toolCalls: toolCalls.map((call) => ({ name: call.name, arguments: call.arguments })),
      }),
      finish,
      ...(usage !== undefined && { usage }),
      ...(cost !== undefined && { cost }),
      ms: timings.ms,
      answerMs: timings.answerMs,
      ...(timings.firstTokenMs !== undefined && { firstTokenMs: timings.firstTokenMs }),
    });
  }
}

/** What could not be used of an answer, one sentence each. */
export function placementNotes(parsed: ParsedAnswer): string[] {
  return [
    ...parsed.unplaced.map(({ line, message }) =>
      line > 0 ? `Line ${line} of the answer: ${message}` : message,
    ),
    ...parsed.incomplete.map(
      ({ path, line, remark }) => `${path}:${line} stands in for text that is not there: ${remark}`,
    ),
    ...parsed.notes,
  ];
}
