import type { Answer, AskRequest, ModelClient } from '../../client/types.ts';

/** One answer as a test writes it: a text, or what differs from a plain answer. */
export type Scripted = string | Partial<Answer>;

/** A model whose answers are written down; it keeps what it was asked. */
export class FakeClient implements ModelClient {
  readonly model = { id: 'fake', provider: 'nobody' };
  readonly asked: AskRequest[] = [];
  readonly #answer: (request: AskRequest, index: number) => Scripted | Promise<Scripted>;

  constructor(
    answer: readonly Scripted[] | ((request: AskRequest, index: number) => Scripted | Promise<Scripted>),
  ) {
    this.#answer =
      typeof answer === 'function'
        ? answer
        : (_, index) => {
            const next = answer[index];
            if (next === undefined) throw new Error(`the model was asked ${index + 1} times`);
            return next;
          };
  }

  /** The last message of the n-th question. */
  said(index: number): string {
    return this.asked[index]?.messages.at(-1)?.text ?? '';
  }

  async ask(request: AskRequest, options: Parameters<ModelClient['ask']>[1] = {}): Promise<Answer> {
    options.signal?.throwIfAborted();
    this.asked.push(structuredClone(request));
    const scripted = await this.#answer(request, this.asked.length - 1);
    const given = typeof scripted === 'string' ? { text: scripted } : scripted;
    const text = given.text ?? '';
    for (let at = 0; at < text.length; at += 7) options.onText?.(text.slice(at, at + 7));
    return {
      text,
      reasoning: '',
      toolCalls: [],
      finish: (given.toolCalls?.length ?? 0) > 0 ? 'tool-calls' : 'stop',
      usage: { input: 100, output: 50, cached: 0, reasoning: 0 },
      timings: { ms: 10, answerMs: 10, firstTokenMs: 2 },
      cost: 0.01,
      model: 'fake',
      sent: { temperature: 0 },
      adjustments: [],
      attempts: 1,
      broken: [],
      ...given,
    };
  }
}

/** Files as a model writes them. */
export const written = (files: Record<string, string>): string =>
  Object.entries(files)
    .map(([path, text]) => `\`\`\` ${path}\n${text}\`\`\``)
    .join('\n\n');
