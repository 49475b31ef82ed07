import { describe, expect, it } from 'vitest';
import { applyEdits } from '../async-context/edits.ts';
import { transformModule } from './transform.ts';

/** The body as it is compiled: what goes before the program's own text, and that text. */
function bodyOf(source: string, cyclic: boolean): { prologue: string; code: string } {
  const { prologue, edits } = transformModule(source).body({ cyclic, isLive: () => false });
  return { prologue, code: applyEdits(source, edits) };
}

describe('transformModule', () => {
  it('makes constants of imports, and their uses live in a cycle, where others may run its functions first', () => {
    const source =
      "import { a } from 'm';\nconst f = (a) => a;\na(); ({ a }); { let a = 1; a; } x.a; `${a}`;";
    expect(transformModule(source).imports).toMatchObject([{ request: 0, name: 'a', local: 'a' }]);
    expect(bodyOf(source, false)).toEqual({
      prologue: '$exports$([]);const a = $imports$.a;',
      code: '\nconst f = (a) => a;\na(); ({ a }); { let a = 1; a; } x.a; `${a}`;',
    });
    expect(bodyOf(source, true)).toEqual({
      prologue: '$exports$([]);yield;',
      code: '\nconst f = (a) => a;\n(0, $imports$.a)(); ({ a: $imports$.a }); { let a = 1; a; } x.a; `${$imports$.a}`;',
    });
  });

  it('keeps every line where it was', () => {
    const source = "import {\n  a,\n} from 'm';\nexport {\n  a\n};\nthrow a;";
    expect(bodyOf(source, false).code.split('\n')[6]).toBe('throw a;');
  });

  it('knows which exports change after their declaration', () => {
    const { assigned } = transformModule(
      'export let a = 1, b = 1, c = 1, d = 1, e = 1; export let f = 1;\n' +
        'a = 2; b++; [c] = [1]; for (d of []) {} (e) => { e = 1; };',
    );
    expect([...assigned].sort()).toEqual(['a', 'b', 'c', 'd']);
  });

  it.each([
    ['export default (function () {});', 'const $default$ = { default: ( (function () {})) }.default;'],
    ['export default (1, 2)', 'const $default$ = { default: ( (1, 2)) }.default'],
    ['export default /* ( */ function /* ( */ () {}', 'function /* ( */  $default$ () {}'],
    ['export default class A {}', 'class A {}'],
  ])('takes %j off', (source, code) => {
    expect(bodyOf(source, false).code).toBe(code);
  });

  it('has no arguments of its own', () => {
    expect(bodyOf('typeof arguments; arguments; function f() { arguments; }', false).code).toBe(
      '"undefined"; $imports$.arguments; function f() { arguments; }',
    );
  });

  it('tells exports of its own from those of others', () => {
    const record = transformModule(
      "import * as ns from 'm';\nexport { ns, x as y };\nexport * from 'n';\nexport * as all from 'n';\nlet x;\nexport default () => 1;",
    );
    expect([...record.localExports]).toEqual([
      ['y', 'x'],
      ['default', '$default$'],
    ]);
    expect(record.indirectExports.get('ns')).toMatchObject({ request: 0, name: '*' });
    expect(record.indirectExports.get('all')).toMatchObject({ request: 1, name: '*' });
    expect(record.starExports).toEqual([1]);
    expect(record.requests.map(({ specifier }) => specifier)).toEqual(['m', 'n']);
  });

  it.each([
    ['await 1', true],
    ['for await (const x of y) {}', true],
    ['async () => await 1', false],
    ['class A { static { async () => await 1 } }', false],
  ])('finds top-level await in %j: %s', (source, expected) => {
    expect(transformModule(source).topLevelAwait).toBe(expected);
  });

  it('carries attributes apart', () => {
    const { requests } = transformModule("import a from './a' with { type: 'json' };\nimport b from './a';");
    expect(requests).toHaveLength(2);
    expect(requests[0]?.attributes).toEqual(Object.assign(Object.create(null), { type: 'json' }));
  });
});
