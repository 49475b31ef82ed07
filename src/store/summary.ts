import * as v from 'valibot';
import { limits } from '../domain/limits.ts';
import { submissionSource, type RunRecord } from '../domain/run.ts';
import { frameworks, taskId, type Framework, type Level } from '../domain/task.ts';
import { score } from '../domain/verdict.ts';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const instant = v.pipe(v.string(), v.isoTimestamp());

/** What the list of runs shows, kept apart from the records so that a list loads none of them. Version 1. */
export const runSummary = v.object({
  id,
  createdAt: instant,
  /** A run is under way until its record is there. */
  state: v.picklist(['running', 'finished']),
  task: v.object({ id: taskId, version: v.string() }),
  source: submissionSource,
  model: v.optional(v.string()),
  engine: v.optional(v.string()),
  profile: v.optional(v.picklist(['paper', 'parser'])),
  /** Of a run under way: the stage that it has come to. */
  stage: v.optional(v.string()),
  verdict: v.optional(
    v.variant('kind', [
      v.object({ kind: v.literal('scored'), score }),
      v.object({ kind: v.literal('unscored'), reason: v.string() }),
    ]),
  ),
  /** Milliseconds from start to verdict. */
  ms: v.optional(v.number()),
  /** Characters of the record's JSON. */
  size: v.number(),
  /** Where the record came from when it was not made here: then its verdict is a claim. */
  origin: v.optional(v.picklist(['file', 'link'])),
  /** What the person calls it. */
  title: v.optional(v.pipe(v.string(), v.maxLength(limits.runTitleLength))),
  /** When it was deleted; for a while it can be had back. */
  deletedAt: v.optional(instant),
});
export type StoredSummary = v.InferOutput<typeof runSummary>;

export type Outcome = 'passed' | 'failed' | 'unscored' | 'running' | 'interrupted';

/** A run as the list has it. */
export interface RunSummary extends Omit<StoredSummary, 'state'> {
  readonly outcome: Outcome;
  readonly framework: Framework | undefined;
  readonly level: Level;
}

/** A record from elsewhere may say anything of when it was made; what cannot be read comes last in the list. */
function instantOf(text: string): string {
  const at = Date.parse(text);
  return new Date(Number.isNaN(at) ? 0 : at).toISOString();
}

/** How a record that was not made here came. */
export type Origin = NonNullable<StoredSummary['origin']>;

/** What the list says of a finished run. */
export function summarise(record: RunRecord, origin?: Origin): StoredSummary {
  const { verdict, generation } = record;
  return {
    id: record.id,
    createdAt: instantOf(record.createdAt),
    state: 'finished',
    task: record.task,
    source: record.source,
    ...(generation !== undefined && { model: generation.model.id }),
    engine: record.engine.id,
    profile: record.profile,
    verdict: verdict.kind === 'scored' ? verdict : { kind: 'unscored', reason: verdict.reason },
    ms: record.ms,
    size: JSON.stringify(record).length,
    ...(origin !== undefined && { origin }),
  };
}

/** @param alive - ids of runs that some tab carries out now; others that are under way were interrupted */
export function present({ state, ...summary }: StoredSummary, alive: ReadonlySet<string>): RunSummary {
  const [framework = '', ...constraints] = summary.task.id.split('-');
  const named = constraints.filter((name) => name !== 'unconstrained').length;
  return {
    ...summary,
    outcome: outcomeOf(state, summary, alive),
    framework: frameworks.find((known) => known === framework),
    level: Math.min(named, 3) as Level,
  };
}

function outcomeOf(
  state: StoredSummary['state'],
  { id: run, verdict }: Pick<StoredSummary, 'id' | 'verdict'>,
  alive: ReadonlySet<string>,
): Outcome {
  if (state === 'running') return alive.has(run) ? 'running' : 'interrupted';
  if (verdict?.kind !== 'scored') return 'unscored';
  return verdict.score.pass ? 'passed' : 'failed';
}

/** What to look for; everything that is given has to fit. */
export interface RunQuery {
  readonly taskId?: string;
  readonly framework?: Framework;
  readonly level?: Level;
  readonly outcome?: Outcome;
  readonly model?: string;
  readonly source?: RunRecord['source']['kind'];
  /** Words, each of which is in the title, the task's id, the source, the model, the outcome or the reason. */
  readonly text?: string;
  readonly since?: Date;
  readonly until?: Date;
  /** True for those that were deleted and can be had back; default false. */
  readonly deleted?: boolean;
  /** At most as many. */
  readonly limit?: number;
}

export function fits(run: RunSummary, query: RunQuery): boolean {
  const at = Date.parse(run.createdAt);
  return (
    (run.deletedAt !== undefined) === (query.deleted ?? false) &&
    (query.taskId === undefined || run.task.id === query.taskId) &&
    (query.framework === undefined || run.framework === query.framework) &&
    (query.level === undefined || run.level === query.level) &&
    (query.outcome === undefined || run.outcome === query.outcome) &&
    (query.model === undefined || run.model === query.model) &&
    (query.source === undefined || run.source.kind === query.source) &&
    (query.since === undefined || at >= query.since.getTime()) &&
    (query.until === undefined || at <= query.until.getTime()) &&
    holdsWords(run, query.text ?? '')
  );
}

function holdsWords(run: RunSummary, text: string): boolean {
  const { title, task, source, model, outcome, verdict, level } = run;
  const reason = verdict?.kind === 'unscored' ? verdict.reason : '';
  const hay = [title, task.id, source.kind, source.label, model, outcome, reason, `L${level}`]
    .join(' ')
    .toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => hay.includes(word));
}
