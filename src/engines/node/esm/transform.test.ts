import { describe, expect, it } from 'vitest';
import { transformModule } from './transform.ts';

describe('transformModule', () => {
  it('makes uses of imported names live, and leaves shadowed ones alone', () => {
    const { code, imports } = transformModule(
      "import { a } from 'm';\nconst f = (a) => a;\na(); ({ a }); { let a = 1; a; } x.a; `${a}`;",
    );
    expect(imports).toMatchObject([{ request: 0, name: 'a' }]);
    expect(code).toBe(
      '\nconst f = (a) => a;\n(0, $imports$[0].a)(); ({ a: $imports$[0].a }); { let a = 1; a; } x.a; `${$imports$[0].a}`;',
    );
  });

  it('keeps every line where it was', () => {
    const { code } = transformModule("import {\n  a,\n} from 'm';\nexport {\n  a\n};\nthrow a;");
    expect(code.split('\n')[6]).toBe('throw $imports$[0].a;');
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
