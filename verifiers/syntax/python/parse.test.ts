import { describe, expect, it } from 'vitest';
import { Source } from '../../sources.ts';
import type { Expression, Statement } from '../types.ts';
import { parsePython } from './parse.ts';

function parse(text: string) {
  return parsePython(new Source('app.py', text));
}

/** The value of the first statement, without offsets. */
function valueOf(text: string): unknown {
  const module = parse(text);
  expect(module.problems).toEqual([]);
  const [first] = module.body;
  return first === undefined ? undefined : bare('value' in first ? first.value : first);
}

function bare(value: Expression | Statement | undefined | Statement[]): unknown {
  return JSON.parse(JSON.stringify(value ?? null, (key, each: unknown) => (key === 'at' ? undefined : each)));
}

function problems(text: string): string[] {
  const module = parse(text);
  return module.problems.map(({ at, message }) => {
    const { line, column } = module.source.locate(at);
    return `${line}:${column} ${message}`;
  });
}

const name = (text: string) => ({ kind: 'name', name: text });
const text = (value: string) => ({ kind: 'text', value });

describe('literals', () => {
  it('decodes escapes, prefixes and triple quotes', () => {
    expect(valueOf(String.raw`x = "a\n\x41\101\u00e9\U0001F600\q"`)).toEqual(text('a\nAAé😀\\q'));
    expect(valueOf(String.raw`x = r"a\n" rb'\d'[0:0]`.slice(0, 10))).toEqual(text('a\\n'));
    expect(valueOf('x = b"a\\x00" B"c"')).toEqual(text('a\0c'));
    expect(valueOf('x = """a\n"b" \\\nc"""')).toEqual(text('a\n"b" c'));
    expect(valueOf('x = "a\\\r\nb"')).toEqual(text('ab'));
  });

  it('joins strings beside each other, on several lines too', () => {
    expect(valueOf("x = ('a'\n   \"b\"  # c\n   'd')")).toEqual(text('abd'));
  });

  it('reads f-strings as templates of their parts', () => {
    expect(valueOf('x = "a" f"b{c}{{d}}{e.f!s}g"')).toEqual({
      kind: 'template',
      parts: [
        text('ab'),
        name('c'),
        text('{d}'),
        { kind: 'member', object: name('e'), name: 'f' },
        text('g'),
      ],
    });
    expect(valueOf('x = f"{d["k"]}"')).toMatchObject({ parts: [{ kind: 'index' }] });
    expect(valueOf('x = f"{n:>{width}.2f}"')).toEqual({
      kind: 'template',
      parts: [{ kind: 'other', what: '', children: [name('n'), name('width')] }],
    });
    expect(valueOf('x = f"{n=}"')).toMatchObject({ parts: [text('n='), { kind: 'other' }] });
    expect(valueOf("x = rf'\\d{n}'")).toMatchObject({ parts: [text('\\d'), name('n')] });
  });

  it('reads numbers', () => {
    for (const [written, value] of [
      ['2.', 2],
      ['1_000', 1000],
      ['0xFF', 255],
      ['.5e1', 5],
      ['-3', -3],
    ] as const) {
      expect(valueOf(`x = ${written}`)).toEqual({ kind: 'constant', value });
    }
    expect(valueOf('x = 2. * y')).toMatchObject({ operator: '*' });
  });
});

