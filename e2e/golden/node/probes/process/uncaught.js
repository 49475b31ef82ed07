process.on('exit', (code) => console.log('exit', code));
process.on('uncaughtExceptionMonitor', (error, origin) => console.log('monitor', error?.message, origin));
process.on('uncaughtException', (error, origin) => {
  console.log('uncaught', error?.message ?? error, origin);
  if (error?.message === 'last') {
    process.exitCode = 3;
    throw new TypeError('thrown by the handler');
  }
});
console.log(process.listenerCount('uncaughtException'), process.hasUncaughtExceptionCaptureCallback());
setTimeout(() => {
  throw new Error('timer');
}, 1);
setTimeout(() => {
  throw 'a string';
}, 3);
setTimeout(() => Promise.reject(new RangeError('rejected')), 5);
setTimeout(() => Promise.reject({ plain: true }), 10);
setTimeout(() => {
  throw undefined;
}, 15);
setTimeout(() => {
  throw new Error('last');
}, 30);
