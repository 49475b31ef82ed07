// install: tsx@^4 reflect-metadata@^0.2
const fs = require('node:fs');
const { spawnSync } = require('node:child_process');
fs.mkdirSync('src/lib', { recursive: true });
fs.writeFileSync('tsconfig.json', JSON.stringify({ compilerOptions: { target: 'es2022', experimentalDecorators: true, baseUrl: '.', paths: { '@lib/*': ['src/lib/*'] } } }));
fs.writeFileSync('src/lib/util.ts', `export enum Color { Red = 1, Green }\nexport const add = (a: number, b: number): number => a + b;\nexport interface Shape { kind: string }\nexport namespace Deep { export const x = 1; }\n`);
fs.writeFileSync('src/app.ts', `import 'reflect-metadata';\nimport { add, Color, Deep, type Shape } from '@lib/util';\nfunction Mark(name: string) { return (target: object, key: string) => Reflect.defineMetadata('mark', name, target, key); }\nclass A<T extends object> { @Mark('m') value?: T; constructor(private readonly n: number = 2, public s = 'p') {} get double(): number { return this.n * 2; } }\nconst a = new A<Shape>();\nconst o = { k: 1 } satisfies Record<string, number>;\nconsole.log(add(1, 2), Color[2], Deep.x, Reflect.getMetadata('mark', a, 'value'), a.double, a, o!.k as unknown as string);\nconsole.log(__filename.split('/').pop(), process.argv.slice(2));\n`);
fs.writeFileSync('src/esm.mts', `import { add } from './lib/util.js';\nimport os from 'node:os';\nconst n: number = await Promise.resolve(3);\nconsole.log(add(n, 1), typeof os.cpus, import.meta.url.split('/').pop(), import.meta.filename.split('/').pop());\nconst m = await import('./lib/util.ts');\nconsole.log(Object.keys(m).sort());\n`);
fs.writeFileSync('src/throws.ts', `interface X { a: string }\ntype Y = X;\nfunction f(x: Y): never {\n  throw new Error('in ts ' + x.a);\n}\nf({ a: 'q' });\n`);
fs.writeFileSync('src/bad.ts', 'const x: number = ;\n');
const run = (...args) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const lines = stderr.split('\n').filter((line) => /^\w*Error|error|^ {4}at .*\/src\//.test(line) && !/TSError\(|node_modules/.test(line)).join('\n');
  console.log(`--- ${args.join(' ')}: ${status}\n${stdout}${lines}`.replaceAll(process.cwd(), ''));
};
run('node_modules/.bin/tsx', 'src/app.ts', 'arg');
run('--import', 'tsx', 'src/esm.mts');
run('--require', 'tsx/cjs', 'src/app.ts');
run('node_modules/.bin/tsx', 'src/throws.ts');
run('node_modules/.bin/tsx', 'src/bad.ts');
