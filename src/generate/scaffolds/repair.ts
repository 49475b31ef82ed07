import type { RunRecord } from '../../domain/run.ts';
import type { FileMap } from '../../engines/engine.ts';
import { ModelError } from '../client/types.ts';
import { better, type Tried } from './best.ts';
import { showFiles } from './exemplar.ts';
import { feedback, type FeedbackKind } from './feedback.ts';
import { numberOf, textOf } from './options.ts';
import { placementNotes } from './talk.ts';
import {
  GenerationFault,
  type Conversation,
  type OptionField,
  type Scaffold,
  type ScaffoldContext,
  type Submitted,
} from './types.ts';
import { answerFormat, changeFormat } from './words.ts';

const options: readonly OptionField[] = [
  { kind: 'number', id: 'rounds', label: 'Rounds of repair', value: 3, min: 1, max: 20 },
  {
    kind: 'choice',
    id: 'feedback',
    label: 'What the model is told',
    value: 'all',
    choices: [
      { value: 'all', label: 'Findings, failed assertions and logs' },
      { value: 'findings', label: 'Findings of the verifiers' },
      { value: 'assertions', label: 'Failed assertions' },
      { value: 'logs', label: 'Logs' },
    ],
  },
  { kind: 'number', id: 'kilobytes', label: 'Most of one message, in KB', value: 24, min: 2, max: 200 },
];

/** Runs what the model wrote and tells it what failed, for some rounds. */
export const repair: Scaffold = {
  id: 'repair',
  name: 'Repair loop',
  explain:
    'The submission is run, and the model is told what failed and asked to mend it, for some rounds. The best round counts.',
  options,
  needs: [],
  run: (context) => repairLoop(context, false),
};

/** The same, and a person may change files or the next message between rounds. */
export const withPerson: Scaffold = {
  id: 'person',
  name: 'With a person in the loop',
  explain:
    'A repair loop that waits before every round: you may edit the files, edit the message, run again, or stop.',
  options,
  needs: ['person'],
  run: (context) => repairLoop(context, true),
};

async function repairLoop(context: ScaffoldContext, waits: boolean): Promise<Submitted> {
  const { task, promptFor, talk, step } = context;
  const conversation = talk();
  conversation.add({ role: 'user', text: `${promptFor(task).text}\n\n${answerFormat}` });
  let { files, parsed } = await conversation.askFiles('write', {});
  let record = await context.evaluate(files, 'first');
  let best: Tried = { files, record };
  /** The files of `record`: a person may have changed some since. */
  let ran = files;
  const rounds = numberOf(context.options, 'rounds');
  let unchanged = false;
  for (let round = 1; round <= rounds && !passed(record); round++) {
    const still = unchanged ? `${unchangedText}\n\n` : '';
    let message = `${still}${messageFor(record, context)}${unusedText(placementNotes(parsed))}\n\n${changeFormat}`;
    if (waits) {
      const decided = await decide(context, { round, files, ran, record, message, best });
      ({ files, ran, record, best, message } = decided);
      if (decided.stopped || passed(record)) break;
    }
    conversation.add({ role: 'user', text: message });
    const next = await askAgain(conversation, `round ${round}`, files);
    if (next instanceof GenerationFault) {
      step({
        kind: 'note',
        text: `Round ${round} gave nothing to run, so the rounds end here. ${next.message}`,
      });
      break;
    }
    ({ files, parsed } = next);
    unchanged = changedPaths(ran, files).length === 0;
    if (unchanged) {
      step({ kind: 'note', text: `Round ${round} changed nothing, so it is not run again.` });
      continue;
    }
    record = await context.evaluate(files, `round ${round}`);
    ran = files;
    best = better(best, { files, record });
  }
  return best;
}

const unchangedText = 'Your last answer left every file as it was, so what failed still fails.';

const passed = ({ verdict }: RunRecord): boolean => verdict.kind === 'scored' && verdict.score.pass;

const messageFor = (record: RunRecord, { options: values }: ScaffoldContext): string =>
  feedback(record, {
    kind: textOf(values, 'feedback') as FeedbackKind,
    budget: numberOf(values, 'kilobytes') * 1024,
  });

const unusedText = (notes: readonly string[]): string =>
  notes.length === 0
    ? ''
    : `\n\n# What could not be used of your last answer\n\n${notes
        .slice(0, 20)
        .map((note) => `- ${note}`)
        .join('\n')}`;

/**
 * In a later round, a model that declines or writes no files ends the rounds, and so does a conversation that has grown
 * beyond what the model takes; a provider that fails leaves all unscored.
 */
async function askAgain(
  conversation: Conversation,
  label: string,
  files: FileMap,
): Promise<Awaited<ReturnType<Conversation['askFiles']>> | GenerationFault> {
  try {
    return await conversation.askFiles(label, files);
  } catch (error) {
    if (error instanceof GenerationFault && error.kind !== 'stopped') return error;
    if (error instanceof ModelError && error.kind === 'request')
      return new GenerationFault('no-files', error.message);
    throw error;
  }
}

interface Between {
  readonly round: number;
  readonly files: FileMap;
  readonly ran: FileMap;
  readonly record: RunRecord;
  readonly message: string;
  readonly best: Tried;
}

/** Waits for the person, and runs what they changed as often as they like. */
async function decide(context: ScaffoldContext, between: Between): Promise<Between & { stopped: boolean }> {
  let now = between;
  for (;;) {
    const { round, files, record, message } = now;
    const decision = await context.pause({ round, files, record, message });
    context.signal.throwIfAborted();
    const edited = changedPaths(files, decision.files);
    if (edited.length > 0) context.step({ kind: 'note', text: `A person changed ${edited.join(', ')}.` });
    if (decision.go === 'on') {
      if (decision.message !== message) context.step({ kind: 'note', text: 'A person changed the message.' });
      const told = edited.length === 0 ? '' : editedText(decision.files, edited);
      return { ...now, files: decision.files, message: `${decision.message}${told}`, stopped: false };
    }
    if (edited.length > 0 || decision.go === 'run') {
      const again = await context.evaluate(decision.files, `round ${round}, by a person`);
      const best = better(now.best, { files: decision.files, record: again });
      now = {
        ...now,
        files: decision.files,
        ran: decision.files,
        record: again,
        best,
        message: `${messageFor(again, context)}\n\n${changeFormat}`,
      };
    }
    if (decision.go === 'stop' || passed(now.record)) {
      if (decision.go === 'stop') context.step({ kind: 'note', text: 'A person ended the rounds.' });
      return { ...now, stopped: true };
    }
  }
}

/** The model has not seen what a person changed. */
function editedText(files: FileMap, paths: readonly string[]): string {
  const now = Object.fromEntries(
    paths.flatMap((path) => (files[path] === undefined ? [] : [[path, files[path]]])),
  );
  const gone = paths.filter((path) => files[path] === undefined);
  const removed = gone.length === 0 ? '' : `\n\nRemoved by hand: ${gone.join(', ')}.`;
  return `\n\n# Changed by hand since your answer\n\n${showFiles(now, 100_000).text}${removed}`;
}

function changedPaths(before: FileMap, after: FileMap): string[] {
  const paths = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...paths].filter((path) => before[path] !== after[path]);
}
