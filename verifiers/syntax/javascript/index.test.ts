import { describe, expect, it } from 'vitest';
import { Source } from '../../sources.ts';
import type { Module } from '../types.ts';
import { parseJavascript } from './index.ts';

const parse = (text: string, path = 'a.js'): Module => parseJavascript(new Source(path, text));

/** Imports in short: `form specifier {imported as local} * as whole flags`. */
function imports(text: string, path?: string): string[] {
  return parse(text, path).imports.map((one) =>
    [
      one.form,
      one.specifier,
      one.names.map(({ imported, local }) => `${imported}:${local}`).join(','),
      one.whole === undefined ? '' : `*${one.whole}`,
      one.typeOnly ? 'type' : '',
      one.deferred ? 'deferred' : '',
    ]
      .filter((part) => part !== '')
      .join(' '),
  );
}

const exports = (text: string, path?: string): string[] =>
  parse(text, path).exports.map(
    ({ exported, local, from }) => `${exported}=${local}${from === undefined ? '' : ` from ${from}`}`,
  );

/** The tree without places, as JSON would have it. */
const tree = (text: string, path?: string): unknown =>
  JSON.parse(
    JSON.stringify(parse(text, path).body, (key, value: unknown) => (key === 'at' ? undefined : value)),
  );

describe('imports of JavaScript and TypeScript', () => {
  it.each([
    ["import a from './a'", ['import ./a default:a']],
    ["import * as a from './a'", ['import ./a *a']],
    ["import a, { b, c as d } from './a'", ['import ./a default:a,b:b,c:d']],
    ["import './a'", ['import ./a']],
    ["const a = require('./a')", ['require ./a *a']],
    ["const { b, c: d, e = 1, f: { g }, ...h } = require('./a')", ['require ./a b:b,c:d,e:e,f:,*:h']],
    ["const a = require('./a').b", ['require ./a b:a']],
    ["require('./a').b.c()", ['require ./a b:']],
    ["app.use('/api', require('./routes'))", ['require ./routes']],
    ["const router = require('express').Router()", ['require express Router:']],
    ["const a = await import('./a')", ['dynamic ./a *a']],
    ["const { default: a } = await import('./a')", ['dynamic ./a default:a']],
    ["async () => { const { a } = await import('./a'); }", ['dynamic ./a a:a deferred']],
    ["import('./a').then((m) => m.default)", ['dynamic ./a']],
    ["function f() { return require('./a'); }", ['require ./a deferred']],
    ["let a; a = require('./a');", ['require ./a *a']],
    ["this.a = require('./a')", ['require ./a']],
    ["const a = __importDefault(require('./a'))", ['require ./a *a']],
    ["const load = createRequire(import.meta.url); const a = load('./a')", ['require ./a *a']],
    ["module.require('./a')", ['require ./a']],
    ['const a = require(`./a`)', ['require ./a *a']],
    ["const a = require(__dirname + '/a')", ['require ./a *a']],
    ["const a = require(path.join(__dirname, '..', 'models', 'a'))", ['require ../models/a *a']],
    ["const dir = path.join(__dirname, 'm'); const a = require(`${dir}/a`)", ['require ./m/a *a']],
    ["await import(new URL('./a.js', import.meta.url))", ['dynamic ./a.js']],
    ["export { a } from './a'", ['reexport ./a a:']],
    ["export * from './a'", ['reexport ./a']],
    ["export * as a from './a'", ['reexport ./a']],
    ["// import a from './a'\n/* require('./b') */ const s = \"require('./c')\";", []],
  ])('reads %s', (text, expected) => {
    expect(imports(text)).toEqual(expected);
  });

  it.each([
    ["import type { A } from './a'", ['import ./a A:A type']],
    ["import { type A, b } from './a'", ['import ./a b:b', 'import ./a A:A type']],
    ["import type A from './a'", ['import ./a default:A type']],
    ["export type { A } from './a'", ['reexport ./a A: type']],
    ["import a = require('./a')", ['require ./a *a']],
    ["const a = require('./a') as typeof import('./a')", ['require ./a *a']],
    ["const a = (<any>require('./a'))!", ['require ./a *a']],
  ])('reads TypeScript %s', (text, expected) => {
    expect(imports(text, 'a.ts')).toEqual(expected);
  });

  it('says where an import stands and that one is not literal', () => {
    const module = parse(
      "const a = 1;\nconst b = require('./b');\nrequire(a + b);\nimport(`./routes/${name}.js`);",
    );
    expect(module.imports.map(({ at }) => module.source.locate(at))).toEqual([{ line: 2, column: 11 }]);
    expect(module.unknownImports).toEqual([{ at: 39 }, { at: 55, start: './routes/' }]);
  });

  it.each([
    ['fs.readdirSync(__dirname).forEach((f) => require(path.join(__dirname, f)))', './'],
    ["require(process.cwd() + '/src/' + name)", '/src/'],
    ["import(pathToFileURL(join(import.meta.dirname, 'routes', f)).href)", './routes/'],
    ['const here = path.dirname(fileURLToPath(import.meta.url)); import(`file://${here}/x/${f}`)', './x/'],
  ])('knows the start of %s', (text, start) => {
    expect(parse(text).unknownImports.map((one) => one.start)).toEqual([start]);
  });
});

