// install: ts-node@^10 typescript@^5 tsconfig-paths@^4
const fs = require('node:fs');
const { spawnSync } = require('node:child_process');
fs.mkdirSync('src/lib', { recursive: true });
fs.writeFileSync('tsconfig.json', JSON.stringify({ compilerOptions: { target: 'es2020', module: 'commonjs', esModuleInterop: true, strict: true, types: [], lib: ['es2020'], experimentalDecorators: true, baseUrl: '.', outDir: 'dist', rootDir: 'src', paths: { '@lib/*': ['src/lib/*'] } }, include: ['src/good.ts', 'src/lib'] }));
fs.writeFileSync('src/lib/util.ts', 'export enum Color { Red = 1, Green }\nexport const add = (a: number, b: number): number => a + b;\n');
fs.writeFileSync('src/good.ts', `import { add, Color } from '@lib/util';\ndeclare const console: { log(...args: unknown[]): void };\nfunction Log(target: object, key: string): void { console.log('decorated', key); }\nclass A { @Log name: string = 'x'; }\nconsole.log(add(1, 2), Color[2], new A());\n`);
fs.writeFileSync('src/wrong.ts', 'const x: { a: string } = { a: 1 };\nexport { x };\n');
fs.writeFileSync('src/throws.ts', `interface X { a: string }\ntype Y = X;\nfunction f(x: Y): never {\n  throw new Error('in ts ' + x.a);\n}\nf({ a: 'q' });\n`);
const run = (...args) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const lines = stderr.split('\n').filter((line) => /^\w*Error|error|^ {4}at .*\/src\//.test(line) && !/TSError\(|node_modules/.test(line)).join('\n');
  console.log(`--- ${args.join(' ')}: ${status}\n${stdout}${lines}`.replaceAll(process.cwd(), ''));
};
run('node_modules/.bin/ts-node', '-r', 'tsconfig-paths/register', 'src/good.ts');
run('node_modules/.bin/ts-node', 'src/wrong.ts');
run('node_modules/.bin/ts-node', '-T', 'src/throws.ts');
run('-r', 'ts-node/register/transpile-only', 'src/throws.ts');
run('node_modules/.bin/tsc', '-p', '.');
console.log(fs.readdirSync('dist').sort());
run('-r', 'tsconfig-paths/register', 'dist/good.js');
run('node_modules/.bin/tsc', '--noEmit', '--strict', '--types', '', '--lib', 'es2020', 'src/wrong.ts');
