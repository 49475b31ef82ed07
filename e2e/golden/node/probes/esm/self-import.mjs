import * as path from 'node:path';
import self, { fn as fn2, osns, later, Late } from './self-import.mjs';
import * as own from './self-import.mjs';
const { join } = path;
for (const read of [() => later, () => Late, () => own.later, () => self]) {
  try {
    console.log(read());
  } catch (error) {
    console.log(error.name, error.message, error.stack.split('\n').length > 1);
  }
}
console.log(fn2(), typeof own.fn, Object.isSealed(own), own[Symbol.toStringTag]);
export { join as 'exported string' };
export function fn() {
  return path.sep;
}
export default 'default';
export * as osns from 'node:os';
export let later = 1;
export class Late {}
later++;
console.log(self, fn2 === fn, typeof osns.cpus, later, own.later, Object.keys(own), own['exported string'] === path.join);
try {
  fn2 = 1;
} catch (error) {
  console.log(error.name, error.message);
}
console.log(typeof fn2, [fn2].length, { fn2 }.fn2 === fn, `${later}`, new (class extends Late {})() instanceof Late);
