const fs = require('node:fs');
fs.writeFileSync('a.mjs', 'export default 1');
fs.mkdirSync('p/q', { recursive: true });
fs.writeFileSync('p/package.json', '{"type":"module"}');
fs.writeFileSync('p/index.js', 'export const x = 1');
fs.writeFileSync('p/q/c.cjs', 'exports.ok = typeof require');
fs.writeFileSync('p/q/bad.js', 'module.exports = 1');
fs.writeFileSync(
  'p/uses.js',
  'console.log(typeof require, typeof module, typeof __filename, this); export {}',
);
fs.writeFileSync('p/req.js', 'require("fs")');
fs.writeFileSync('syntax.js', 'import fs from "fs";\nconsole.log(fs)');
fs.writeFileSync('tla.js', 'await 1');
const clean = (e) => `${e.name} ${e.code}: ${e.message.replaceAll(process.cwd(), '')}`;
for (const id of ['./a.mjs', './p', './p/q/c.cjs', './syntax.js', './tla.js']) {
  try {
    console.log(id, require(id));
  } catch (e) {
    console.log(id, clean(e), e.stack.replaceAll(process.cwd(), '').split('\n').slice(0, 4));
  }
}
(async () => {
  for (const id of [
    './a.mjs',
    './p/index.js',
    './p/q/c.cjs',
    './p/q/bad.js',
    './p/uses.js',
    './p/req.js',
    './p',
    './nope.mjs',
    './syntax.js',
    'p',
    './a',
    'http://x/y.js',
    'data:text/javascript,export default 5',
    'data:application/json,1',
    'node:fs',
    'node:nope',
    'file:///nope.js',
    './p/package.json',
  ]) {
    try {
      console.log(id, Object.keys(await import(id)).slice(0, 3));
    } catch (e) {
      console.log(id, clean(e));
    }
  }
  try {
    console.log(await import('./p/package.json', { with: { type: 'json' } }));
  } catch (e) {
    console.log(clean(e));
  }
  try {
    console.log(await import('./p/package.json', { with: { type: 'css' } }));
  } catch (e) {
    console.log(clean(e));
  }
  try {
    console.log(await import('./a.mjs', { with: { type: 'json' } }));
  } catch (e) {
    console.log(clean(e));
  }
  try {
    console.log(await import('./a.mjs', { with: { other: 'json' } }));
  } catch (e) {
    console.log(clean(e));
  }
})();
