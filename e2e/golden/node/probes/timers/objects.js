const timers = require('node:timers');
const { inspect } = require('node:util');

const timeout = setTimeout(() => {}, 10, 'a', 'b');
console.log(timeout.constructor.name, timeout.hasRef(), timeout.unref() === timeout, timeout.hasRef(), timeout.ref().hasRef());
console.log(typeof timeout[Symbol.toPrimitive](), timeout.refresh() === timeout, timeout._destroyed);
clearTimeout(timeout);
console.log(timeout._destroyed, timeout._onTimeout);
const immediate = setImmediate(() => {});
console.log(immediate.constructor.name, immediate.hasRef());
clearImmediate(immediate);
console.log(immediate._destroyed);
console.log(setTimeout === timers.setTimeout, Object.keys(timers).sort());

const cleared = setTimeout(() => console.log('never'), 1);
clearTimeout(+cleared);
const byText = setTimeout(() => console.log('never'), 1);
clearTimeout(`${+byText}`);
clearTimeout(undefined);
clearTimeout(null);
clearInterval({});
clearImmediate(5);

for (const wrong of [undefined, null, 'x', 1]) {
  for (const make of [setTimeout, setInterval, setImmediate, queueMicrotask, process.nextTick]) {
    try {
      make(wrong);
    } catch (error) {
      console.log(make.name, error.code, error.message);
    }
  }
}
setTimeout(function (...args) { console.log('arguments', args, this.constructor.name); }, 1, 1, 'two', { three: 3 });
setImmediate((...args) => console.log('immediate', args), 1, 2);

let count = 0;
const interval = setInterval(() => {
  console.log('interval', ++count);
  if (count === 3) clearInterval(interval);
}, 1);
let times = 0;
const again = setTimeout(() => {
  if (++times < 3) again.refresh();
  else console.log('refreshed', times);
}, 1);
const unreferenced = setInterval(() => {}, 1);
unreferenced.unref();
using: {
  const disposed = setTimeout(() => console.log('never'), 1);
  if (Symbol.dispose && disposed[Symbol.dispose]) disposed[Symbol.dispose]();
}
setTimeout(() => {}, 2 ** 31).unref();
setTimeout(() => console.log('negative'), -5);
setTimeout(() => console.log('NaN'), NaN);
console.log(inspect(setTimeout[require('node:util').promisify.custom]).startsWith('[Function'));
