const { AsyncLocalStorage } = require('node:async_hooks');

const als = new AsyncLocalStorage();
const other = new AsyncLocalStorage();
console.log(als.getStore());
console.log(als.run(1, (...args) => [als.getStore(), other.getStore(), ...args], 'a', 'b'));
console.log(als.run(1, () => other.run(2, () => [als.getStore(), other.getStore()])));
console.log(als.run(1, () => als.exit(() => als.getStore())));
console.log(als.run(1, () => als.run(1, () => als.getStore())));
try {
  als.run(1, () => {
    throw new Error(`in ${als.getStore()}`);
  });
} catch (error) {
  console.log(error.message, als.getStore());
}
const bound = als.run('bound', () => AsyncLocalStorage.bind((x, y) => [als.getStore(), x, y]));
console.log(bound(1, 2), als.run('elsewhere', () => bound(3, 4)), bound.length);
const snapshot = als.run('snapshot', () => AsyncLocalStorage.snapshot());
console.log(snapshot(() => als.getStore()), snapshot((a) => a + 1, 1));
als.enterWith('entered');
console.log(als.getStore());
setTimeout(() => console.log('timer', als.getStore()), 1);
process.nextTick(() => {
  console.log('tick', als.getStore());
  als.enterWith('tick entered');
  Promise.resolve().then(() => console.log('promise of tick', als.getStore()));
});
setImmediate(() => console.log('immediate', als.getStore()));
const disabled = new AsyncLocalStorage();
disabled.enterWith(1);
disabled.disable();
console.log('disabled', disabled.getStore(), disabled.run(2, () => disabled.getStore()), disabled.getStore());
(async () => {
  als.enterWith('in async');
  await null;
  console.log('async', als.getStore());
})();
console.log('after async', als.getStore());
for (const wrong of [undefined, 1, {}]) {
  try {
    AsyncLocalStorage.bind(wrong);
  } catch (error) {
    console.log(error.code, error.message);
  }
}
