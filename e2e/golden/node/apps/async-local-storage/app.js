const { AsyncLocalStorage, AsyncResource, executionAsyncId, createHook } = require('node:async_hooks');
const { EventEmitter } = require('node:events');
const express = require('express');
const fs = require('node:fs');
const { promisify } = require('node:util');
const als = new AsyncLocalStorage();
const app = express();
app.use((req, res, next) => als.run({ id: req.get('x-id') ?? 'none', steps: [] }, next));
const mark = (name) => als.getStore()?.steps.push(`${name}:${als.getStore().id}`);
const wait = promisify(setTimeout);
async function deep(n) {
  if (n === 0) return mark('deep');
  await wait(1);
  await deep(n - 1);
  mark(`deep${n}`);
}
class Pool {
  #waiting = [];
  take() {
    return new Promise((done) => this.#waiting.push(AsyncResource.bind(done)));
  }
  give() {
    this.#waiting.shift()?.();
  }
}
app.get('/await', async (req, res) => {
  mark('start');
  await deep(3);
  for await (const part of (async function* () { yield 1; await wait(1); mark('generator'); yield 2; })()) mark(`part${part}`);
  await Promise.all([1, 2].map(async (n) => { await null; mark(`all${n}`); }));
  res.json(als.getStore().steps);
});
app.get('/callbacks', (req, res) => {
  fs.readFile(__filename, () => {
    mark('fs');
    process.nextTick(() => {
      mark('tick');
      setImmediate(() => {
        mark('immediate');
        queueMicrotask(() => {
          mark('microtask');
          Promise.resolve().then(() => mark('then')).finally(() => res.json(als.getStore().steps));
        });
      });
    });
  });
});
app.get('/emitter', async (req, res) => {
  const emitter = new EventEmitter();
  emitter.on('x', () => mark('emitted'));
  als.run({ id: 'inner', steps: als.getStore().steps }, () => emitter.emit('x'));
  als.exit(() => mark('outside'));
  const snapshot = AsyncLocalStorage.snapshot();
  als.run({ id: 'other', steps: als.getStore().steps }, () => snapshot(() => mark('snapshot')));
  const pool = new Pool();
  const taken = pool.take().then(() => mark('pool'));
  als.run({ id: 'giver', steps: [] }, () => pool.give());
  await taken;
  res.on('finish', () => console.log('finished', als.getStore()?.id));
  res.json(als.getStore().steps);
});
app.get('/throw', async (req, res) => {
  await wait(1);
  try {
    await Promise.reject(new Error('x'));
  } catch {
    mark('caught');
  }
  await Promise.race([wait(1).then(() => mark('race')), wait(50)]);
  als.enterWith({ id: 'entered', steps: als.getStore().steps });
  await null;
  mark('after');
  res.json(als.getStore().steps);
});
app.get('/store', (req, res) => res.json({ id: als.getStore().id, same: executionAsyncId() > 0 }));
app.listen(process.env.PORT || 3000, () => console.log('up', als.getStore() ?? 'no store'));
