let again = 0;
process.on('beforeExit', (code) => {
  console.log('beforeExit', code, again);
  if (again++ < 2) setTimeout(() => console.log('rearmed', again), 1);
});
process.on('exit', (code) => {
  console.log('exit', code, process.exitCode);
  setTimeout(() => console.log('never: timer'), 0);
  process.nextTick(() => console.log('never: tick'));
  Promise.resolve().then(() => console.log('promise in exit')).then(() => console.log('second promise'));
  process.exitCode = 7;
});
process.once('exit', () => console.log('exit, again'));
