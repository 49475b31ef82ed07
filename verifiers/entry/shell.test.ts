import { describe, expect, it } from 'vitest';
import { readShell } from './shell.ts';

function words(text: string, variables?: Map<string, string>): string[][] {
  return readShell(text, variables).map((command) => [...command.words]);
}

describe('reading a shell script', () => {
  it.each<[string, string[][]]>([
    ['#!/bin/sh\n# node a.js\nnode b.js # not c.js', [['node', 'b.js']]],
    ['cd app && exec node x.js &\nwait', [['cd', 'app'], ['exec', 'node', 'x.js'], ['wait']]],
    ['gunicorn \\\n  -b :8080 \\\n  "pkg:create_app()"', [['gunicorn', '-b', ':8080', 'pkg:create_app()']]],
    ['sh -c \'node "a b.js"\'', [['sh', '-c', 'node "a b.js"']]],
    ['P=8080\nnode x.js --port "$P" ${Q:-1} ${P:+y}', [[], ['node', 'x.js', '--port', '8080', '1', 'y']]],
    ['node x.js > log.txt 2>&1 &', [['node', 'x.js']]],
    ['node x.js &>log', [['node', 'x.js']]],
    [
      'if [ -f a ]; then\n  node a.js\nelse node b.js; fi',
      [
        ['[', '-f', 'a', ']'],
        ['node', 'a.js'],
        ['node', 'b.js'],
      ],
    ],
    ['run() { node a.js; }\nrun', [['run'], ['node', 'a.js'], ['run']]],
    ['echo a#b "# c"', [['echo', 'a#b', '# c']]],
    [
      'while ! nc -z postgres 5432; do sleep 1; done',
      [
        ['nc', '-z', 'postgres', '5432'],
        ['sleep', '1'],
      ],
    ],
    ["echo 'unclosed", [['echo', 'unclosed']]],
    ['echo ${unclosed', [['echo', '']]],
    ['x=$((1 + 2)) node a.js', [['node', 'a.js']]],
  ])('%s', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('knows the folder of the script', () => {
    const script = 'DIR="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"\nnode "$DIR/src/x.js"';
    expect(words(script).at(-1)).toEqual(['node', './src/x.js']);
  });

  it('keeps assignments before a command apart from those of the script', () => {
    const variables = new Map<string, string>();
    const commands = readShell('export A=1 B="$A"\nC=3 node x.js', variables);
    expect(commands[1]?.assignments).toEqual([['C', '3']]);
    expect([...variables]).toEqual([
      ['A', '1'],
      ['B', ''],
    ]);
  });

  it('gives a heredoc to the command that it belongs to, and does not run it', () => {
    const commands = readShell("python - <<'PY'\nimport app.seed\nnode a.js\nPY\nnode b.js");
    expect(commands.map((command) => command.words)).toEqual([
      ['python', '-'],
      ['node', 'b.js'],
    ]);
    expect(commands[0]?.input).toBe('import app.seed\nnode a.js\n');
  });

  it('says where a command stands', () => {
    expect(readShell('a\n  b c').map((command) => command.at)).toEqual([0, 4]);
  });

  it.each([
    '$('.repeat(20_000),
    '"'.repeat(50_001),
    '${a:-'.repeat(20_000),
    'x '.repeat(500_000),
    '\\'.repeat(100_001),
    '<<a\n'.repeat(20_000),
  ])('survives hostile text', (text) => {
    expect(() => readShell(text)).not.toThrow();
  });
});
