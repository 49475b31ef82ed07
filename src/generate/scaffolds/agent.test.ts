import { afterEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../engines/engine.ts';
import { nativeEngine } from '../../engines/native/index.ts';
import type { ToolCall } from '../client/types.ts';
import { renderTemplate } from '../prompts/variant.ts';
import { agentTools, cutMiddle, Workbench } from './agent-tools.ts';
import { findScaffold, generateRun } from './index.ts';
import { FakeClient } from './testing/fake-client.ts';
import { around, bad, evaluateFake, good, taskOf } from './testing/world.ts';

let sandboxes: Sandbox[] = [];
afterEach(async () => {
  for (const sandbox of sandboxes) await sandbox.dispose();
  sandboxes = [];
});
const boot = async (): Promise<Sandbox> => {
  const sandbox = await nativeEngine.boot();
  sandboxes.push(sandbox);
  return sandbox;
};

const bench = async (commandMs = 20_000, signal = new AbortController().signal) =>
  new Workbench(await boot(), {
    limits: { output: 2_000, commandMs },
    test: () => Promise.resolve('tested'),
    signal,
  });

let number = 0;
const call = (name: string, given: unknown): ToolCall => ({
  id: `call-${++number}`,
  name,
  arguments: typeof given === 'string' ? given : JSON.stringify(given),
});

describe('the tools of an agent', () => {
  it('write, edit, read, list and run in a real sandbox', async () => {
    const tools = await bench();
    const use = ({ name, arguments: given }: ToolCall) => tools.call(name, given);
    expect(await use(call('list_files', {}))).toContain('no files');
    await use(call('write_file', { path: 'src/a.txt', content: 'one two\n' }));
    expect(await use(call('edit_file', { path: 'src/a.txt', old: 'two', new: 'three' }))).toBe(
      'Changed src/a.txt.',
    );
    expect(await use(call('read_file', { path: 'src/a.txt' }))).toBe('one three\n');
    expect(await use(call('run_command', { command: 'cat src/a.txt; echo oops >&2; exit 3' }))).toMatch(
      /one three[^]*oops[^]*exit code 3/,
    );
    await use(
      call('run_command', {
        command: 'mkdir -p node_modules/x && echo 1 > node_modules/x/a.js && echo 2 > b.js',
      }),
    );
    expect(Object.keys(await tools.files()).sort()).toEqual(['b.js', 'src/a.txt']);
    expect(await use(call('run_tests', ''))).toBe('tested');
    expect(tools.finished).toBe(false);
    await use(call('finish', {}));
    expect(tools.finished).toBe(true);
  });

  it('say what was wrong with a call, and touch nothing outside', async () => {
    const tools = await bench();
    await tools.call('write_file', '{"path":"a.txt","content":"x x"}');
    for (const [name, given, why] of [
      ['fly', '{}', /no tool "fly"/],
      ['read_file', '{"path":', /not JSON/],
      ['read_file', '{}', /do not fit/],
      ['read_file', '{"path":"../../etc/passwd"}', /leads out/],
      ['write_file', '{"path":"/etc/x","content":""}', /absolute/],
      ['read_file', '{"path":"missing"}', /Failed/],
      ['edit_file', '{"path":"a.txt","old":"y","new":"z"}', /not in the file/],
      ['edit_file', '{"path":"a.txt","old":"x","new":"z"}', /more than once/],
      ['edit_file', '{"path":"a.txt","old":"","new":"z"}', /not in the file/],
    ] as const) {
      expect(await tools.call(name, given)).toMatch(why);
    }
  });

  it('end a command that takes too long', async () => {
    const tools = await bench(300);
    expect(await tools.call('run_command', '{"command":"sleep 60"}')).toMatch(/exit code 1\d\d/);
  });

  it('cut what is too long in its middle', async () => {
    const long = await (await bench()).call('run_command', '{"command":"seq 1 100000"}');
    expect(long.length).toBeLessThan(2_200);
    expect(long).toMatch(/^1\n2\n[^]*characters left out[^]*100000\s+\[exit code 0\]$/);
    expect(cutMiddle('abc', 3)).toBe('abc');
  });
});

async function play(answers: readonly (readonly ToolCall[] | string)[], options = {}, budget = {}) {
  const task = taskOf('express-unconstrained');
  const scaffold = findScaffold('agent');
  if (scaffold === undefined) throw new Error('agent');
  const client = new FakeClient(
    answers.map((one) => (typeof one === 'string' ? one : { toolCalls: [...one] })),
  );
  const record = await generateRun(
    { task, scaffold, promptFor: renderTemplate, options, budget },
    { client, evaluate: evaluateFake(task).evaluate, sandbox: boot },
  );
  return { record, client };
}

const write = (server: string): ToolCall[] =>
  Object.entries({ ...around, 'server.js': server }).map(([path, content]) =>
    call('write_file', { path, content }),
  );

describe('an agent', () => {
  it('writes, tests, mends what it was told, and leaves its whole trajectory', async () => {
    const { record, client } = await play([
      write(bad),
      [call('run_tests', {})],
      [call('edit_file', { path: 'server.js', old: 'wrong', new: 'right' })],
      [call('run_tests', {}), call('finish', {})],
    ]);
    expect(record.verdict).toMatchObject({ kind: 'scored', score: { pass: true } });
    expect(record.files['server.js']).toBe(good);
    expect(client.asked[0]?.tools).toEqual(agentTools);
    expect(client.asked[2]?.messages.at(-1)?.text).toContain('GET /tags');
    const kinds = record.generation?.trajectory?.map((step) =>
      step.kind === 'tool' ? step.name : step.kind,
    );
    expect(kinds).toEqual([
      'turn',
      'write_file',
      'write_file',
      'write_file',
      'turn',
      'run',
      'run_tests',
      'turn',
      'edit_file',
      'turn',
      'run',
      'run_tests',
      'finish',
    ]);
  });

  it('is ended after its steps, and its files are run all the same', async () => {
    const { record, client } = await play([write(bad), [call('list_files', {})]], { steps: 2 });
    expect(client.asked).toHaveLength(2);
    expect(record.verdict).toMatchObject({ kind: 'scored', score: { pass: false } });
    expect(JSON.stringify(record.generation?.trajectory)).toContain('ended after 2 steps');
  });

  it('keeps its best tested files, not the last', async () => {
    const { record } = await play([
      write(bad),
      [call('run_tests', {})],
      [call('write_file', { path: 'server.js', content: 'broken\n' }), call('finish', {})],
    ]);
    expect(record.files['server.js']).toBe(bad);
  });

  it('is told to use its tools, and is unscored when it writes nothing', async () => {
    const { record, client } = await play(['I would use Express.', 'Like that.']);
    expect(client.asked[1]?.messages.at(-1)?.text).toContain('no tool calls');
    expect(record.verdict).toMatchObject({ kind: 'unscored', reason: 'generation' });
  });

  it('stops at its budget with what was tested by then', async () => {
    const { record } = await play([write(bad), [call('run_tests', {})], []], {}, { turns: 2 });
    expect(record.verdict).toMatchObject({ kind: 'scored' });
    expect(JSON.stringify(record.generation?.trajectory)).toContain('budget of 2 questions');
  });
});
