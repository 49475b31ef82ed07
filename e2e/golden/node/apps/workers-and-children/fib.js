const { parentPort, workerData, isMainThread, threadId } = require('node:worker_threads');
const fib = (n) => (n < 2 ? n : fib(n - 1) + fib(n - 2));
if (typeof workerData.n !== 'number') throw new RangeError('not a number');
parentPort.postMessage({ value: fib(workerData.n), main: isMainThread, thread: threadId > 0 });
