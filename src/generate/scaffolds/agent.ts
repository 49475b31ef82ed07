import { EngineError, type FileMap } from '../../engines/engine.ts';
import { ModelError, type ToolCall } from '../client/types.ts';
import { better, type Tried } from './best.ts';
import { agentTools, ToolError, Workbench } from './agent-tools.ts';
import { feedback } from './feedback.ts';
import { numberOf } from './options.ts';
import { GenerationFault, type Scaffold, type ScaffoldContext, type Submitted } from './types.ts';

const rules = (
  steps: number,
  tests: number,
): string => `You work in a sandbox with a shell. Write the server there with your tools: run commands, read and write files, run the
tests. The top directory is where your commands start; it is empty now. Packages are installed there as the task says.
Call run_tests to see what fails, mend it, and call finish when everything passes or you can do no better. You have
${steps} answers, each with up to ${mostCalls} tool calls, and ${tests} ${tests === 1 ? 'run' : 'runs'} of the tests.`;

/** Calls of one answer that are carried out. */
const mostCalls = 32;

const nudge =
  'There are no tool calls in your answer. Go on with the tools, or call finish when the files are final.';

/** The model works in a sandbox with tools of its own. */
export const agent: Scaffold = {
  id: 'agent',
  name: 'Agent with tools',
  explain:
    'The model works in a sandbox: a shell, files, and the test suite as a tool, up to a number of steps. All that it does is kept.',
  options: [
    { kind: 'number', id: 'steps', label: 'Most steps', value: 40, min: 2, max: 200 },
    { kind: 'number', id: 'tests', label: 'Most runs of the tests', value: 5, min: 0, max: 50 },
    { kind: 'number', id: 'kilobytes', label: 'Most of one result, in KB', value: 8, min: 1, max: 100 },
  ],
  needs: ['sandbox'],
  async run(context) {
    const tests = new Tests(context);
    const bench = new Workbench(() => context.sandbox(), {
      limits: { output: tests.output, commandMs: 60_000 },
      test: (files) => tests.run(files),
      signal: context.signal,
    });
    try {
      await work(context, bench, tests);
      return await outcome(context, bench, tests);
    } finally {
      await bench.dispose();
    }
  },
};

/** The runs that the model asks for, as often as it may, and the best of them. */
class Tests {
  readonly #context: ScaffoldContext;
  readonly #most: number;
  /** Characters of what one run says. */
  readonly output: number;
  #runs = 0;
  best: Tried | undefined;
  last: FileMap | undefined;

  constructor(context: ScaffoldContext) {
    this.#context = context;
    this.#most = numberOf(context.options, 'tests');
    this.output = numberOf(context.options, 'kilobytes') * 1024;
  }

  async run(files: FileMap): Promise<string> {
    if (this.#runs >= this.#most)
      return 'The tests have been run as often as they may. Call finish when the files are final.';
    this.#runs++;
    const record = await this.#context.evaluate(files, `test ${this.#runs}`);
    this.best = this.best === undefined ? { files, record } : better(this.best, { files, record });
    this.last = files;
    return feedback(record, { kind: 'all', budget: this.output });
  }
}

/** Lets the model work until it is done, or may do no more. */
async function work(context: ScaffoldContext, bench: Workbench, tests: Tests): Promise<void> {
  const { options, step, emit } = context;
  const conversation = context.talk();
  conversation.add({
    role: 'system',
    text: rules(numberOf(options, 'steps'), numberOf(options, 'tests')),
  });
  conversation.add({ role: 'user', text: context.promptFor(context.task).text });
  let silent = 0;
  const most = numberOf(options, 'steps');
  let steps = 0;
  for (; steps < most && !bench.finished && silent < 2; steps++) {
    const answer = await nextAnswer(conversation, steps, tests.best !== undefined, context);
    if (answer === undefined) break;
    if (answer.finish === 'refusal' || answer.finish === 'content-filter') {
      if (steps === 0)
        throw new GenerationFault('refused', `The model declined: ${answer.text.slice(0, 300)}`);
      break;
    }
    if (answer.toolCalls.length === 0) {
      silent++;
      conversation.add({ role: 'user', text: nudge });
      continue;
    }
    silent = 0;
    for (const [at, call] of answer.toolCalls.entries()) {
      const began = performance.now();
      const result = at < mostCalls ? await carryOut(bench, call) : notDone;
      conversation.add({ role: 'tool', callId: call.id, text: result });
      const ms = Math.round(performance.now() - began);
      step({ kind: 'tool', name: call.name, arguments: call.arguments, result, ms });
    }
    const files = await filesOf(bench);
    if (!(files instanceof Error)) emit({ type: 'files', files });
  }
  if (!bench.finished && steps >= most)
    step({ kind: 'note', text: `The agent was ended after ${most} steps.` });
}

/** What the work gave: the best that was tested, or what lies there now. */
async function outcome(
  { evaluate, step }: ScaffoldContext,
  bench: Workbench,
  { best, last }: Tests,
): Promise<Submitted> {
  const files = await filesOf(bench);
  if (files instanceof Error) {
    step({ kind: 'note', text: `The files of the sandbox are no submission: ${files.message}.` });
    if (best !== undefined) return best;
    throw new GenerationFault('no-files', `The agent left no submission: ${files.message}.`);
  }
  if (Object.keys(files).length === 0) {
    if (best !== undefined) return best;
    throw new GenerationFault('no-files', 'The agent wrote no files.');
  }
  if (best === undefined) return { files };
  // What was changed after the last test counts only when it is better.
  if (last !== undefined && sameFiles(last, files)) return best;
  return better(best, { files, record: await evaluate(files, 'final') });
}

const notDone = `Not done: no more than ${mostCalls} tool calls of one answer are carried out.`;

const carryOut = (bench: Workbench, { name, arguments: given }: ToolCall): string | Promise<string> =>
  bench.finished ? 'The work is finished already.' : bench.call(name, given);

/** What lies in the sandbox may be more than a submission can hold, or gone: the model may still mend that. */
async function filesOf(bench: Workbench): Promise<FileMap | Error> {
  try {
    return await bench.files();
  } catch (error) {
    if (error instanceof ToolError || error instanceof EngineError) return error;
    throw error;
  }
}

/**
 * A budget that runs out in the middle ends the work, and what was tested by then counts. A model that later declines or
 * answers nothing has ended it itself; so has a conversation that its provider takes for too long.
 */
function endsWork(error: GenerationFault | ModelError, steps: number, tested: boolean): boolean {
  if (error instanceof ModelError) return error.kind === 'request' && steps > 0;
  return error.kind === 'budget' ? tested : error.kind !== 'stopped' && steps > 0;
}

/** @returns undefined when the work is over */
async function nextAnswer(
  conversation: ReturnType<ScaffoldContext['talk']>,
  steps: number,
  tested: boolean,
  { step }: ScaffoldContext,
) {
  try {
    return await conversation.ask(`step ${steps + 1}`, agentTools);
  } catch (error) {
    if (!(error instanceof GenerationFault || error instanceof ModelError)) throw error;
    if (!endsWork(error, steps, tested)) throw error;
    step({ kind: 'note', text: error.message });
    return undefined;
  }
}

function sameFiles(a: FileMap, b: FileMap): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => String(a[name]) === String(b[name]));
}