describe('expressions', () => {
  it('gives operators their precedence', () => {
    expect(valueOf('x = not a == b or c and d')).toMatchObject({
      operator: 'or',
      operands: [{ operator: 'not', operands: [{ operator: '==' }] }, { operator: 'and' }],
    });
    expect(valueOf('x = -a ** -b')).toMatchObject({ operator: '-', operands: [{ operator: '**' }] });
    expect(valueOf('x = a + b * c - d')).toMatchObject({
      operator: '-',
      operands: [{ operator: '+', operands: [name('a'), { operator: '*' }] }, name('d')],
    });
    expect(valueOf('x = a not in b')).toMatchObject({ operator: 'not in' });
    expect(valueOf('x = a is not b')).toMatchObject({ operator: 'is not' });
    expect(valueOf('x = a < b < c')).toMatchObject({
      kind: 'other',
      children: [name('a'), name('b'), name('c')],
    });
  });

  it('joins equal operators in a row', () => {
    expect(valueOf('x = a + b + c')).toMatchObject({ operator: '+', operands: [{}, {}, {}] });
    expect(valueOf('x = a + (b + c)')).toMatchObject({ operands: [name('a'), { operator: '+' }] });
  });

  it('reads conditions, lambdas, walruses, awaits, yields and stars', () => {
    expect(valueOf('x = a if b else c')).toEqual({
      kind: 'conditional',
      test: name('b'),
      then: name('a'),
      otherwise: name('c'),
    });
    expect(valueOf('x = lambda a, /, *b, c=1, **d: a')).toMatchObject({
      kind: 'callable',
      parameters: [{ name: 'a' }, { name: 'b' }, { name: 'c', default: { value: 1 } }, { name: 'd' }],
      body: [{ kind: 'return', value: name('a') }],
    });
    expect(valueOf('f(a := 1)')).toMatchObject({ args: [{ value: { kind: 'other', what: 'assign' } }] });
    expect(valueOf('x = await f()')).toMatchObject({ what: 'await', children: [{ kind: 'call' }] });
    expect(valueOf('x = yield')).toEqual({ kind: 'other', what: 'yield', children: [] });
    expect(valueOf('x = (yield)')).toMatchObject({ what: 'yield' });
    expect(valueOf('yield')).toMatchObject({ what: 'yield' });
    expect(valueOf('x = [*a, b]')).toMatchObject({ kind: 'list', items: [{ what: 'spread' }, name('b')] });
  });

  it('reads calls, indexes and slices', () => {
    expect(valueOf('x = a.b(c, *d, e=f, **g)[0]')).toEqual({
      kind: 'index',
      object: {
        kind: 'call',
        callee: { kind: 'member', object: name('a'), name: 'b' },
        args: [
          { spread: false, value: name('c') },
          { spread: true, value: name('d') },
          { name: 'e', spread: false, value: name('f') },
          { spread: true, value: name('g') },
        ],
        construct: false,
      },
      index: { kind: 'constant', value: 0 },
    });
    expect(valueOf('x = a[1:, ::2, :]')).toMatchObject({
      index: { kind: 'list', items: [{ kind: 'other' }, { kind: 'other' }, { kind: 'other' }] },
    });
  });

  it('reads dictionaries, sets, tuples and comprehensions', () => {
    expect(valueOf('x = {"a": 1, **b}')).toMatchObject({
      kind: 'dictionary',
      entries: [{ key: text('a') }, { value: name('b') }],
    });
    expect(valueOf('x = {**b, "a": 1}')).toMatchObject({
      kind: 'dictionary',
      entries: [{}, { key: text('a') }],
    });
    expect(valueOf('x = {1, 2,}')).toMatchObject({ kind: 'list', items: [{}, {}] });
    expect(valueOf('x = 1,')).toMatchObject({ kind: 'list', items: [{ value: 1 }] });
    expect(valueOf('x = [f(y) for y in z if y if w]')).toEqual({
      kind: 'other',
      what: '',
      children: [
        name('z'),
        name('y'),
        name('w'),
        { kind: 'call', callee: name('f'), args: [{ spread: false, value: name('y') }], construct: false },
      ],
    });
    expect(valueOf('x = {k: v for k, v in z}')).toMatchObject({
      children: [name('z'), name('k'), name('v')],
    });
  });
});

describe('what does not follow the grammar', () => {
  it('is a problem with a place', () => {
    expect(problems('x = = 1')).toEqual(['1:5 expected an expression']);
    expect(problems('def f(:\n  pass')).toContain('1:7 expected a name');
    expect(problems('f() = 1')).toEqual(['1:1 nothing can be assigned to this']);
    expect(problems("x = 'a")).toContain('1:5 a string is not terminated');
    expect(problems('print "a"')).toEqual(['1:7 a statement does not end where it should']);
    expect(problems('if a:\n  b\n c')).toContain(
      '3:2 a line is indented less than its block, and like no block around it',
    );
    expect(problems('x = 012')).toEqual(['1:5 a number is written wrongly: 012']);
    expect(problems('try:\n  a\nb')).toEqual(['3:1 expected except or finally']);
  });

  it('does not hide the lines after it', () => {
    const module = parse('import a\nx = = 1\nclass B(:\n    import c\n\nimport d\n');
    expect(module.imports.map((each) => each.specifier)).toEqual(['a', 'c', 'd']);
  });

  it('does not swallow the rest of a file after an open bracket', () => {
    const module = parse('x = f(1\n\nimport a\n\ndef g():\n    import b\n');
    expect(module.problems[0]?.message).toBe('( was never closed');
    expect(module.imports.map((each) => each.specifier)).toEqual(['a', 'b']);
  });

  it('never overflows the stack, however deeply it is nested', () => {
    const deep = 100_000;
    for (const hostile of [
      `x = ${'('.repeat(deep)}`,
      `x = ${'[a for b in '.repeat(deep)}`,
      `x = ${'-'.repeat(deep)}1`,
      `x = ${'not '.repeat(deep)}1`,
      `x = ${'lambda: '.repeat(deep)}1`,
      `x = a${'.b'.repeat(deep)}`,
      `x = a${'()'.repeat(deep)}`,
      `x = a${' if b else c'.repeat(deep)}`,
      `x = 1${' + 1 - 1'.repeat(deep)}`,
      `x = ${'f"{'.repeat(deep)}`,
      `if a:\n b\n${'elif c:\n d\n'.repeat(deep)}`,
      Array.from({ length: 3000 }, (_, i) => `${' '.repeat(i)}if a:`).join('\n'),
    ]) {
      expect(parse(hostile).problems.length).toBeGreaterThan(0);
    }
  });

  it('is given up after many problems', () => {
    expect(parse('$\n'.repeat(1000)).problems.length).toBeLessThanOrEqual(50);
  });
});
