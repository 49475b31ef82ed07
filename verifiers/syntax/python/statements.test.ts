import { describe, expect, it } from 'vitest';
import { Source } from '../../sources.ts';
import type { Module } from '../types.ts';
import { parsePython } from './parse.ts';

function parse(text: string): Module {
  const module = parsePython(new Source('app.py', text));
  expect(module.problems).toEqual([]);
  return module;
}

function body(text: string): unknown {
  return parse(text).body;
}

const name = (text: string) => ({ kind: 'name', name: text });

describe('imports', () => {
  const imports = (text: string) =>
    parse(text).imports.map(({ specifier, form, names, whole, typeOnly, deferred }) => ({
      specifier,
      form,
      names: names.map(({ imported, local }) => (imported === local ? imported : `${imported} as ${local}`)),
      ...(whole === undefined ? {} : { whole }),
      ...(typeOnly ? { typeOnly } : {}),
      ...(deferred ? { deferred } : {}),
    }));

  it('reads every form', () => {
    expect(imports('import a.b, c as d')).toEqual([
      { specifier: 'a.b', form: 'import', names: [], whole: 'a' },
      { specifier: 'c', form: 'import', names: [], whole: 'd' },
    ]);
    expect(imports('from ..a.b import (c, d as e,)')).toEqual([
      { specifier: '..a.b', form: 'import', names: ['c', 'd as e'] },
    ]);
    expect(imports('from .... import a')).toEqual([{ specifier: '....', form: 'import', names: ['a'] }]);
    expect(imports('from a import *')).toEqual([{ specifier: 'a', form: 'import', names: ['*'] }]);
  });

  it('tells those of a type checker and those inside functions', () => {
    expect(
      imports(
        'if typing.TYPE_CHECKING:\n  import a\nelse:\n  import b\nif not TYPE_CHECKING:\n  import c\nelse:\n  import d\n' +
          'def f():\n  import e\nimport g\n',
      ),
    ).toMatchObject([
      { specifier: 'a', typeOnly: true },
      { specifier: 'b' },
      { specifier: 'c' },
      { specifier: 'd', typeOnly: true },
      { specifier: 'e', deferred: true },
      { specifier: 'g' },
    ]);
  });

  it('finds those that are made while the program runs', () => {
    expect(
      imports(
        "import_module('a')\nm = importlib.import_module('.b', package='p.q')\n__import__('c')\n" +
          "importlib.import_module('.d', __package__)",
      ).map(({ specifier, form, whole }) => [specifier, form, whole]),
    ).toEqual([
      ['a', 'dynamic', undefined],
      ['p.q.b', 'dynamic', 'm'],
      ['c', 'dynamic', undefined],
      ['.d', 'dynamic', undefined],
    ]);
    const unknown = "importlib.import_module(name)\nimport_module(f'a.{b}')\nimport_module('.x', name)";
    expect(parse(unknown).unknownImports).toHaveLength(3);
  });
});

describe('definitions', () => {
  it('reads functions with their parameters and decorators', () => {
    expect(
      body(
        '@app.get("/a")\n@(x or y)\nasync def f[T: int](a: int = 1, *args: *Ts, b: "B" | None, **kw) -> T: ...',
      ),
    ).toMatchObject([
      {
        kind: 'declare',
        value: {
          kind: 'callable',
          name: 'f',
          async: true,
          decorators: [{ kind: 'call' }, { kind: 'operation' }],
          parameters: [
            { name: 'a', annotation: 'int', annotationValue: name('int'), default: { value: 1 } },
            { name: 'args', annotation: '*Ts' },
            { name: 'b', annotation: '"B" | None' },
            { name: 'kw', annotation: '' },
          ],
        },
      },
    ]);
  });

  it('reads classes with their keywords and fields', () => {
    expect(
      body(
        'class A[T](B.C, D, table=True, **kw):\n  "doc"\n  x: Mapped[int] = f()\n  y: int\n  def g(self): pass\n',
      ),
    ).toMatchObject([
      {
        value: {
          kind: 'class',
          name: 'A',
          bases: [{ kind: 'member' }, name('D'), { what: 'spread' }],
          keywords: [{ name: 'table', value: { value: true } }],
          body: [
            { kind: 'assign', annotation: 'Mapped[int]', annotationValue: { kind: 'index' } },
            { kind: 'assign', annotation: 'int', value: undefined },
            { kind: 'declare', value: { name: 'g' } },
          ],
        },
      },
    ]);
  });
});

