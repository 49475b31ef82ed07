import type { Generation, GenerationStep, PromptSource } from '../../domain/generation.ts';
import type { RunRecord } from '../../domain/run.ts';
import type { Task } from '../../domain/task.ts';
import type { FileMap } from '../../engines/engine.ts';
import {
  ModelError,
  type AskEvent,
  type ModelClient,
  type ModelErrorFacts,
  type Parameters,
} from '../../generate/client/types.ts';
import type { RenderedPrompt } from '../../generate/prompts/variant.ts';
import {
  generate,
  unscored,
  type Decision,
  type Generated,
  type GenerationEvent,
  type OptionValues,
  type Pause,
  type Scaffold,
} from '../../generate/scaffolds/index.ts';
import { modelsText } from '../english/models.ts';
import type { Session } from '../session.svelte.ts';
import { answerNotes } from '../setup/answer-notes.ts';
import { formatMs } from '../text/format.ts';
import { AnswerStream, repaintMs } from './answer-stream.svelte.ts';
import { carryOut } from './carry-out.ts';
import { spentOn, type Spent, type Turn } from './spent.ts';

export type Phase = keyof typeof modelsText.progress.phases;

/** What a generation is made of. */
export interface Order {
  readonly task: Task;
  readonly client: ModelClient;
  readonly scaffold: Scaffold;
  readonly options: OptionValues;
  readonly parameters: Parameters;
  readonly promptFor: (task: Task) => RenderedPrompt;
  readonly exemplar: { readonly label: string; readonly files: FileMap } | undefined;
  /** US dollars. */
  readonly budget: number | undefined;
  /** Whether the files are run once they are there. */
  readonly run: boolean;
  /** Called with the files that the answers gave so far. */
  readonly onFiles: (files: FileMap) => void;
}

/** The course of one generation: its questions, its runs, and how it ended. What streams is in `stream`. */
export class GenerationRun {
  readonly #session: Session;
  readonly #abort = new AbortController();
  readonly #begin = performance.now();
  readonly stream = new AnswerStream();
  #phase = $state<Phase>('asking');
  #label = $state.raw('');
  #remark = $state.raw('');
  #error = $state.raw<ModelErrorFacts | { readonly message: string } | undefined>();
  #elapsed = $state(0);
  /** What was not placed of the answer that these files come from. */
  readonly #notes = new WeakMap<FileMap, readonly string[]>();
  #steps = $state.raw<readonly GenerationStep[]>([]);
  #pause = $state.raw<{ readonly at: Pause; decide(decision: Decision): void } | undefined>();
  /** The next message as the person has it; it stays when another view is looked at. */
  message = $state('');
  #fault: 'generation' | 'provider' | 'budget' | undefined;

  constructor(
    session: Session,
    readonly order: Order,
  ) {
    this.#session = session;
  }

  get phase(): Phase {
    return this.#phase;
  }
  get active(): boolean {
    return !['done', 'failed', 'cancelled'].includes(this.#phase);
  }
  /** Which question is under way: `write`, `round 2`. */
  get label(): string {
    return this.#label;
  }
  /** What was done about a failure on the way. */
  get remark(): string {
    return this.#remark;
  }
  get error(): ModelErrorFacts | { readonly message: string } | undefined {
    return this.#error;
  }
  /** What kept it from a submission: the model, or what lies around it. */
  get fault(): 'generation' | 'provider' | 'budget' | undefined {
    return this.#fault;
  }
  get elapsed(): number {
    return this.#elapsed;
  }
  get steps(): readonly GenerationStep[] {
    return this.#steps;
  }
  /** A person is waited for. */
  get pause(): { readonly at: Pause; decide(decision: Decision): void } | undefined {
    return this.#pause;
  }

  cancel(): void {
    this.#abort.abort(new DOMException('cancelled', 'AbortError'));
  }

  /** Asks, and runs what came. Never rejects: how it ended is in `phase` and `error`. */
  async start(): Promise<void> {
    const { task, client, scaffold, options, parameters, promptFor, exemplar, budget, run } = this.order;
    const ticking = setInterval(() => this.#repaint(), repaintMs);
    try {
      const generated = await generate(
        {
          task,
          scaffold,
          options,
          promptFor,
          parameters,
          ...(budget !== undefined && { budget: { cost: budget } }),
          ...(exemplar !== undefined && { exemplar }),
        },
        {
          client: this.#watched(client),
          evaluate: (files, label, signal) => this.#evaluate(files, label, signal),
          sandbox: (signal) => this.#session.services.sandbox(task, signal),
          pause: (at) => this.#wait(at),
          emit: (event) => this.#take(event),
          signal: this.#abort.signal,
        },
      );
      if (generated.kind === 'fault') await this.#fail(generated);
      else await this.#finish(generated.files, generated.record, generated.generation, run);
    } catch (error) {
      if (this.#abort.signal.aborted || (error instanceof DOMException && error.name === 'AbortError'))
        this.#end('cancelled');
      else this.#end('failed', { message: error instanceof Error ? error.message : String(error) });
    } finally {
      clearInterval(ticking);
      this.#repaint();
    }
  }

  /** The client, with an eye on what it does about failures. */
  #watched(client: ModelClient): ModelClient {
    return {
      model: client.model,
      ask: async (request, options = {}) => {
        try {
          return await client.ask(request, {
            ...options,
            onEvent: (event) => {
              this.#heed(event);
              options.onEvent?.(event);
            },
          });
        } catch (error) {
          if (error instanceof ModelError && error.kind !== 'cancelled') this.#error = error;
          throw error;
        }
      },
    };
  }

  #heed(event: AskEvent): void {
    const text = modelsText.progress;
    if (event.type === 'retry') this.#remark = text.retry(event.error.message, formatMs(event.waitMs));
    else this.#remark = event.type === 'restart' ? text.restart : event.adjustment.why;
  }

  #take(event: GenerationEvent): void {
    switch (event.type) {
      case 'ask':
        this.#label = event.label;
        this.#phase = 'asking';
        return this.stream.void();
      case 'restart':
        return this.stream.void();
      case 'text':
      case 'reasoning':
        this.#phase = event.type === 'text' ? 'writing' : 'thinking';
        return this.stream.take(event);
      case 'file':
        return this.stream.take(event);
      case 'files':
        if (event.parsed !== undefined) this.#notes.set(event.files, answerNotes(event.parsed));
        this.order.onFiles(event.files);
        this.#hand(event.files);
        return;
      case 'step':
        this.#steps = [...this.#steps, event.step];
        return;
      case 'run':
        this.#phase = 'running';
        this.#label = event.label;
        return;
    }
  }

