import { setTimeout as sleep } from 'node:timers/promises';
async function inner() {
  await sleep(1);
  throw new RangeError('from the inside');
}
async function outer() {
  await inner();
}
await outer();
