import { Parser } from 'acorn';
import { describe, expect, it } from 'vitest';
import { applyEdits } from './edits.ts';
import { withoutAdded } from './source-text.ts';
import { randomProgram } from './testing.ts';
import { asyncEdits, mayBeAsync, runtimeParameters } from './transform.ts';

function rewritten(source: string): string {
  const program = Parser.parse(source, { ecmaVersion: 'latest', allowReturnOutsideFunction: true });
  return applyEdits(source, asyncEdits(program, source, false));
}

describe('rewritten sources', () => {
  it('give the original back, line for line', () => {
    let changed = 0;
    for (let seed = 0; seed < 200; seed++) {
      const program = randomProgram(seed);
      const text = rewritten(program);
      if (text !== program) changed++;
      expect(text.split('\n')).toHaveLength(program.split('\n').length);
      expect(withoutAdded(text)).toBe(program);
    }
    expect(changed).toBeGreaterThan(150);
  });

  it('give back a function that ends within what was added', () => {
    const source = '[async (x) => x, async () => await 1, async function () { return f() }]';
    const parameters = runtimeParameters.join(', ');
    const functions = globalThis.eval(`((${parameters}) => ${rewritten(source)})()`) as unknown[];
    expect(functions.map((each) => withoutAdded(String(each)))).toEqual([
      'async (x) => x',
      'async () => await 1',
      'async function () { return f() }',
    ]);
  });

  it.each([
    'async function f() { await 1 }',
    'const f = async () => 1',
    'const f = async x => 1',
    'const f = async/* */x => 1',
    'const f = async x/* */=> 1',
    'class A { static async *m() {} }',
    "class A { async 'm'() {} }",
    'class A { async #m() {} }',
    'class A { async [x]() {} }',
    'class A { async \\u0061() {} }',
    'const f = async é => 1',
    'const f = async (x) => 1',
    'await 1',
  ])('are told by a look at the text: %s', (source) => expect(mayBeAsync(source)).toBe(true));

  it.each(['const asynchronous = 1', 'x.async = true; f(async, y)'])('are not parsed in vain: %s', (source) =>
    expect(mayBeAsync(source)).toBe(false),
  );
});
