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
      profile: 'parser',
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

  it('reads what goes with a collection', () => {
    const line = 'run dir --task express-sqlite --suite c.json';
    expect(parse(line)).toMatchObject({ collection: { file: 'c.json', role: 'instead', variables: {} } });
    expect(
      parse(`${line} --suite-role beside --environment e.json --newman-json n.json --newman-csv n.csv`),
    ).toMatchObject({
      collection: { role: 'beside', environment: 'e.json', newmanJson: 'n.json', newmanCsv: 'n.csv' },
    });
    expect(parse(`${line} --global-var a=1 --global-var b=x=y`)).toMatchObject({
      collection: { variables: { a: '1', b: 'x=y' } },
    });
    expect(parse('run dir --task express-sqlite')).not.toHaveProperty('collection');
  });

  it('chooses the engine of the task, and a free port', () => {
    expect(parse('run x --task flask-unconstrained')).toMatchObject({ engine: 'python' });
    expect(parse('run x --task koa-sqlite --engine webcontainer')).toMatchObject({ engine: 'webcontainer' });
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
    ['run a --task express-sqlite --engine deno', /node, python, webcontainer or native/],
    ['run a --task flask-sqlite --engine webcontainer', /cannot run it/],
    ['run a --task express-sqlite --engine python', /cannot run it/],
    ['run a --task express-sqlite --suite=', /--suite needs a file name/],
    ['run a --task express-sqlite --environment e.json', /--environment goes with --suite/],
    ['run a --task express-sqlite --suite c.json --suite-role never', /no suite role "never"/],
    ['run a --task express-sqlite --suite c.json --global-var x', /needs NAME=VALUE, got "x"/],
    ['run a --task express-sqlite --port 1', /--port/],
    ['run a --task express-sqlite --json', /--json/],
    ['run a --task express-sqlite --json=', /needs a file name/],
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
