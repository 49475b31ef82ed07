// A timer that a tick sets after the last timer has run keeps the process alive.
setTimeout(() => process.nextTick(() => setTimeout(() => console.log('later'), 10)), 0);
process.on('exit', (code) => console.log('exit', code));