describe('exports of JavaScript and TypeScript', () => {
  it.each([
    ['export const a = 1, { b, c: [d] } = x', ['a=a', 'b=b', 'd=d']],
    ['export function f() {}\nexport class C {}', ['f=f', 'C=C']],
    ['export default class C {}', ['default=C']],
    ['export default app', ['default=app']],
    ['export default new App()', ['default=default']],
    ['export { a as b, c as default }', ['b=a', 'default=c']],
    ["export { a as b } from './a'", ['b=a from ./a']],
    ["export { default } from './a'", ['default=default from ./a']],
    ["export * from './a'", ['*=* from ./a']],
    ["export * as a from './a'", ['a=* from ./a']],
    ['module.exports = app', ['default=app']],
    ["module.exports = require('./a')", ['default=default from ./a', '*=* from ./a']],
    ['module.exports = { a, b: c, d() {}, e: 1 }', ['default=', 'a=a', 'b=c', 'd=', 'e=']],
    [
      "module.exports = { ...require('./a'), b: require('./b') }",
      ['default=', '*=* from ./a', 'b=* from ./b'],
    ],
    ["const a = require('./a');\nmodule.exports = { ...a }", ['default=', '*=* from ./a']],
    ["const s = require('./s');\nmodule.exports = { list: s.list }", ['default=', 'list=list from ./s']],
    ["exports.a = require('./a').b", ['a=b from ./a']],
    ['exports.a = exports.b = f', ['a=f', 'b=f']],
    ['module.exports.a = f', ['a=f']],
    ['const app = module.exports = new App()', ['default=']],
    ["Object.assign(exports, require('./a'))", ['*=* from ./a']],
    ["__exportStar(require('./a'), exports)", ['*=* from ./a']],
    ['const db = { a };\ndb.User = User;\nmodule.exports = db', ['default=db', 'a=a', 'User=User']],
    ['const a = { ...b };\nconst b = { ...a };\nmodule.exports = a', ['default=a']],
  ])('reads %s', (text, expected) => {
    expect(exports(text)).toEqual(expected);
  });

  it.each([
    ['export interface A {}\nexport type B = A', ['A=A', 'B=B']],
    ["import a = require('./a');\nexport = a", ['default=a', '*=* from ./a']],
    ['export enum E { A }', ['E=E']],
  ])('reads TypeScript %s', (text, expected) => {
    expect(exports(text, 'a.ts')).toEqual(expected);
  });
});

