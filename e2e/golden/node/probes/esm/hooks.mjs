// run: node --import ./hooks-register.mjs hooks.mjs
// files: hooks-register.mjs hooks-loader.mjs
import virtual, { n } from 'virtual:thing';
import text from './hooks-loader.mjs?text';
console.log(virtual, n, text.split('\n')[0]);
console.log(await import('virtual:other').then((m) => m.default));
try {
  await import('refused:x');
} catch (e) {
  console.log(e.name, e.message);
}
console.log(import.meta.resolve('virtual:x'));
console.log(globalThis.seenByHooks);
