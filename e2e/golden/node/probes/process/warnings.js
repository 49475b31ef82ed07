// run: node --no-warnings warnings.js
process.on('warning', (w) => console.log(w.name, '|', w.message, '|', w.code, '|', w.detail));
process.emitWarning('one');
process.emitWarning('two', 'Custom', 'C001');
process.emitWarning('three', { type: 'T', code: 'X', detail: 'some detail' });
process.emitWarning(new RangeError('an error'));
process.emitWarning('deprecated', 'DeprecationWarning', 'DEP9999');
for (const wrong of [1, undefined, {}]) {
  try {
    process.emitWarning(wrong);
  } catch (error) {
    console.log(error.code, error.message);
  }
}
const { EventEmitter } = require('node:events');
const emitter = new EventEmitter();
for (let i = 0; i < 11; i++) emitter.on('many', () => {});
new Buffer(1);
require('node:url').parse('http://a.com:port/');
const { deprecate } = require('node:util');
const old = deprecate((a) => a + 1, 'old is old', 'DEP8888');
console.log(old(1), old(2));
process.noDeprecation = true;
process.emitWarning('hidden', 'DeprecationWarning');
process.noDeprecation = false;
setTimeout(() => {}, 2 ** 31).unref();