  #repaint(): void {
    if (this.active) this.#elapsed = performance.now() - this.#begin;
    if (!this.active || this.#phase === 'running') return this.stream.repaint(undefined);
    const { code } = this.#session;
    this.stream.repaint((files, newest) => {
      code.show(files, { label: this.order.client.model.id });
      if (newest !== undefined) code.open(newest);
    });
  }

  #source(): { kind: 'model'; label: string } {
    const { client, scaffold } = this.order;
    return { kind: 'model', label: `${client.model.id}, ${scaffold.name.toLowerCase()}` };
  }

  #hand(files: FileMap): void {
    this.stream.settle(files);
    this.#session.setup.take(files, this.#source(), this.#notes.get(files), this.order.task.id);
    this.#session.code.choose('draft');
  }

  async #evaluate(files: FileMap, label: string, signal: AbortSignal): Promise<RunRecord> {
    this.#phase = 'running';
    this.#label = label;
    return this.#run(files, this.#soFar(), signal);
  }

  async #run(files: FileMap, generation: Generation, signal: AbortSignal): Promise<RunRecord> {
    const { setup, runs } = this.#session;
    const { task } = this.order;
    if (setup.draft?.files !== files) this.#hand(files);
    setup.generations.set(files, generation);
    const source = this.#source();
    const request = {
      task,
      files,
      source,
      generation,
      ...setup.suite.request,
      ...setup.engine.request(task),
    };
    return carryOut(runs, request, signal);
  }

  async #finish(
    files: FileMap,
    record: RunRecord | undefined,
    generation: Generation,
    run: boolean,
  ): Promise<void> {
    this.#phase = 'running';
    if (this.#session.setup.draft?.files !== files) this.#hand(files);
    this.#session.setup.generations.set(files, generation);
    if (record !== undefined) this.#showBest(record);
    else if (run) await this.#run(files, generation, this.#abort.signal);
    this.#end('done');
  }

  /** Of several rounds the best one counts: that is the one to look at. */
  #showBest(record: RunRecord): void {
    const { runs } = this.#session;
    const best = runs.list.find((one) => one.record?.id === record.id);
    if (best !== undefined) runs.show(best);
  }

  /** A model that gave nothing leaves an unscored run: it counts, and not against a submission. */
  async #fail(fault: Extract<Generated, { kind: 'fault' }>): Promise<void> {
    this.#fault = fault.reason;
    this.#end('failed', this.#error ?? { message: fault.detail });
    if (!this.order.run) return;
    const record = { ...unscored(this.order.task, fault), source: this.#source() };
    this.#session.runs.open(record);
    await this.#session.history.keep(record);
  }

  #end(phase: Phase, error?: ModelErrorFacts | { readonly message: string }): void {
    this.#pause = undefined;
    this.#remark = '';
    this.#phase = phase;
    this.#error = error;
    this.#elapsed = performance.now() - this.#begin;
  }

  #wait(at: Pause): Promise<Decision> {
    this.#phase = 'waiting';
    this.message = at.message;
    this.#hand(at.files);
    return new Promise((resolve, reject) => {
      const cancel = (): void => reject(this.#abort.signal.reason);
      this.#abort.signal.addEventListener('abort', cancel, { once: true });
      this.#pause = {
        at,
        decide: (decision) => {
          this.#abort.signal.removeEventListener('abort', cancel);
          this.#pause = undefined;
          resolve(decision);
        },
      };
    });
  }

  /** What a record on the way says: all that happened until then. */
  #soFar(): Generation {
    const { client, scaffold, options, promptFor, task } = this.order;
    const turns = this.turns;
    const prompts: PromptSource[] = [promptFor(task).source];
    const { usage, cost } = this.spent;
    return {
      model: { id: client.model.id, provider: client.model.provider },
      parameters: Object.fromEntries(
        Object.entries(this.order.parameters).filter(
          (entry): entry is [string, string | number] => entry[1] !== undefined,
        ),
      ),
      prompts,
      scaffold: { id: scaffold.id, options: { ...options } },
      turns: turns.length,
      ...(usage !== undefined && { usage }),
      ...(cost !== undefined && { cost }),
      ms: turns.reduce((sum, { ms }) => sum + ms, 0),
      trajectory: [...this.#steps],
    };
  }

  /** The questions so far. */
  get turns(): readonly Turn[] {
    return this.#steps.filter((step) => step.kind === 'turn');
  }
  /** Tokens and US dollars of all answers so far, as far as they are known. */
  get spent(): Spent {
    return spentOn(this.turns);
  }
}
