import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

const als = new AsyncLocalStorage();
als.enterWith('module');
await sleep(1);
console.log('after top-level await:', als.getStore());
const results = await Promise.allSettled(
  [1, 2].map((n) =>
    als.run(n, async () => {
      await sleep(3 - n);
      if (n === 2) throw new Error(`two in ${als.getStore()}`);
      return `one in ${als.getStore()}`;
    }),
  ),
);
console.log(results.map((result) => result.value ?? result.reason.message));
try {
  await Promise.reject(new Error('x'));
} catch {
  console.log('catch:', als.getStore());
}
for await (const n of [sleep(1, 1), 2]) console.log('loop', n, als.getStore());
export default als.getStore();
