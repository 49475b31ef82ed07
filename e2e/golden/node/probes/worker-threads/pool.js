const { Worker, isMainThread, parentPort, MessageChannel, receiveMessageOnPort, workerData, markAsUntransferable, setEnvironmentData, getEnvironmentData } = require('worker_threads');
if (!isMainThread) {
  if (workerData.job === 'sum') parentPort.on('message', ({ id, from, to }) => {
    let sum = 0;
    for (let i = from; i < to; i++) sum += i;
    parentPort.postMessage({ id, sum });
  });
  if (workerData.job === 'sync') parentPort.on('message', ({ port, flag, question }) => {
    port.postMessage({ answer: question.toUpperCase(), env: getEnvironmentData('key') });
    Atomics.store(new Int32Array(flag), 0, 1);
    Atomics.notify(new Int32Array(flag), 0);
  });
  if (workerData.job === 'exit') process.exit(5);
  if (workerData.job === 'late') setTimeout(() => { throw new RangeError('late'); }, 10);
} else (async () => {
  const pool = [0, 1].map(() => new Worker(__filename, { workerData: { job: 'sum' } }));
  const answers = await Promise.all(Array.from({ length: 6 }, (_, id) => new Promise((resolve) => {
    const worker = pool[id % 2];
    worker.on('message', (message) => message.id === id && resolve(message.sum));
    worker.postMessage({ id, from: id * 10, to: id * 10 + 10 });
  })));
  console.log(answers);
  console.log(await Promise.all(pool.map((worker) => worker.terminate())));
  setEnvironmentData('key', { shared: true });
  const sync = new Worker(__filename, { workerData: { job: 'sync' } });
  for (const question of ['one', 'two']) {
    const { port1, port2 } = new MessageChannel();
    const flag = new SharedArrayBuffer(4);
    sync.postMessage({ port: port2, flag, question }, [port2]);
    Atomics.wait(new Int32Array(flag), 0, 0);
    console.log(receiveMessageOnPort(port1), receiveMessageOnPort(port1));
    port1.close();
  }
  await sync.terminate();
  for (const job of ['exit', 'late']) {
    const worker = new Worker(__filename, { workerData: { job } });
    worker.on('error', (error) => console.log('error', error.name, error.message, error instanceof RangeError));
    console.log('exit', await new Promise((resolve) => worker.on('exit', resolve)), worker.threadId);
  }
  const { port1, port2 } = new MessageChannel();
  const seen = [];
  port2.on('message', (message) => seen.push(message));
  port2.on('close', () => console.log('closed', seen));
  for (const message of [1, { a: new Set([2]) }, new Error('cloned').message]) port1.postMessage(message);
  setTimeout(() => port1.close(), 20);
  const kept = new ArrayBuffer(3);
  markAsUntransferable(kept);
  console.log(structuredClone(kept, { transfer: [kept] }).byteLength, kept.byteLength);
})();
