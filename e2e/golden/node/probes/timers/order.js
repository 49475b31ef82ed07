const log = (...args) => console.log(...args);

setTimeout(() => {
  log('timer 1');
  Promise.resolve().then(() => log('timer 1 promise'));
  process.nextTick(() => log('timer 1 tick'));
  setImmediate(() => log('timer 1 immediate'));
}, 0);
setTimeout(() => {
  log('timer 2');
  queueMicrotask(() => {
    log('timer 2 microtask');
    process.nextTick(() => log('timer 2 microtask tick'));
  });
}, 0);
const start = Date.now();
while (Date.now() - start < 5);
setImmediate(() => {
  log('immediate 1');
  process.nextTick(() => {
    log('immediate 1 tick');
    Promise.resolve().then(() => log('immediate 1 tick promise'));
  });
  Promise.resolve().then(() => log('immediate 1 promise'));
  setImmediate(() => log('immediate 1 immediate'));
});
setImmediate(() => log('immediate 2'));
process.nextTick(() => {
  log('tick 1');
  process.nextTick(() => log('tick 1 tick'));
  Promise.resolve().then(() => {
    log('tick 1 promise');
    process.nextTick(() => log('tick 1 promise tick'));
  });
});
Promise.resolve()
  .then(() => {
    log('promise 1');
    process.nextTick(() => log('promise 1 tick'));
  })
  .then(() => log('promise 2'))
  .then(() => log('promise 3'));
(async () => {
  log('async 0');
  await null;
  log('async 1');
  await new Promise((resolve) => setImmediate(resolve));
  log('async 2');
})();
process.nextTick(log, 'tick 2', 'with', 'arguments');
queueMicrotask(() => log('microtask'));
log('end of main');
