// Microtasks run in the language's order, whatever a context costs.
import { AsyncLocalStorage } from 'node:async_hooks';

async function race(log) {
  const thenable = { then: (resolve) => resolve('thenable') };
  const value = async () => 1;
  const promise = async () => Promise.resolve(2);
  const waits = async () => await Promise.resolve(3);
  const jobs = [
    (async () => log('a', await null))(),
    (async () => log('b', await thenable))(),
    (async () => log('c', await value()))(),
    (async () => log('d', await promise()))(),
    (async () => log('e', await waits()))(),
    Promise.resolve().then(() => log('f')).then(() => log('g')).then(() => log('h')),
    Promise.resolve(thenable).then((v) => log('i', v)),
    Promise.reject(1).catch(() => log('j')).finally(() => log('k')),
    Promise.all([value(), promise(), thenable]).then((v) => log('l', v)),
    Promise.race([promise(), waits()]).then((v) => log('m', v)),
    (async () => {
      for await (const x of (async function* () { yield 1; yield promise(); })()) log('n', x);
      log('o');
    })(),
    (async () => {
      try { await Promise.reject(2); } catch { log('p'); } finally { log('q'); }
      return thenable;
    })().then((v) => log('r', v)),
    (async () => { await (await (await 1)); log('s'); })(),
  ];
  queueMicrotask(() => log('t'));
  await Promise.all(jobs);
}

const plain = [];
await race((...line) => plain.push(line.join(' ')));
console.log(plain.join('\n'));
const als = new AsyncLocalStorage();
const carried = [];
await als.run(1, () => race((...line) => carried.push(line.join(' '))));
console.log(plain.join() === carried.join());
async function named(a, b = 2) { return await a; }
console.log(named.length, named.name, named.toString(), String(async (x) => await x), Promise.prototype.then.toString());
const traced = async () => {
  await null;
  const inner = async () => { await null; throw new Error('traced'); };
  await inner();
};
await traced().catch((error) => console.log(error.stack.replaceAll(import.meta.url, 'probe')));
