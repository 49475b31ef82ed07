import { describe, expect, it } from 'vitest';
import { checkDatabase } from '../database/parser.ts';
import { checkOrm } from '../orm/parser.ts';
import { readSources } from '../sources.ts';
import { readProject } from '../syntax/project.ts';

/** Long enough for a busy machine; what is not linear would take hours. */
const patience = 240_000;

function judge(files: Record<string, string>): boolean[] {
  const project = readProject(readSources(files));
  const language = 'main.py' in files ? 'python' : 'node';
  return [checkDatabase(project, 'sqlite').compliant, checkOrm(project, language).compliant];
}

const python = (code: string) => ({ 'run.sh': 'python main.py', 'main.py': code });
const node = (code: string) => ({ 'run.sh': 'node main.js', 'main.js': code });
const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

describe('hostile submissions end', () => {
  it.each<[string, Record<string, string>]>([
    ['calls of calls', node(`a${'.b()'.repeat(20_000)}`)],
    ['calls of calls in Python', python(`a${'.b()'.repeat(20_000)}`)],
    ['brackets', python(`${'('.repeat(20_000)}${')'.repeat(20_000)}`)],
    ['a line of 4 MB', node(`const x = [${'"SELECT a FROM b",'.repeat(200_000)}];`)],
    ['a string of 4 MB', python(`x = "${'SELECT '.repeat(600_000)}"`)],
    ['names of names', python(`${lines(20_000, (i) => `x${i + 1} = x${i}`)}\nx0 = x20000\nx5.execute(x7)`)],
    ['a name of itself', python(lines(20_000, () => 'x = x.execute(x)'))],
    ['a name of itself in JavaScript', node(lines(20_000, () => 'x = x.query(x);'))],
    [
      'classes of classes',
      python(lines(3_000, (i) => `class C${i}(C${i + 1}):\n  a = C${i}.query(C${i + 1})`)),
    ],
    [
      'functions of functions',
      python(`${lines(5_000, (i) => `def f${i}(x):\n  return f${i + 1}(x)`)}\nf0(1)`),
    ],
    ['conditions', python(lines(5_000, (i) => `if x${i} == "a": x${i + 1} = x${i}`))],
    [
      'SQL that goes on',
      python(`db.execute("${'WITH a '.repeat(100_000)}")\ndb.execute("${'SELECT 1;'.repeat(100_000)}")`),
    ],
    [
      'scripts of scripts',
      {
        'run.sh': `${'npm run a\n'.repeat(20_000)}python main.py`,
        'package.json': '{"scripts": {"a": "npm run b; npm run b", "b": "npm run a; npm run a"}}',
        'main.py': '',
      },
    ],
    [
      'modules in a circle',
      {
        'run.sh': 'node main.js',
        'main.js': "exports.x = require('./b').x; exports.x.query('SELECT a FROM b');",
        'b.js': "exports.x = require('./main').x; if (exports.x === 'a') exports.x();",
      },
    ],
  ])(
    '%s',
    (_, files) => {
      expect(judge(files)).toEqual([false, false]);
    },
    patience,
  );

  it(
    '5,000 files',
    () => {
      const files: Record<string, string> = node("require(x); new (require('better-sqlite3'))('a');");
      for (let i = 0; i < 5_000; i++) {
        files[`d${i % 70}/f${i}.js`] =
          `const a = require('../d${(i + 1) % 70}/f${i + 1}.js'); exports.x = a.x; a.x.query('SELECT a FROM b');`;
      }
      expect(judge(files)).toEqual([true, false]);
    },
    patience,
  );
});
