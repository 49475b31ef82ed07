import { taskVersion } from '../../../tasks/index.ts';
import { recordFiles } from '../../domain/files.ts';
import type { Generation } from '../../domain/generation.ts';
import { stageNames, type RunRecord } from '../../domain/run.ts';
import type { Task } from '../../domain/task.ts';
import type { FileMap, Sandbox } from '../../engines/engine.ts';
import { ModelError, type ModelClient, type Parameters } from '../client/types.ts';
import type { RenderedPrompt } from '../prompts/variant.ts';
import { Ledger, type Budget } from './ledger.ts';
import { optionValues } from './options.ts';
import { Talk } from './talk.ts';
import {
  GenerationFault,
  type Decision,
  type GenerationEvent,
  type OptionValues,
  type Pause,
  type Scaffold,
  type ScaffoldContext,
  type Submitted,
} from './types.ts';

export interface GenerateRequest {
  readonly task: Task;
  readonly scaffold: Scaffold;
  readonly options?: OptionValues;
  readonly promptFor: (task: Task) => RenderedPrompt;
  readonly parameters?: Parameters;
  readonly budget?: Budget;
  readonly exemplar?: { readonly label: string; readonly files: FileMap };
  /** How often an answer that was cut off is continued. Default 4. */
  readonly continuations?: number;
}

export interface GenerateParts {
  readonly client: ModelClient;
  /** Runs files to their verdict. Rejects only when it is cancelled. */
  evaluate(files: FileMap, label: string, signal: AbortSignal): Promise<RunRecord>;
  /** A fresh sandbox for an agent. */
  sandbox?(signal: AbortSignal): Promise<Sandbox>;
  /** Waits for a person. */
  pause?(at: Pause): Promise<Decision>;
  emit?(event: GenerationEvent): void;
  readonly signal?: AbortSignal;
}

/** What asking gave: files with how they came to be, or why there are none. */
export type Generated =
  | ({ readonly kind: 'files'; readonly generation: Generation } & Submitted)
  | {
      readonly kind: 'fault';
      readonly generation: Generation;
      /** The model gave nothing to run, the provider failed, or the budget is spent. */
      readonly reason: 'generation' | 'provider' | 'budget';
      readonly detail: string;
      /** What the last answer gave, when there was one. */
      readonly files: FileMap;
    };

/**
 * Asks a model for a submission in the way of a scaffold. A model or provider that fails is told in the result.
 * @throws AbortError when cancelled
 */
export async function generate(request: GenerateRequest, parts: GenerateParts): Promise<Generated> {
  const { task, scaffold, promptFor, parameters, budget = {}, exemplar, continuations = 4 } = request;
  const { client, signal = new AbortController().signal } = parts;
  let last: FileMap = {};
  const emit = (event: GenerationEvent): void => {
    if (event.type === 'files') last = event.files;
    parts.emit?.(event);
  };
  const ledger = new Ledger(budget, (step) => emit({ type: 'step', step }));
  const options = optionValues(scaffold.options, request.options);
  const context: ScaffoldContext = {
    task,
    promptFor,
    options,
    signal,
    exemplar,
    emit,
    talk: () => new Talk({ client, parameters, ledger, emit, signal, continuations }),
    evaluate: async (files, label) => {
      emit({ type: 'run', label });
      const record = await parts.evaluate(files, label, signal);
      ledger.step({ kind: 'run', label, runId: record.id, ...scoreOf(record) });
      emit({ type: 'ran', label, record });
      return record;
    },
    step: (step) => ledger.step(step),
    pause: async (at) => (await parts.pause?.(at)) ?? { go: 'on', files: at.files, message: at.message },
    sandbox: () =>
      parts.sandbox?.(signal) ??
      Promise.reject(new GenerationFault('stopped', 'There is no sandbox for an agent here.')),
  };
  const start = {
    model: { id: client.model.id, provider: client.model.provider },
    prompts: [promptFor(task).source],
    scaffold: { id: scaffold.id, options },
  };
  try {
    const submitted = await scaffold.run(context);
    return { kind: 'files', ...submitted, generation: ledger.generation(start) };
  } catch (error) {
    signal.throwIfAborted();
    const fault = faultOf(error);
    if (fault === undefined) throw error;
    ledger.step({ kind: 'note', text: fault.detail });
    return { kind: 'fault', ...fault, files: last, generation: ledger.generation(start) };
  }
}

/** As `generate`, and runs what it gave: always a record, unscored when the model is to blame. @throws AbortError */
export async function generateRun(request: GenerateRequest, parts: GenerateParts): Promise<RunRecord> {
  const generated = await generate(request, parts);
  const { generation } = generated;
  const source = {
    kind: 'model' as const,
    label: `${generation.model.id}, ${request.scaffold.name.toLowerCase()}`,
  };
  if (generated.kind === 'fault') return { ...unscored(request.task, generated), source };
  const signal = parts.signal ?? new AbortController().signal;
  const record = generated.record ?? (await parts.evaluate(generated.files, 'run', signal));
  return { ...record, source, generation };
}

const scoreOf = ({ verdict }: RunRecord) => {
  if (verdict.kind === 'unscored') return {};
  const { passed, total, raw, strict, pass } = verdict.score;
  return { score: { passed, total, raw, strict, pass } };
};

/** Why there is nothing to run; undefined for what is nobody's fault but ours. */
function faultOf(
  error: unknown,
): Pick<Extract<Generated, { kind: 'fault' }>, 'reason' | 'detail'> | undefined {
  if (error instanceof GenerationFault) {
    return { reason: error.kind === 'budget' ? 'budget' : 'generation', detail: error.message };
  }
  if (!(error instanceof ModelError)) return undefined;
  const advice = error.advice === '' ? '' : ` ${error.advice}`;
  return { reason: 'provider', detail: `${error.message}${advice}` };
}

/** A record of a run that never began: the model gave no submission. */
export function unscored(
  task: Task,
  { reason, detail, files, generation }: Extract<Generated, { kind: 'fault' }>,
): RunRecord {
  const alphabet = '0123456789abcdefghijklmnopqrstuv';
  const id = Array.from(crypto.getRandomValues(new Uint8Array(24)), (byte) => alphabet[byte % 32]).join('');
  return {
    version: 1,
    id,
    createdAt: new Date().toISOString(),
    task: { id: task.id, version: taskVersion },
    source: { kind: 'model', label: generation.model.id },
    generation,
    files: recordFiles(files),
    engine: { id: task.language, versions: {} },
    packages: {},
    substitutions: [],
    stages: stageNames.map((name) => ({
      name,
      status: 'skipped',
      startedAt: 0,
      ms: 0,
      message: 'the model gave no submission',
    })),
    log: [],
    logTruncated: false,
    verify: [],
    profile: 'parser',
    verdict: { kind: 'unscored', reason, detail },
    ms: 0,
  };
}
