import type { GenerationStep, TokenUsage } from '../../domain/generation.ts';
import type { RunRecord } from '../../domain/run.ts';
import type { Task } from '../../domain/task.ts';
import type { FileMap, Sandbox } from '../../engines/engine.ts';
import type { AnswerEvent, ParsedAnswer } from '../answers/types.ts';
import type { Answer, Message, Tool } from '../client/types.ts';
import type { RenderedPrompt } from '../prompts/variant.ts';

/** A setting of a scaffold, as a form shows it. */
export type OptionField =
  | {
      readonly kind: 'number';
      readonly id: string;
      readonly label: string;
      readonly value: number;
      readonly min: number;
      readonly max: number;
    }
  | {
      readonly kind: 'choice';
      readonly id: string;
      readonly label: string;
      readonly value: string;
      readonly choices: readonly { readonly value: string; readonly label: string }[];
    }
  | { readonly kind: 'switch'; readonly id: string; readonly label: string; readonly value: boolean };

export type OptionValues = Readonly<Record<string, string | number | boolean>>;

/** A way of asking a model for a submission. A plug-in is a file of this folder and a line in `index.ts`. */
export interface Scaffold {
  readonly id: string;
  readonly name: string;
  /** One or two sentences for people. */
  readonly explain: string;
  readonly options: readonly OptionField[];
  /** What it needs besides a model. */
  readonly needs: readonly ('exemplar' | 'person' | 'sandbox')[];
  /** @throws GenerationFault, ModelError; both leave the run unscored */
  run(context: ScaffoldContext): Promise<Submitted>;
}

export interface Submitted {
  readonly files: FileMap;
  /** The run of these files, when the scaffold has already made it. */
  readonly record?: RunRecord;
}

/** What asking took. */
export interface Spending {
  /** Questions that were answered. */
  readonly turns: number;
  /** Milliseconds. */
  readonly ms: number;
  readonly usage?: TokenUsage;
  /** US dollars; missing when the price of an answer is not known. */
  readonly cost?: number;
}

/** What happens while a model is asked, for the page. */
export type GenerationEvent =
  /** A question goes out. */
  | { readonly type: 'ask'; readonly label: string; readonly sent: readonly Message[] }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  /** What streamed of this turn is void and comes again. */
  | { readonly type: 'restart' }
  | { readonly type: 'file'; readonly event: AnswerEvent }
  /** The answer is there, paid for and saved; its files are those of all turns so far. */
  | { readonly type: 'answer'; readonly answer: Answer }
  | { readonly type: 'files'; readonly files: FileMap; readonly parsed?: ParsedAnswer }
  | { readonly type: 'step'; readonly step: GenerationStep }
  /** A run on the way begins and ends. */
  | { readonly type: 'run'; readonly label: string }
  | { readonly type: 'ran'; readonly label: string; readonly record: RunRecord };

/** What a person may change between two rounds. */
export interface Pause {
  readonly round: number;
  readonly files: FileMap;
  readonly record: RunRecord | undefined;
  /** The message that would be sent next. */
  readonly message: string;
}

export type Decision =
  | { readonly go: 'on'; readonly files: FileMap; readonly message: string }
  /** Run these files first, without asking the model. */
  | { readonly go: 'run'; readonly files: FileMap }
  | { readonly go: 'stop'; readonly files: FileMap };

/** What a scaffold works with. */
export interface ScaffoldContext {
  readonly task: Task;
  /** The prompt of a task, as a person may have edited it: of `task`, or of one with fewer constraints. */
  promptFor(task: Task): RenderedPrompt;
  readonly options: OptionValues;
  readonly signal: AbortSignal;
  /** Begins a conversation. */
  talk(): Conversation;
  /** Runs files to their verdict; its outcome is in the trajectory. */
  evaluate(files: FileMap, label: string): Promise<RunRecord>;
  emit(event: GenerationEvent): void;
  /** Adds to the trajectory. */
  step(step: GenerationStep): void;
  /** Files of another submission to show, and what they are. */
  readonly exemplar: { readonly label: string; readonly files: FileMap } | undefined;
  /** Waits for a person; without one it decides to go on. */
  pause(at: Pause): Promise<Decision>;
  /** A fresh sandbox of the task's engine; the caller disposes it. */
  sandbox(): Promise<Sandbox>;
}

/** One conversation with the model; what was said before is sent again with every question. */
export interface Conversation {
  /** Adds a message that goes out with the next question. */
  add(message: Message): void;
  /**
   * Asks; an answer that was cut off is continued.
   * @throws ModelError, GenerationFault
   */
  ask(label: string, tools?: readonly Tool[]): Promise<Answer>;
  /** Asks, and reads files from the answer; `before` are those that it may change. */
  askFiles(label: string, before: FileMap): Promise<{ files: FileMap; parsed: ParsedAnswer }>;
}

/** The model or its provider is to blame, not the submission: the run is unscored. */
export class GenerationFault extends Error {
  override readonly name = 'GenerationFault';
  constructor(
    readonly kind: 'refused' | 'empty' | 'no-files' | 'budget' | 'stopped',
    message: string,
  ) {
    super(message);
  }
}
