import fs from 'node:fs';
const write = (files) => {
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(name, text);
};
write({
  'counter.mjs': `export let n = 0; export function inc() { n++; return n; } export const obj = { get n() { return n; } };
    export { n as alias, inc as 'string name' }; export default class { static x = 1 } ; export var v; v = 3; export let [d1, { d2 = 5, ...d3 }] = [1, { z: 9 }];`,
  'reexport.mjs': `export * from './counter.mjs'; export { n as m, default as Klass } from './counter.mjs'; export * as ns from './counter.mjs'; export { default } from './counter.mjs'; import * as own from './reexport.mjs'; export { own };`,
  'star1.mjs': 'export const both = 1, one = 1;',
  'star2.mjs': 'export const both = 2, two = 2;',
  'stars.mjs': `export * from './star1.mjs'; export * from './star2.mjs';`,
  'same.mjs': `export * from './counter.mjs'; export * from './reexport.mjs';`,
  'anon-fn.mjs': 'export default function () { return 1 }',
  'anon-arrow.mjs': 'export default () => 2',
  'anon-class.mjs': 'export default class {}',
  'anon-paren.mjs': 'export default (function () {})',
  'anon-named.mjs': 'export default function named() {}',
  'anon-async.mjs': 'export default async function* () {}',
  'anon-expr.mjs': 'export default [1, 2].map((x) => x)',
  'anon-value.mjs': 'let a = 1; export default a; a = 2; export { a };',
  'anon-namedclass.mjs': 'export default class Foo { static n = Foo.name }',
  'anon-hoist.mjs': 'export const before = f(); export default function f() { return "hoisted" }',
  'anon-fnlate.mjs':
    'import * as me from "./anon-fnlate.mjs"; export const t = typeof me.default, r = me.default(); export default function () { return "early" }',
  'tdz.mjs': `import * as me from './tdz.mjs'; const out = []; for (const k of ['a', 'b', 'C', 'f', 'v', 'default']) { try { out.push([k, typeof me[k]]); } catch (e) { out.push([k, e.name, e.message]); } } try { Object.keys(me); } catch (e) { out.push(e.message); } try { a; } catch (e) { out.push(e.message); } export { out }; export const a = 1; export let b = 2; export class C {} export function f() {} export var v = 3; export default 5;`,
  'reserved.mjs': 'const x = 1; export { x as class, x as default, x as if, x as await, x as "a-b" };',
});
const c = await import('./counter.mjs');
import('./counter.mjs').then((again) => console.log('same namespace', again === c));
console.log(
  c.n,
  c.inc(),
  c.n,
  c.alias,
  c.obj.n,
  c['string name'](),
  c.n,
  c.default.x,
  c.default.name,
  c.v,
  c.d1,
  c.d2,
  c.d3,
);
console.log(
  c,
  Object.keys(c),
  Object.prototype.toString.call(c),
  c[Symbol.toStringTag],
  Object.getPrototypeOf(c),
  Object.isExtensible(c),
  Object.isFrozen(c),
  Object.isSealed(c),
);
for (const f of [
  () => {
    c.n = 5;
  },
  () => {
    c.other = 1;
  },
  () => {
    delete c.n;
  },
  () => {
    delete c.other;
  },
  () => Object.defineProperty(c, 'n', { value: 1 }),
  () => Object.freeze(c),
  () => Object.setPrototypeOf(c, {}),
  () => {
    c[Symbol.toStringTag] = 1;
  },
  () => Object.defineProperty(c, 'v', { value: 3, writable: true, enumerable: true, configurable: false }),
])
  try {
    console.log(typeof f());
  } catch (e) {
    console.log(e.name, e.message);
  }
console.log(
  Object.getOwnPropertyDescriptor(c, 'n'),
  Reflect.ownKeys(c),
  'n' in c,
  'x' in c,
  Reflect.has(c, 'v'),
  JSON.stringify(c),
  { ...c }.n,
);
const r = await import('./reexport.mjs');
console.log(Object.keys(r), r.m, r.Klass === r.default, r.ns === c, r.own === r);
console.log(Object.keys(await import('./stars.mjs')), Object.keys(await import('./same.mjs')));
for (const name of fs
  .readdirSync('.')
  .filter((f) => f.startsWith('anon'))
  .sort()) {
  const m = await import(`./${name}`);
  console.log(name, typeof m.default, m.default?.name, { ...m });
}
console.log((await import('./tdz.mjs')).out);
console.log(await import('./reserved.mjs'));
try {
  await import('data:text/javascript,import { both } from "' + new URL('stars.mjs', import.meta.url) + '"');
} catch (e) {
  console.log(e.name, e.message.replace(/file.*stars/, 'stars'));
}
const imported =
  await import('data:text/javascript,import * as fs from "node:fs"; import d, { join as j } from "node:path"; export { j, d }; export const viaNs = fs.readFileSync === fs.default.readFileSync; export const t = [this, typeof require, typeof arguments, typeof module, import.meta.url.slice(0, 30)]');
console.log(imported.j === imported.d.join, imported.viaNs, imported.t);
