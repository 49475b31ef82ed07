const fs = require('node:fs');
const path = require('node:path');
fs.writeFileSync(
  'a.js',
  `exports.early = 1; const b = require('./b'); exports.fromB = b.seen; exports.late = 2;`,
);
fs.writeFileSync('b.js', `const a = require('./a'); exports.seen = JSON.stringify(a); exports.a = a;`);
fs.writeFileSync('data.json', '\ufeff{"n": 1}');
fs.writeFileSync('bad.json', '{"n": }');
fs.mkdirSync('dir/sub', { recursive: true });
fs.writeFileSync(
  'dir/index.js',
  `module.exports = { dir: __dirname.split('/').pop(), parent: module.parent === require.main, children: module.children.length };`,
);
fs.writeFileSync('dir/sub/package.json', '{"main": "lib"}');
fs.writeFileSync('dir/sub/lib.js', 'module.exports = "main without extension"');

console.log(require('./a'), require('./b').a === require('./a'));
console.log(require('./data'), require('./data') === require('./data.json'));
try {
  require('./bad');
} catch (e) {
  console.log(e.name, e.message.replace(process.cwd(), ''));
}
console.log(require('./dir'), require('./dir/sub'), require('./dir/sub/'));
console.log(
  Object.keys(require.cache)
    .map((f) => path.relative(process.cwd(), f))
    .sort(),
);
delete require.cache[require.resolve('./b')];
console.log(require('./b').seen);
console.log(
  require.main === module,
  module.id,
  module.loaded,
  module.parent,
  module.filename === __filename,
  module.path === __dirname,
);
console.log(Object.keys(require).sort(), Object.keys(require.extensions), require.length);
console.log(Object.keys(module), module.constructor.name);
for (const id of ['./nope', 'nope', '', './dir/none.json', 'node:nope', 'fs/nope']) {
  try {
    require(id);
  } catch (e) {
    console.log(e.code, e.message.replaceAll(process.cwd(), ''), e.requireStack?.length);
  }
}
try {
  require();
} catch (e) {
  console.log(e.code, e.message);
}
try {
  require(5);
} catch (e) {
  console.log(e.code, e.message);
}
fs.writeFileSync('throws.js', 'exports.a = 1; throw new Error("at load")');
for (let i = 0; i < 2; i++) {
  try {
    require('./throws');
  } catch (e) {
    console.log(e.message, require.resolve('./throws') in require.cache);
  }
}
console.log(arguments.length, typeof exports, this === module.exports, new.target);
console.log(
  (function () {
    return this === globalThis;
  })(),
);
fs.writeFileSync('fn.js', 'module.exports = class Foo {}; module.exports.x = 1; return; nothing();');
console.log(require('./fn'));
console.log(
  require.resolve('fs'),
  require.resolve('node:fs'),
  require.resolve.paths('fs'),
  require.resolve.paths('./x').map((p) => path.relative(process.cwd(), p)),
);
console.log(
  require.resolve.paths('x')[0] === path.join(__dirname, 'node_modules'),
  module.paths[0] === path.join(__dirname, 'node_modules'),
);