describe('the tree of JavaScript and TypeScript', () => {
  it('has values, calls and operations', () => {
    expect(tree("const url = process.env.URL || `sqlite:${a}` + new X(1, ...b)['c'](undefined);")).toEqual([
      {
        kind: 'assign',
        targets: [{ kind: 'name', name: 'url' }],
        value: {
          kind: 'operation',
          operator: '||',
          operands: [
            {
              kind: 'member',
              object: { kind: 'member', object: { kind: 'name', name: 'process' }, name: 'env' },
              name: 'URL',
            },
            {
              kind: 'operation',
              operator: '+',
              operands: [
                {
                  kind: 'template',
                  parts: [
                    { kind: 'text', value: 'sqlite:' },
                    { kind: 'name', name: 'a' },
                  ],
                },
                {
                  kind: 'call',
                  callee: {
                    kind: 'member',
                    object: {
                      kind: 'call',
                      callee: { kind: 'name', name: 'X' },
                      args: [
                        { spread: false, value: { kind: 'constant', value: 1 } },
                        { spread: true, value: { kind: 'name', name: 'b' } },
                      ],
                      construct: true,
                    },
                    name: 'c',
                  },
                  args: [{ spread: false, value: { kind: 'constant', value: null } }],
                  construct: false,
                },
              ],
            },
          ],
        },
        annotation: '',
        operator: '=',
      },
    ]);
  });

  it('has classes with fields, methods and parameter properties', () => {
    const text = `@Table class User extends Model {
      static x = 1;
      declare name: string;
      constructor(private readonly db: Database, { a }: Options = {}) { super(); }
      async list(): Promise<void> { return this.db.all('x'); }
    }`;
    const [declared] = parse(text, 'a.ts').body;
    expect(declared).toMatchObject({
      kind: 'declare',
      value: {
        kind: 'class',
        name: 'User',
        bases: [{ kind: 'name', name: 'Model' }],
        decorators: [{ kind: 'name', name: 'Table' }],
        body: [
          { kind: 'assign', targets: [{ name: 'x' }], value: { value: 1 } },
          { kind: 'assign', targets: [{ name: 'name' }], annotation: 'string' },
          { kind: 'assign', targets: [{ name: 'db' }], annotation: 'Database' },
          {
            kind: 'declare',
            value: {
              name: 'constructor',
              parameters: [
                { name: 'db', annotation: 'Database' },
                {
                  name: '',
                  annotation: 'Options',
                  pattern: { kind: 'dictionary' },
                  default: { entries: [] },
                },
              ],
            },
          },
          { kind: 'declare', value: { name: 'list', async: true, body: [{ kind: 'return' }] } },
        ],
      },
    });
  });

  it('has every kind of statement', () => {
    const text = `
      if (a) b(); else if (c) d();
      for (const x of xs) f(x);
      for (let i = 0; i < 1; i++) { g(); }
      while (a) h();
      try { i(); } catch (e) { j(); } finally { k(); }
      switch (a) { case 1: l(); default: m(); }
      throw n;
      label: o();
      (p(), q());
      export default { a, b() {} };
      const fn = (x) => x;`;
    const { body, problems } = parse(text);
    expect(problems).toEqual([]);
    expect(body.map((one) => (one.kind === 'block' ? one.what : one.kind))).toEqual(
      'branch for assign for while try switch evaluate evaluate evaluate evaluate assign export assign'.split(
        ' ',
      ),
    );
    expect(body[5]).toMatchObject({ body: [{}, {}, {}], binds: [{ target: { name: 'e' } }] });
    expect(body[11]).toMatchObject({ targets: [{ name: 'default' }], value: { kind: 'dictionary' } });
  });

  it('drops types and keeps what they surround', () => {
    const text =
      'interface A {}\ntype B = A;\ndeclare const c: A;\nconst d = <A>(e as B)!;\nenum F { A = 1, B }';
    expect(tree(text, 'a.ts')).toMatchObject([
      { targets: [{ name: 'd' }], value: { kind: 'name', name: 'e' } },
      { targets: [{ name: 'F' }], value: { entries: [{ key: { value: 'A' } }, { key: { value: 'B' } }] } },
    ]);
  });

  it('goes into JSX, and reads it in a file that should not have it', () => {
    const text =
      "const page = (c: Context) => c.html(<Layout {...require('./props')}>{require('./a')}</Layout>);";
    expect(imports(text, 'a.tsx')).toEqual(['require ./props deferred', 'require ./a deferred']);
    expect(imports(text, 'a.ts')).toEqual(['require ./props deferred', 'require ./a deferred']);
  });

  it('reads defaults of patterns', () => {
    expect(tree("const { PORT = '1' } = process.env")).toMatchObject([
      {
        targets: [
          {
            kind: 'dictionary',
            entries: [
              {
                key: { value: 'PORT' },
                value: { kind: 'other', what: 'assign', children: [{ name: 'PORT' }, { value: '1' }] },
              },
            ],
          },
        ],
      },
    ]);
  });
});

describe('text that is broken or hostile', () => {
  it('reports what does not parse, with what can be read', () => {
    const broken = parse("const a = require('./a');\nconst a = 1;");
    expect(broken.imports).toHaveLength(1);
    expect(broken.problems).toEqual([{ at: 32, message: "Identifier 'a' has already been declared." }]);
    expect(parse('const = ;')).toMatchObject({ body: [], problems: [{ at: 6 }] });
  });

  it.each([
    ['parentheses', '('.repeat(50_000)],
    ['arrays', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['functions', '(()=>{'.repeat(900) + '})'.repeat(900)],
    ['else if', 'if(a){}else '.repeat(3_000) + '{}'],
    ['member calls', `a${'.b()'.repeat(5_000)}`],
    ['objects', `module.exports = ${'{...{a:'.repeat(500)}1${'}}'.repeat(500)}`],
    [
      'spreads of constants',
      [...Array(60).keys()].map((i) => `const a${i}={...a${i + 1},...a${i + 1}};`).join(''),
    ],
    [
      'sums of constants',
      `${[...Array(60).keys()].map((i) => `const a${i}=a${i + 1}+a${i + 1};`).join('')}require(a0)`,
    ],
    ['conditional arrows', 'a?(b)=>(c?'.repeat(60)],
    ['generic arrows', 'async<T>(a=<T>(b=>'.repeat(60)],
    ['templates', '`${'.repeat(5_000)],
    ['JSX', '<a>'.repeat(5_000)],
  ])('survives nested %s', (_, text) => {
    for (const path of ['a.js', 'a.ts', 'a.tsx']) expect(parse(text, path).path).toBe(path);
  });

  it('reads a sum of many parts as one operation', () => {
    const [first] = parse(`x = ${'a + '.repeat(500)}b`).body;
    expect(first).toMatchObject({ value: { kind: 'operation', operands: { length: 501 } } });
  });

  it('says that something lies too deep', () => {
    const { problems, body } = parse(`a${'.b'.repeat(2_000)};\nc()`);
    expect(problems.map((one) => one.message)).toEqual([
      'code is nested more than 600 levels deep here; what lies deeper is not read',
    ]);
    expect(body).toHaveLength(2);
  });
});
