import type { Redactor } from './redact.ts';
import { ThinkSplitter } from './think.ts';
import type { AskOptions, Finish, ToolCall, Usage } from './types.ts';

type Listeners = Pick<AskOptions, 'onText' | 'onReasoning' | 'onToolCall'>;

/** Puts one answer together from its pieces, without keys, and tells of each piece that is safe to pass on. */
export class AnswerBuilder {
  text = '';
  reasoning = '';
  refusal = '';
  finish: Finish | undefined;
  usage: Usage | undefined;
  id: string | undefined;
  model: string | undefined;
  /** True once the first text, thinking or tool call came. */
  begun = false;
  readonly #think = new ThinkSplitter();
  readonly #streams;
  readonly #calls: { id: string; name: string; arguments: string; told: boolean }[] = [];
  readonly #byKey = new Map<string | number, number>();

  constructor(
    private readonly redactor: Redactor,
    private readonly listeners: Listeners,
    private readonly onBegin: () => void,
  ) {
    this.#streams = { text: redactor.stream(), reasoning: redactor.stream() };
  }

  get toolCalls(): ToolCall[] {
    return this.#calls.map(({ id, name, arguments: text }, index) => ({
      id: id === '' ? `call_${index}` : id,
      name,
      arguments: text === '' ? '{}' : this.redactor.text(text),
    }));
  }

  addText(piece: string): void {
    if (piece === '') return;
    this.#begin();
    const { text, reasoning } = this.#think.push(piece);
    this.#reason(this.#streams.reasoning.push(reasoning));
    this.#say(this.#streams.text.push(text));
  }

  addReasoning(piece: string): void {
    if (piece === '') return;
    this.#begin();
    this.#reason(this.#streams.reasoning.push(piece));
  }

  addRefusal(piece: string): void {
    if (piece !== '') this.#begin();
    this.refusal += piece;
  }

  /**
   * Another piece of a tool call.
   * @param key - what tells calls apart while they come: index or id; undefined continues the last one
   */
  addCall(key: string | number | undefined, part: { id?: string; name?: string; arguments?: string }): void {
    this.#begin();
    let place = key === undefined ? this.#calls.length - 1 : this.#byKey.get(key);
    // Some give every call of an answer the index 0, each with an id of its own.
    const other =
      place !== undefined && part.id !== undefined && part.id !== '' && this.#calls[place]?.id !== part.id;
    if (place === undefined || place < 0 || (other && this.#calls[place]?.id !== '')) {
      this.#tell();
      place = this.#calls.push({ id: '', name: '', arguments: '', told: false }) - 1;
      if (key !== undefined) this.#byKey.set(key, place);
    }
    const call = this.#calls[place];
    if (call === undefined) return;
    if (part.id !== undefined && part.id !== '') call.id = this.redactor.text(part.id);
    if (part.name !== undefined && call.name === '') call.name = this.redactor.text(part.name);
    call.arguments += part.arguments ?? '';
  }

  /** Lets go of what was held back; nothing more comes. */
  end(): void {
    const { text, reasoning } = this.#think.flush();
    this.#reason(this.#streams.reasoning.push(reasoning) + this.#streams.reasoning.flush());
    this.#say(this.#streams.text.push(text) + this.#streams.text.flush());
    this.refusal = this.redactor.text(this.refusal);
    this.#tell();
  }

  #begin(): void {
    if (this.begun) return;
    this.begun = true;
    this.onBegin();
  }

  #say(piece: string): void {
    if (piece === '') return;
    this.text += piece;
    this.listeners.onText?.(piece);
  }

  #reason(piece: string): void {
    if (piece === '') return;
    this.reasoning += piece;
    this.listeners.onReasoning?.(piece);
  }

  #tell(): void {
    const calls = this.toolCalls;
    for (const [index, call] of this.#calls.entries()) {
      const whole = calls[index];
      if (call.told || whole === undefined) continue;
      call.told = true;
      this.listeners.onToolCall?.(whole);
    }
  }
}
