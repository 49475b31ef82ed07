import type { Redactor } from './redact.ts';
import { ThinkSplitter } from './think.ts';
import type { AskOptions, Finish, ToolCall, Usage } from './types.ts';

type Listeners = Pick<AskOptions, 'onText' | 'onReasoning' | 'onToolCall'>;

/** A piece of a tool call, with empty texts for what it does not say. */
export interface CallPart {
  readonly index: number | undefined;
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
  readonly extra: Readonly<Record<string, unknown>> | undefined;
}

interface Call {
  id: string;
  name: string;
  arguments: string;
  extra?: Readonly<Record<string, unknown>>;
  told: boolean;
}

/** Whether a piece that came in the place of a call begins another one. */
function isAnother(call: Call, part: CallPart): boolean {
  if (part.id !== '' && call.id !== '' && part.id !== call.id) return true;
  if (part.name === '' || call.name === '' || isAgain(call, part)) return false;
  // A name that comes again after complete arguments is the next call.
  return isWhole(call.arguments) && (part.id === '' || part.arguments.trimStart().startsWith('{'));
}

/** Some send a call as a whole once more, after its pieces. */
const isAgain = (call: Call, part: CallPart): boolean =>
  part.id !== '' && part.id === call.id && part.arguments !== '' && part.arguments === call.arguments;

function isWhole(text: string): boolean {
  if (!/\}\s*$/.test(text.slice(-100))) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Puts one answer together from its pieces, without keys, and tells of each piece that is safe to pass on. */
export class AnswerBuilder {
  text = '';
  reasoning = '';
  refusal = '';
  finish: Finish | undefined;
  usage: Usage | undefined;
  id: string | undefined;
  model: string | undefined;
  /** True when it came in one piece. */
  whole = false;
  /** True once the first text, thinking or tool call came. */
  begun = false;
  readonly #think = new ThinkSplitter();
  readonly #streams;
  readonly #calls: Call[] = [];
  readonly #byIndex = new Map<number, Call>();

  constructor(
    private readonly redactor: Redactor,
    private readonly listeners: Listeners,
    private readonly onBegin: () => void,
  ) {
    this.#streams = { text: redactor.stream(), reasoning: redactor.stream() };
  }

  get toolCalls(): ToolCall[] {
    return this.#calls.map(({ id, name, arguments: text, extra }, index) => ({
      id: id === '' ? `call_${index}` : id,
      name,
      arguments: text === '' ? '{}' : this.redactor.text(text),
      ...(extra !== undefined && { extra }),
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
   * Another piece of a tool call. Providers tell calls apart in different ways: by index, by id, by both, or not at all;
   * some repeat id and name with every piece, some give every call the index 0, some have no id.
   */
  addCall(piece: CallPart): void {
    this.#begin();
    const part = { ...piece, id: this.redactor.text(piece.id) };
    let call = this.#callFor(part);
    if (call === undefined || isAnother(call, part)) {
      this.#tell();
      call = { id: '', name: '', arguments: '', told: false };
      this.#calls.push(call);
      if (part.index !== undefined) this.#byIndex.set(part.index, call);
    } else if (isAgain(call, part)) return;
    if (part.id !== '') call.id = part.id;
    if (call.name === '') call.name = this.redactor.text(part.name);
    call.arguments += part.arguments;
    if (part.extra !== undefined) call.extra = part.extra;
  }

  #callFor({ index, id }: CallPart): Call | undefined {
    if (index !== undefined && this.#byIndex.has(index)) return this.#byIndex.get(index);
    if (index !== undefined && this.#byIndex.size > 0) return undefined;
    const known = id === '' ? undefined : this.#calls.find((call) => call.id === id);
    if (known !== undefined) return known;
    return id === '' && index === undefined ? this.#calls.at(-1) : undefined;
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
