import fs from 'node:fs';
import { createRequire } from 'node:module';
const write = (files) => {
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(name, text);
};
write({
  'plain.cjs': 'module.exports = { a: 1, b: 2, "not-id": 3 };',
  'named.cjs': 'exports.x = 1; exports.y = function () {}; module.exports.z = 3; if (0) exports.never = 1;',
  'ts.cjs':
    '"use strict"; Object.defineProperty(exports, "__esModule", { value: true }); exports.named = exports.default = void 0; exports.default = "d"; exports.named = "n";',
  'tsdef.cjs': 'Object.defineProperty(exports, "__esModule", { value: true }); exports.foo = 1;',
  'reexp.cjs': 'module.exports = require("./named.cjs");',
  'star.cjs':
    '"use strict"; var __exportStar = (this && this.__exportStar) || function (m, e) { for (var p in m) e[p] = m[p]; }; Object.defineProperty(exports, "__esModule", { value: true }); __exportStar(require("./named.cjs"), exports);',
  'spread.cjs': 'module.exports = { ...require("./named.cjs"), own: 1 };',
  'dyn.cjs': 'for (const k of ["p", "q"]) exports[k] = k;',
  'fn.cjs': 'module.exports = function f() {}; module.exports.prop = 1;',
  'prim.cjs': 'module.exports = 42;',
  'nul.cjs': 'module.exports = null;',
  'getter.cjs':
    'Object.defineProperty(exports, "g", { enumerable: true, get: function () { return 5; } }); Object.defineProperty(exports, "h", { enumerable: true, value: 6 });',
  'esb.cjs': '0 && (module.exports = { e1, e2 }); module.exports = { e1: 1, e2: 2 };',
  'throws.cjs': 'throw new RangeError("cjs threw");',
  'later.cjs': 'exports.v = 1; setTimeout(() => { exports.v = 2; }, 1);',
  'data.json': '{"j": [1, 2]}',
  'mod.mjs': 'export default 1; export const named = 2;',
  'err.mjs': 'throw new Error("esm threw");',
  'me.mjs': 'export { x as "module.exports" }; const x = "custom"; export default 5;',
  'esflag.mjs': 'export const __esModule = "own"; export default 3;',
});
for (const f of fs
  .readdirSync('.')
  .filter((n) => n.endsWith('.cjs'))
  .sort()) {
  try {
    const m = await import(`./${f}`);
    console.log(f, Object.keys(m).join(), m.default);
  } catch (e) {
    console.log(f, e.name, e.message);
  }
}
const require = createRequire(import.meta.url);
for (const f of ['./mod.mjs', './err.mjs', './me.mjs', './esflag.mjs']) {
  try {
    const m = require(f);
    console.log(f, m, typeof m, m?.__esModule);
  } catch (e) {
    console.log(f, e.message);
  }
}
console.log((await import('./later.cjs')).v);
await new Promise((r) => setTimeout(r, 10));
console.log((await import('./later.cjs')).v, (await import('./later.cjs')).default.v);
console.log(
  require('./plain.cjs') === (await import('./plain.cjs')).default,
  require('./mod.mjs') === (await import('./mod.mjs')),
);
console.log(
  await import('./data.json', { with: { type: 'json' } }),
  (await import('./data.json', { with: { type: 'json' } })).default === require('./data.json'),
);
for (const code of [
  "import { nope } from './plain.cjs'",
  "import { missing } from './mod.mjs'",
  "import d from './named.mjs'",
  "import { default as d } from './reexp.cjs'; import { x } from './reexp.cjs'; export { d, x }",
  "export { gone } from './mod.mjs'",
  "import nodefault from './nodefault.mjs'",
  "import fs, { nothing } from 'node:fs'",
  "import {\n  named,\n  other as renamed,\n} from './mod.mjs'",
]) {
  fs.writeFileSync('nodefault.mjs', 'export const a = 1');
  fs.writeFileSync('try.mjs', code);
  try {
    console.log(Object.keys(await import(`./try.mjs?${encodeURIComponent(code)}`)));
  } catch (e) {
    console.log(e.name, e.code, e.message.replaceAll(process.cwd(), ''));
  }
}
