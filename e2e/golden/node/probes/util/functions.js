const util = require('node:util');

console.log(util.format('%s %d %i %f %j %o %O %c%%', 'a', 5, 5.7, '1.5', { a: 1 }, [1], { b: { c: {} } }, 'css'), util.format('no', 'format', { x: 1 }), util.format(5, 'x'));
console.log(util.stripVTControlCharacters('\u001b[31mred\u001b[39m'), JSON.stringify(util.styleText('red', 'x')), JSON.stringify(util.styleText(['bold', 'green'], 'x')));
console.log(util.getSystemErrorName(-2), util.getSystemErrorMap().get(-13), util.toUSVString('a\ud800b'), util.isDeepStrictEqual({ a: [1] }, { a: [1] }), util.isDeepStrictEqual([1], [2]));
console.log(util.parseArgs({ args: ['-f', '--bar', 'b', 'pos', '--no-color'], options: { f: { type: 'boolean', short: 'f' }, bar: { type: 'string' }, color: { type: 'boolean' } }, allowPositionals: true, allowNegative: true }));
for (const attempt of [() => util.parseArgs({ args: ['--x'] }), () => util.parseArgs({ args: ['p'] }), () => util.styleText('nope', 'x'), () => util.promisify(5), () => util.callbackify(5), () => util.inherits(5, 5), () => util.deprecate(5), () => util.getSystemErrorName(5), () => new util.MIMEType('x')]) {
  try { console.log(attempt()); } catch (error) { console.log(error.name, error.code, error.message); }
}
const mime = new util.MIMEType('text/html; charset=utf-8; q="a b"');
console.log(String(mime), mime.essence, mime.type, mime.subtype, [...mime.params]);
const { types } = util;
console.log(types.isPromise(Promise.resolve()), types.isProxy(new Proxy({}, {})), types.isAsyncFunction(async () => 1), types.isGeneratorFunction(function* () {}), types.isMap(new Map()), types.isRegExp(/x/), types.isDate(new Date()), types.isNativeError(new TypeError()), types.isTypedArray(Buffer.alloc(1)), types.isUint8Array(Buffer.alloc(1)), types.isBoxedPrimitive(Object(1n)), types.isExternal({}), types.isArgumentsObject((function () { return arguments; })()), types.isGeneratorObject((function* () {})()), types.isMapIterator(new Map().keys()), types.isWeakSet(new WeakSet()), types.isModuleNamespaceObject({}), types.isKeyObject?.({}), types.isCryptoKey?.({}));
console.log(['utf-8', 'latin1', 'utf-16le', 'windows-1252', 'iso-8859-2', 'gbk', 'shift_jis', 'euc-kr'].map((label) => new util.TextDecoder(label).encoding));
console.log(new TextDecoder('windows-1252').decode(Uint8Array.of(0x80, 0xe9)), new TextDecoder('shift_jis').decode(Uint8Array.of(0x82, 0xa0)), new TextDecoder('utf-16le').decode(Uint8Array.of(0x61, 0)), new TextDecoder().decode(Uint8Array.of(0xff, 0x41)));
for (const attempt of [() => new TextDecoder('nope'), () => new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.of(0xff)), () => structuredClone(() => 1), () => structuredClone(Symbol('s')), () => structuredClone()]) {
  try { console.log(attempt()); } catch (error) { console.log(error.name, error.code, error.message); }
}
console.log(new TextEncoder().encodeInto('añ', new Uint8Array(2)), new TextEncoder().encoding);
const wait = util.promisify((value, done) => setTimeout(done, 1, value === 'bad' ? new Error('bad') : null, value));
wait('good').then(console.log);
wait('bad').catch((error) => console.log(error.message));
util.callbackify(async (a) => a * 2)(4, (error, value) => console.log('callbackify', error, value));
util.callbackify(async () => { throw null; })((error) => console.log('callbackify', error.code, error.message, error.reason));
console.log(util.promisify(setTimeout) === setTimeout[util.promisify.custom], util.types.isPromise(util.promisify(setTimeout)(1)));
function Old() {}
function Base() {}
util.inherits(Old, Base);
console.log(Old.super_ === Base, new Old() instanceof Base);
console.log(util.debuglog('nothing').enabled, util.inspect.defaultOptions, Object.keys(util).sort().join());
const controller = new AbortController();
util.aborted(controller.signal, {}).then(() => console.log('aborted'));
controller.abort();
