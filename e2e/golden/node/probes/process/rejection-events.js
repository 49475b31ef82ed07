process.on('unhandledRejection', (reason, promise) => {
  console.log('unhandled', reason?.message ?? reason, promise instanceof Promise, promise === kept);
});
process.on('rejectionHandled', (promise) => console.log('handled', promise === kept));
process.on('warning', (warning) => console.log('warning', warning.name));
const kept = Promise.reject(new Error('late'));
setTimeout(() => kept.catch((error) => console.log('caught', error.message)), 5);
setTimeout(() => Promise.reject(42), 10);
setTimeout(() => Promise.reject(undefined), 15);
setTimeout(() => {
  const soon = Promise.reject(new Error('in time'));
  process.nextTick(() => soon.catch((error) => console.log('in time', error.message)));
}, 20);
setTimeout(() => {
  new Promise((resolve, reject) => {
    resolve(1);
    reject(new Error('ignored'));
  });
  Promise.all([Promise.reject(new Error('first')), Promise.reject(new Error('second'))]).catch((e) => console.log('all', e.message));
}, 25);
process.on('exit', (code) => console.log('exit', code));
