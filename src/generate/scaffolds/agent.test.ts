import { afterEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../engines/engine.ts';
import { nativeEngine } from '../../engines/native/index.ts';
import { ModelError, type ToolCall } from '../client/types.ts';
import { renderTemplate } from '../prompts/variant.ts';
import { agentTools, Workbench } from './agent-tools.ts';
import { findScaffold, generateRun } from './index.ts';
import { FakeClient } from './testing/fake-client.ts';
import { around, bad, evaluateFake, good, taskOf } from './testing/world.ts';
import { CutOutput, cutMiddle } from './tool-output.ts';

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

const bench = (commandMs = 20_000, signal = new AbortController().signal) =>
  new Workbench(boot, {
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
    const tools = bench();
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
    const tools = bench();
    await tools.call('write_file', '{"path":"a.txt","content":"x x"}');
    for (const [name, given, why] of [
      ['fly', '{}', /no tool "fly"/],
      ['read_file', '{"path":', /not JSON/],
      ['read_file', '{}', /do not fit. path: .*read_file takes .*"path"/],
      ['run_command', '{"cmd":"ls"}', /do not fit. command: .*run_command takes .*"command"/],
      ['write_file', '{"path":"a","content":{"a":1}}', /do not fit. content: /],
      ['run_command', '["ls"]', /do not fit/],
      ['read_file', '{"path":"a.txt","line":9}', /has 1 lines/],
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
    const tools = bench(300);
    expect(await tools.call('run_command', '{"command":"sleep 60"}')).toMatch(
      /\[ended after 0\.3 s\] \[exit code 1\d\d\]/,
    );
  });

  it('give a long file in parts, by whole lines', async () => {
    const tools = bench();
    const content = Array.from({ length: 1000 }, (_, at) => `line ${at + 1}`).join('\n');
    await tools.call('write_file', JSON.stringify({ path: 'long.txt', content }));
    let read = '';
    let line = 1;
    for (let part = 0; part < 20; part++) {
      const said = await tools.call('read_file', JSON.stringify({ path: 'long.txt', line }));
      expect(said.length).toBeLessThan(2_000);
      const [, text = '', next] =
        /^([^]*)\n\[lines \d+ to \d+ of 1000; go on with line (\d+)\]$/.exec(said) ?? [];
      if (next === undefined) {
        read += said;
        break;
      }
      read += `${text}\n`;
      line = Number(next);
    }
    expect(read).toBe(content);
  });

  it('do not let a command wait for a person', async () => {
    const tools = bench();
    expect(await tools.call('run_command', '{"command":"cat; echo done"}')).toBe('done\n\n[exit code 0]');
  });

  it('keep beginning and end of output of any length', () => {
    const output = new CutOutput(600);
    const encoder = new TextEncoder();
    let whole = '';
    for (let at = 0; at < 100_000; at++) {
      const line = `line ${at} é\n`;
      whole += line;
      output.add(encoder.encode(line));
    }
    expect(output.text()).toBe(cutMiddle(whole, 600));
    const short = new CutOutput(600);
    short.add(encoder.encode('a'.repeat(600)));
    expect(short.text()).toBe('a'.repeat(600));
  });

  it('cut what is too long in its middle', async () => {
    const long = await bench().call('run_command', '{"command":"seq 1 100000"}');
    expect(long.length).toBeLessThan(2_200);
    expect(long).toMatch(/^1\n2\n[^]*characters left out[^]*100000\s+\[exit code 0\]$/);
    expect(cutMiddle('abc', 3)).toBe('abc');
  });
});

async function play(answers: readonly (readonly ToolCall[] | string | Error)[], options = {}, budget = {}) {
  const task = taskOf('express-unconstrained');
  const scaffold = findScaffold('agent');
  if (scaffold === undefined) throw new Error('agent');
  const client = new FakeClient((_, index) => {
    const one = answers[index];
    if (one === undefined || one instanceof Error) throw one ?? new Error('the model was asked too often');
    return typeof one === 'string' ? one : { toolCalls: [...one] };
  });
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

  it('goes on when its files are more than a submission can hold', async () => {
    const much = 'head -c 34000000 /dev/zero > big.bin';
    const { record, client } = await play([
      [...write(good), call('run_command', { command: much })],
      [call('run_tests', {})],
      [call('run_command', { command: 'rm big.bin' }), call('finish', {})],
    ]);
    expect(client.asked[2]?.messages.at(-1)?.text).toContain('beyond what a submission may hold');
    expect(record.verdict).toMatchObject({ kind: 'scored', score: { pass: true } });
    const { record: never } = await play([[call('run_command', { command: much }), call('finish', {})]]);
    expect(never.verdict).toMatchObject({ kind: 'unscored', reason: 'generation' });
  });

  it('knows its limits, and has no more calls carried out than that', async () => {
    const calls = Array.from({ length: 40 }, () => call('list_files', {}));
    const { record, client } = await play([[...write(good), ...calls], [call('finish', {})]], { steps: 7 });
    expect(client.asked[0]?.messages[0]?.text).toMatch(
      /7 answers, each with up to 32 tool calls, and\s5 runs/,
    );
    const told = client.asked[1]?.messages.filter(({ role }) => role === 'tool') ?? [];
    expect(told).toHaveLength(43);
    expect(told.filter(({ text }) => text.startsWith('Not done'))).toHaveLength(11);
    expect(record.verdict).toMatchObject({ kind: 'scored', score: { pass: true } });
  });

  it('counts what is there when the model gives nothing later on', async () => {
    const empty = new ModelError({ kind: 'empty', message: 'The model answered with nothing.', advice: '' });
    const { record } = await play([write(good), empty]);
    expect(record.verdict).toMatchObject({ kind: 'scored', score: { pass: true } });
    const long = new ModelError({ kind: 'request', message: 'The prompt may be too long.', advice: '' });
    expect((await play([write(good), long])).record.verdict).toMatchObject({ kind: 'scored' });
    expect((await play([empty])).record.verdict).toMatchObject({ kind: 'unscored', reason: 'generation' });
  });

  it('stops at its budget with what was tested by then', async () => {
    const { record } = await play([write(bad), [call('run_tests', {})], []], {}, { turns: 2 });
    expect(record.verdict).toMatchObject({ kind: 'scored' });
    expect(JSON.stringify(record.generation?.trajectory)).toContain('budget of 2 questions');
  });
});
