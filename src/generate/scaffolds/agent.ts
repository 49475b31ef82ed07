import type { FileMap } from '../../engines/engine.ts';
import { better, type Tried } from './best.ts';
import { agentTools, Workbench } from './agent-tools.ts';
import { feedback } from './feedback.ts';
import { numberOf } from './options.ts';
import { GenerationFault, type Scaffold, type ScaffoldContext, type Submitted } from './types.ts';

const rules = `You work in a sandbox with a shell. Write the server there with your tools: run commands, read and write files, run the
tests. The top directory is where your commands start; it is empty now. Packages are installed there as the task says.
Call run_tests to see what fails, mend it, and call finish when everything passes or you can do no better.`;

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
    const sandbox = await context.sandbox();
    try {
      return await work(context, sandbox);
    } finally {
      await sandbox.dispose();
    }
  },
};

async function work(
  context: ScaffoldContext,
  sandbox: Awaited<ReturnType<ScaffoldContext['sandbox']>>,
): Promise<Submitted> {
  const { options, signal, step, emit } = context;
  const output = numberOf(options, 'kilobytes') * 1024;
  let tests = 0;
  let best: Tried | undefined;
  let tested: FileMap | undefined;
  const test = async (files: FileMap): Promise<string> => {
    if (tests >= numberOf(options, 'tests'))
      return 'The tests have been run as often as they may. Call finish when the files are final.';
    tests++;
    const record = await context.evaluate(files, `test ${tests}`);
    best = best === undefined ? { files, record } : better(best, { files, record });
    tested = files;
    return feedback(record, { kind: 'all', budget: output });
  };
  const bench = new Workbench(sandbox, { limits: { output, commandMs: 60_000 }, test, signal });
  const conversation = context.talk();
  conversation.add({ role: 'system', text: rules });
  conversation.add({ role: 'user', text: context.promptFor(context.task).text });
  let silent = 0;
  const most = numberOf(options, 'steps');
  let steps = 0;
  for (; steps < most && !bench.finished && silent < 2; steps++) {
    const answer = await nextAnswer(conversation, `step ${steps + 1}`, best !== undefined, context);
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
    for (const { id, name, arguments: given } of answer.toolCalls) {
      const began = performance.now();
      const result = bench.finished ? 'The work is finished already.' : await bench.call(name, given);
      conversation.add({ role: 'tool', callId: id, text: result });
      step({ kind: 'tool', name, arguments: given, result, ms: Math.round(performance.now() - began) });
    }
    emit({ type: 'files', files: await bench.files() });
  }
  if (!bench.finished && steps >= most)
    step({ kind: 'note', text: `The agent was ended after ${most} steps.` });
  const files = await bench.files();
  if (Object.keys(files).length === 0) throw new GenerationFault('no-files', 'The agent wrote no files.');
  if (best === undefined) return { files };
  // What was changed after the last test counts only when it is better.
  if (tested !== undefined && sameFiles(tested, files)) return best;
  return better(best, { files, record: await context.evaluate(files, 'final') });
}

/** A budget that runs out in the middle ends the work; what was tested by then counts. */
async function nextAnswer(
  conversation: ReturnType<ScaffoldContext['talk']>,
  label: string,
  tested: boolean,
  { step }: ScaffoldContext,
) {
  try {
    return await conversation.ask(label, agentTools);
  } catch (error) {
    if (!(error instanceof GenerationFault) || error.kind !== 'budget' || !tested) throw error;
    step({ kind: 'note', text: error.message });
    return undefined;
  }
}

function sameFiles(a: FileMap, b: FileMap): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => String(a[name]) === String(b[name]));
}
