const fs = require('node:fs');
const path = require('node:path');
const show = (title, stack) => console.log(`--- ${title}\n${String(stack).replaceAll(__dirname, '').split('\n').filter((l) => !/node:internal/.test(l)).join('\n')}`);
class Thing { constructor() { this.stack = new Error('in constructor').stack; } method() { return new Error('in method').stack; } static make() { return new Error('in static').stack; } get prop() { return new Error('in getter').stack; } #p() { return new Error('in private').stack; } callPrivate() { return this.#p(); } ['com' + 'puted']() { return new Error('computed').stack; } field = () => new Error('in field').stack; }
show('constructor', new Thing().stack);
show('method', new Thing().method());
show('static', Thing.make());
show('getter', new Thing().prop);
show('private', new Thing().callPrivate());
show('computed', new Thing().computed());
show('field', new Thing().field());
show('object', { f() { return new Error('x').stack; } }.f());
show('alias', (() => { const o = {}; o.named = function () { return new Error('x').stack; }; o.arrow = () => new Error('y').stack; return o.named() + '\n' + o.arrow(); })());
show('map', [1].map(function cb() { return new Error('in map').stack; })[0]);
show('anonymous', (function () { return new Error('anon').stack; })());
show('arrow', (() => new Error('arrow').stack)());
show('nested', (function outer() { return (function inner() { return new Error('deep').stack; })(); })());
show('new function', new (function Legacy() { this.s = new Error('legacy').stack; })().s);
show('prototype', (() => { function P() {} P.prototype.go = function () { return new Error('p').stack; }; return new P().go(); })());
show('bound', function b() { return new Error('bound').stack; }.bind({})());
show('call', function c() { return new Error('call').stack; }.call(5));
show('apply', Reflect.apply(function r() { return new Error('reflect').stack; }, [], []));
show('symbol', { [Symbol.iterator]() { return new Error('sym').stack; } }[Symbol.iterator]());
show('toJSON', JSON.parse(JSON.stringify({ toJSON() { return new Error('json').stack; } })));
show('replace', (() => { let s; 'a'.replace(/a/, () => { s = new Error('replace').stack; }); return s; })());
show('sort', (() => { let s; [2, 1].sort(() => { s = new Error('sort').stack; return 0; }); return s; })());
show('generator', [...(function* gen() { yield new Error('gen').stack; })()][0]);
show('eval', eval('new Error("in eval").stack'));
show('eval fn', eval('(function evaled() { return new Error("in evaled").stack; })()'));
show('indirect eval', (0, eval)('new Error("indirect").stack'));
show('sourceURL', eval('new Error("named").stack\n//# sourceURL=my-name.js'));
fs.writeFileSync('other.js', `exports.f = function () {\n  return new Error('other').stack;\n};\nexports.async = async () => {\n  await null;\n  throw new Error('async other');\n};\n`);
const other = require('./other');
show('module', other.f());
show('vm', require('node:vm').runInThisContext('new Error("vm").stack', 'name-in-vm.js'));
show('vm lines', require('node:vm').runInThisContext('\n\n  new Error("vm").stack', { filename: 'shifted.js', lineOffset: 10, columnOffset: 5 }));
show('compiled', require('node:vm').compileFunction('return new Error(a).stack', ['a'], { filename: 'compiled.js' })('arg'));
show('tab and columns', (() => { /* é 😀 */ const s = '😀'; return [s, new Error('cols').stack][1]; })());
Error.stackTraceLimit = 2; show('limit', (function a() { return (function b() { return (function c() { return new Error('limited').stack; })(); })(); })());
Error.stackTraceLimit = 0; show('limit 0', new Error('none').stack);
Error.stackTraceLimit = 10;
const o = {}; Error.captureStackTrace(o); show('capture', o.stack.split('\n')[0]);
function hidden() { const t = { name: 'N', message: 'M' }; Error.captureStackTrace(t, hidden); return t.stack; }
show('capture above', hidden());
const named = new Error('msg'); named.name = 'Renamed'; show('renamed later', named.stack.split('\n')[0]); named.message = 'changed'; show('changed', named.stack.split('\n')[0] + ' ' + String(named));
class MyError extends Error { constructor(m) { super(m); this.name = 'MyError'; } } show('subclass', new MyError('sub').stack.split('\n')[0]);
class Other extends TypeError { get name() { return 'FromGetter'; } } show('getter name', new Other('sub').stack.split('\n')[0]);
class Plain extends Error {} show('plain', new Plain('p').stack.split('\n')[0]);
console.log(Object.getOwnPropertyDescriptor(new Error('x'), 'stack') !== undefined, Object.keys(new Error('x')), 'stack' in Error.prototype);
const prepared = Error.prepareStackTrace; Error.prepareStackTrace = (e, sites) => sites.map((s) => [s.getFileName()?.split('/').pop(), s.getLineNumber(), s.getColumnNumber(), s.getFunctionName(), s.getTypeName(), s.getMethodName(), s.isToplevel(), s.isEval(), s.isNative(), s.isConstructor(), s.isAsync(), s.getThis() === undefined, typeof s.getFunction(), s.constructor.name, String(s).replaceAll(__dirname, '')]).filter((s) => s[0] === path.basename(__filename));
function sited() { return new Error('sites').stack; }
console.log(sited(), new Thing().method(), new Thing().stack, [1].map(() => new Error('x').stack)[0]);
Error.prepareStackTrace = () => 'mine'; console.log(new Error('x').stack); Error.prepareStackTrace = undefined; show('restored', new Error('after').stack.split('\n')[0]); Error.prepareStackTrace = prepared;
console.log(prepared.name, typeof Error.prepareStackTrace, prepared(new Error('direct'), []));
const calls = (function () { const p = Error.prepareStackTrace; Error.prepareStackTrace = (_, s) => s; const s = new Error().stack.slice(); Error.prepareStackTrace = p; return s; })(); console.log(calls[0].getLineNumber() > 0, path.basename(calls[0].getFileName()));
(async () => {
  async function one() { await two(); } async function two() { await new Promise((r) => setTimeout(r, 1)); await other.async(); }
  await one().catch((e) => show('async', e.stack));
  await Promise.all([one()]).catch((e) => show('promise all', e.stack));
  await Promise.allSettled([1, one()]).then(([, r]) => show('allSettled', r.reason.stack));
  await Promise.any([one()]).catch((e) => show('any', e.errors[0].stack));
  await (async () => { try { await one(); } finally { await 0; } })().catch((e) => show('finally', e.stack));
  await Promise.resolve().then(function then() { throw new Error('in then'); }).catch((e) => show('then', e.stack));
  await (async function* ag() { yield 1; throw new Error('in async generator'); })().next();
  for await (const x of (async function* ag() { yield 1; throw new Error('ag'); })()) if (x) break;
  try { for await (const x of (async function* ag() { await 1; throw new Error('ag'); })()) x; } catch (e) { show('async generator', e.stack); }
  const t = new (class { async m() { await 0; throw new Error('async method'); } })(); await t.m().catch((e) => show('async method', e.stack));
  await new Promise((r) => setTimeout(() => { show('timeout', new Error('t').stack); r(); }, 1)); await new Promise((r) => setImmediate(function imm() { show('immediate', new Error('i').stack); r(); })); await new Promise((r) => process.nextTick(() => { show('tick', new Error('n').stack); r(); })); await new Promise((r) => queueMicrotask(() => { show('microtask', new Error('m').stack); r(); }));
  await new Promise((r) => new (require('node:events'))().once('x', () => { show('event', new Error('e').stack); r(); }).emit('x')); await new Promise((r) => fs.readFile('nothing', (e) => { show('fs', e.stack); r(); })); await fs.promises.readFile('nothing').catch((e) => show('fs promise', e.stack)); try { fs.readFileSync('nothing'); } catch (e) { show('fs sync', e.stack); }
})();
