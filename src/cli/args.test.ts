import { describe, expect, it } from 'vitest';
import { parseCommand } from './args.ts';
import { UsageError } from './exit-codes.ts';

const parse = (line: string) => parseCommand(line === '' ? [] : line.split(' '));

describe('parseCommand', () => {
  it('reads each command with its options', () => {
    expect(parse('tasks --json')).toEqual({ name: 'tasks', json: true });
    expect(parse('tasks koa-sqlite')).toMatchObject({
      name: 'tasks',
      task: { id: 'koa-sqlite' },
      json: false,
    });
    expect(parse('run dir --task express-sqlite --json r.json --junit - --log')).toMatchObject({
      name: 'run',
      path: 'dir',
      task: { id: 'express-sqlite' },
      engine: 'node',
      profile: 'paper',
      json: 'r.json',
      junit: '-',
      log: true,
    });
    expect(parse('serve dir --task flask-sqlite --port 8123 --engine native')).toMatchObject({
      name: 'serve',
      engine: 'native',
      port: 8123,
    });
    expect(parse('verify a.zip --task flask-sqlite --profile paper --sarif s')).toMatchObject({
      name: 'verify',
      sarif: 's',
    });
    expect(parse('fidelity a b c --task flask-sqlite')).toMatchObject({
      name: 'fidelity',
      paths: ['a', 'b', 'c'],
    });
  });

  it('chooses the engine of the task, and a free port', () => {
    expect(parse('run x --task flask-unconstrained')).toMatchObject({ engine: 'python' });
    expect(parse('serve x --task koa-sqlite')).toMatchObject({ engine: 'node', port: 0 });
  });

  it('gives help and version', () => {
    for (const line of ['', '--help', '-h', 'help', 'help nonsense'])
      expect(parse(line)).toEqual({ name: 'help' });
    for (const line of ['run --help', 'run -h', 'help run', 'run x --task nonsense --help']) {
      expect(parse(line)).toEqual({ name: 'help', command: 'run' });
    }
    expect(parse('--version')).toEqual({ name: 'version' });
  });

  it.each([
    ['nonsense', /no command "nonsense"/],
    ['toString', /no command/],
    ['run', /--task ID/],
    ['run --task express-sqlite', /needs a folder/],
    ['run a b --task express-sqlite', /one submission/],
    ['run a --task express-nothing', /express-unconstrained/],
    ['run a --task __proto__', /no task/],
    ['run a --task express-sqlite --engine webcontainer', /node, python or native/],
    ['run a --task express-sqlite --engine python', /cannot run it/],
    ['run a --task express-sqlite --suite x.json', /not available yet/],
    ['run a --task express-sqlite --port 1', /--port/],
    ['run a --task express-sqlite --json', /--json/],
    ['run a --task express-sqlite --json=', /needs a file name/],
    ['run a --task express-sqlite --profile parser', /not available yet/],
    ['run a --task express-sqlite --profile other', /parser or paper/],
    ['serve a --task express-sqlite --port 70000', /is no port/],
    ['serve a --task express-sqlite --port 1e3', /is no port/],
    ['fidelity --task express-sqlite', /at least one/],
    ['tasks extra', /no task "extra"/],
    ['tasks koa-sqlite hono-sqlite', /one task at most, got 2/],
  ])('refuses "%s"', (line, message) => {
    expect(() => parse(line)).toThrow(message);
    expect(() => parse(line)).toThrow(UsageError);
  });
});