describe('assignments', () => {
  it('reads chains, patterns and operators', () => {
    expect(body('a = b.c = d[0] = 1')).toMatchObject([
      { targets: [name('a'), { kind: 'member' }, { kind: 'index' }], value: { value: 1 }, operator: '=' },
    ]);
    expect(body('(a, *b), c = d')).toMatchObject([
      { targets: [{ kind: 'list', items: [{ kind: 'list' }, name('c')] }] },
    ]);
    expect(body('a += 1; a @= b')).toMatchObject([{ operator: '+=' }, { operator: '@=' }]);
    expect(body('type A[T] = list[T]\ntype = 1\ntype(x)')).toMatchObject([
      { kind: 'assign', targets: [name('A')] },
      { kind: 'assign', targets: [name('type')] },
      { kind: 'evaluate' },
    ]);
    expect(body('global a, b')).toMatchObject([
      { value: { what: 'global', children: [name('a'), name('b')] } },
    ]);
  });
});

describe('compound statements', () => {
  it('reads branches with their elifs', () => {
    expect(body('if a: b\nelif c:\n  d\nelse:\n  e\n')).toMatchObject([
      {
        kind: 'branch',
        test: name('a'),
        then: [{ value: name('b') }],
        otherwise: [
          {
            kind: 'branch',
            test: name('c'),
            then: [{ value: name('d') }],
            otherwise: [{ value: name('e') }],
          },
        ],
      },
    ]);
  });

  it('reads loops, try and with', () => {
    expect(body('async for i, j in a:\n  b\nelse:\n  c\n')).toMatchObject([
      { what: 'for', head: [name('a')], binds: [{ target: { kind: 'list' } }], body: [{}, {}] },
    ]);
    expect(body('while (x := f()): pass')).toMatchObject([{ what: 'while', body: [] }]);
    expect(
      body('try:\n  a\nexcept (B, C) as d:\n  e\nexcept* F: g\nexcept: h\nelse:\n  i\nfinally:\n  j\n'),
    ).toMatchObject([
      {
        what: 'try',
        head: [{ kind: 'list' }, name('F')],
        binds: [{ target: name('d') }],
        body: [{}, {}, {}, {}, {}, {}],
      },
    ]);
  });

  it('reads with statements, in brackets or not', () => {
    const bound = [
      {
        what: 'with',
        head: [{ kind: 'call' }, name('b')],
        binds: [{ target: name('f'), value: { kind: 'call' } }],
        body: [{ value: name('c') }],
      },
    ];
    expect(body('with open(a) as f, b: c')).toMatchObject(bound);
    expect(body('async with (\n  open(a) as f,\n  b,\n): c')).toMatchObject(bound);
    expect(body('with (a): b')).toMatchObject([{ head: [name('a')] }]);
    expect(body('with (yield): b')).toMatchObject([{ head: [{ what: 'yield' }] }]);
    expect(body('with (a) as b, (c): d')).toMatchObject([{ head: [name('a'), name('c')] }]);
    expect(body('with a as (b, c.d): e')).toMatchObject([{ binds: [{ target: { kind: 'list' } }] }]);
  });

  it('reads match, and names that are called so', () => {
    expect(
      body(
        'match a, b:\n  case {"k": K.V, **rest} | [1, *_] if c: d\n  case P(x, y=-1) as z:\n    e\n  case str(): f\n  case _: g\n',
      ),
    ).toMatchObject([
      {
        what: 'switch',
        head: [
          { kind: 'list' },
          { value: 'k' },
          { kind: 'member' },
          { value: 1 },
          name('c'),
          name('P'),
          {},
          name('str'),
        ],
        binds: [{ target: name('rest') }, { target: name('x') }, { target: name('z') }],
        body: [{}, {}, {}, {}],
      },
    ]);
    expect(body('match = re.match(a)\nmatch(x)\nmatch[1]\nmatch.group()\ncase = 1')).toHaveLength(5);
  });

  it('takes comments, blank lines, continuation and every line end', () => {
    expect(body('if a:\r\n  # c\r\n\r\n  b \\\r\n    .c()\r\n\r\n# d\r\ne\r\n')).toMatchObject([
      { kind: 'branch', then: [{ value: { kind: 'call' } }] },
      { value: name('e') },
    ]);
    expect(body('\uFEFFa\n\f\nb')).toHaveLength(2);
    expect(body('')).toEqual([]);
  });

  it('leaves docstrings and other lone strings out', () => {
    expect(body('"""import a"""\ndef f():\n  "b"\n')).toMatchObject([{ value: { body: [] } }]);
  });
});
