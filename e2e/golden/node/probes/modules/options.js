const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
fs.writeFileSync('ok.js', 'console.log("ran")');
fs.writeFileSync('bad.js', 'let a = ;\n');
fs.writeFileSync('bad.mjs', 'export { nothing };\n');
const run = (args, input) => {
  const r = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    ...(input === undefined ? {} : { input }),
  });
  console.log(
    `node ${args.join(' ')} -> ${r.status}\n${r.stdout}${r.stderr}`
      .replaceAll(process.cwd(), '')
      .replace(/Node\.js v[\d.]+/g, 'Node'),
  );
};
run(['--check', 'ok.js']);
run(['--check', 'bad.js']);
run(['-c', 'bad.mjs']);
run(['nothere.js']);
run(['./nothere']);
run(['--nope']);
run(['-e']);
run([], 'console.log("from stdin", __filename, process.argv.length)');
run(['-'], 'console.log("dash")');
run(['-', 'x'], 'console.log(process.argv.slice(2))');
run(['--input-type=module'], 'console.log(await Promise.resolve(import.meta.url.slice(-8)))');
run(['--input-type=module', '-e', 'await new Promise(() => {})']);
run(['-e', 'throw new Error("evaluated")']);
run(['-e', 'let x = ;']);
run(['--input-type=commonjs', '-p', 'typeof require']);
run(['--input-type=module', '-p', '1']);
run(['--input-type=nope', '-e', '1']);
run(['-pe', '"both"']);
run(['--no-warnings', '-e', 'process.emitWarning("w"); console.log(1)']);
run(['--', 'ok.js']);
run(['--stack-trace-limit=1', '-e', 'function f() { throw new Error("short") } f()']);
run(['--experimental-vm-modules', '-p', 'typeof require("vm").SourceTextModule']);
run(['--title=abc', '-p', 'process.title']);
