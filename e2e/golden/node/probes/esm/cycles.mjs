import fs from 'node:fs';
const write = (files) => {
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(name, text);
};
globalThis.log = [];
write({
  'a.mjs': `import { b, fb } from './b.mjs'; log.push('a start'); export const a = 'a' + b; export function fa() { return 'fa'; } log.push('a end ' + fb());`,
  'b.mjs': `import { a, fa } from './a.mjs'; log.push('b start ' + fa()); export const b = 'b'; export function fb() { return a; } try { a; } catch (e) { log.push(e.message); } log.push('b end');`,
  't1.mjs': `log.push('t1 start'); await 0; log.push('t1 mid'); await new Promise((r) => setTimeout(r, 1)); export const x = 1; log.push('t1 end');`,
  't2.mjs': `log.push('t2 start'); await null; log.push('t2 end');`,
  'sync.mjs': `log.push('sync');`,
  'tmain.mjs': `import './t1.mjs'; import './sync.mjs'; import './t2.mjs'; import { x } from './t1.mjs'; log.push('tmain ' + x);`,
  'c1.mjs': `import './c2.mjs'; log.push('c1 start'); await 0; log.push('c1 end'); export const v1 = 1;`,
  'c2.mjs': `import { v1 } from './c1.mjs'; log.push('c2 start'); await 0; try { v1; } catch (e) { log.push('c2 ' + e.name); } log.push('c2 end');`,
  'diamond.mjs': `import './d1.mjs'; import './d2.mjs'; log.push('diamond');`,
  'd1.mjs': `import './leaf.mjs'; log.push('d1');`,
  'd2.mjs': `import './leaf.mjs'; log.push('d2'); await 1; log.push('d2 after');`,
  'leaf.mjs': `log.push('leaf'); await 0; log.push('leaf after')`,
  'bad.mjs': `import './leaf.mjs'; log.push('bad'); throw new Error('bad module');`,
  'usesbad.mjs': `import './bad.mjs'; log.push('never');`,
  'asyncbad.mjs': `await 0; throw new TypeError('later');`,
  'usesasyncbad.mjs': `import './sync.mjs'; import './asyncbad.mjs'; log.push('never');`,
  'parallel.mjs': `import './p1.mjs'; import './p2.mjs'; log.push('parallel');`,
  'p1.mjs': `for (let i = 0; i < 3; i++) { log.push('p1 ' + i); await 0; }`,
  'p2.mjs': `for (let i = 0; i < 3; i++) { log.push('p2 ' + i); await 0; }`,
  'forawait.mjs': `export const seen = []; for await (const x of [1, Promise.resolve(2)]) seen.push(x); label: for (;;) { await 0; break label; } export const later = await import('./sync.mjs').then(() => 'imported'); const g = async () => { await 1; }; await g();`,
  'tdzcycle.mjs': `import { y } from './tdzcycle2.mjs'; export const x = y;`,
  'tdzcycle2.mjs': `import { x } from './tdzcycle.mjs'; export const y = x;`,
  'promise.mjs': `export default Promise.resolve(1).then((x) => x + 1); export const then = undefined;`,
  'thenable.mjs': `export function then(resolve) { resolve('thenable namespace'); }`,
});
const show = (title) => {
  console.log(title, log.splice(0));
};
for (const name of [
  'a',
  'tmain',
  'c1',
  'diamond',
  'usesbad',
  'usesbad',
  'usesasyncbad',
  'parallel',
  'tdzcycle',
  'asyncbad',
]) {
  try {
    await import(`./${name}.mjs`);
  } catch (e) {
    log.push(`${e.name}: ${e.message}`);
  }
  show(name);
}
console.log(
  await import('./forawait.mjs'),
  await (
    await import('./promise.mjs')
  ).default,
  await import('./thenable.mjs'),
);
const first = import('./bad.mjs').catch((e) => e),
  second = import('./bad.mjs').catch((e) => e);
console.log((await first) === (await second));
console.log(
  await Promise.all([import('./sync.mjs'), import('./sync.mjs')]).then(([a, b]) => a === b),
  (await import('./sync.mjs?x=1')) === (await import('./sync.mjs')),
);
log.push('1');
const p = import('./p1.mjs?again').then(() => log.push('done'));
log.push('2');
await Promise.resolve();
log.push('3');
await p;
show('order');
