const fs = require('node:fs');
const { execFileSync } = require('node:child_process');
fs.mkdirSync('real/node_modules/dep', { recursive: true });
fs.writeFileSync('real/node_modules/dep/index.js', 'module.exports = "dep of real"');
fs.writeFileSync(
  'real/m.js',
  'let dep; try { dep = require("dep"); } catch (e) { dep = e.code; } module.exports = [__filename.split("/").slice(-2).join("/"), dep]; console.log(module.exports)',
);
fs.mkdirSync('links', { recursive: true });
fs.symlinkSync('../real/m.js', 'links/l.js');
fs.symlinkSync('real', 'linked-dir');
console.log(
  require('./links/l.js') === require('./real/m.js'),
  require('./linked-dir/m') === require('./real/m'),
);
const run = (...args) =>
  console.log(args.join(' '), '->', execFileSync(process.execPath, args, { encoding: 'utf8' }).trim());
run('links/l.js');
run('--preserve-symlinks', '--preserve-symlinks-main', 'links/l.js');
run('--preserve-symlinks', '-e', 'require("./links/l.js")');
fs.writeFileSync(
  'pre.js',
  'globalThis.pre = (globalThis.pre ?? 0) + 1; console.log("preloaded", require.main === undefined, module.id)',
);
fs.writeFileSync('main.js', 'console.log("main", globalThis.pre, process.execArgv, process.argv.length)');
run('-r', './pre.js', '--require=./pre', 'main.js');
fs.mkdirSync('np/lib', { recursive: true });
fs.writeFileSync('np/lib/index.js', 'module.exports = "by NODE_PATH"');
console.log(
  execFileSync(process.execPath, ['-p', 'require("lib")'], {
    encoding: 'utf8',
    env: { ...process.env, NODE_PATH: `${process.cwd()}/np` },
  }).trim(),
);
fs.writeFileSync('imp.mjs', 'console.log("imported first")');
run('--import', './imp.mjs', 'main.js');
run('--conditions=custom', '-p', 'process.execArgv');
run(
  '-e',
  'console.log(__filename, module.id, module.filename, require.main === module, module.paths.length > 0)',
  'arg',
);
run('-p', '[1,2].map((x) => x * 2)');
run(
  '--input-type=module',
  '-e',
  'import { join } from "path"; console.log(join("a", "b"), import.meta.url.startsWith("file:"), typeof require)',
);
