import { setTimeout, setImmediate, setInterval, scheduler } from 'node:timers/promises';

console.log(await setTimeout(1, 'value'), await setImmediate('immediate'), await setTimeout());
let n = 0;
for await (const value of setInterval(1, 'tick')) {
  console.log(value, ++n);
  if (n === 3) break;
}
const controller = new AbortController();
const pending = setTimeout(1000, 0, { signal: controller.signal });
controller.abort(new Error('why'));
await pending.catch((error) => console.log(error.name, error.code, error.message, error.cause.message));
await setTimeout(1, 0, { signal: AbortSignal.abort() }).catch((error) => console.log(error.name, error.code));
await setImmediate(0, { signal: AbortSignal.abort() }).catch((error) => console.log(error.name, error.code));
try {
  for await (const _ of setInterval(1, 0, { signal: AbortSignal.timeout(10) })) n++;
} catch (error) {
  console.log(error.name, error.code, error.cause.name);
}
await setTimeout(1, 0, { signal: 5 }).catch((error) => console.log(error.code, error.message));
await setTimeout(1, 0, 5).catch((error) => console.log(error.code, error.message));
await setTimeout(1, 0, { ref: 5 }).catch((error) => console.log(error.code, error.message));
console.log(await scheduler.wait(1), await scheduler.yield());
const signal = AbortSignal.timeout(1);
signal.addEventListener('abort', () => console.log('aborted', signal.reason.name, signal.reason.message, signal.reason.code));
await setTimeout(20);
const any = AbortSignal.any([AbortSignal.timeout(5), new AbortController().signal]);
await new Promise((resolve) => (any.onabort = resolve));
console.log(any.aborted, any.reason.name);
