import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { addonAssets } from './node-addons.mjs';
import { trimmedShell } from './shell.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const entries = ['relay', 'addons', 'shell'];

/** Version of the client, for the record of a run. */
export async function webContainerVersions() {
  const manifest = join(root, 'node_modules/@webcontainer/api/package.json');
  return { '@webcontainer/api': JSON.parse(await readFile(manifest, 'utf8')).version };
}

/**
 * Builds the programs that the WebContainer engine places inside: each one CommonJS file that needs nothing but Node.
 * @param {{outDir: string, only?: string[]}} options
 * @returns {Promise<{name: string, path: string}[]>}
 */
export async function buildWebContainerFiles({ outDir, only = entries }) {
  await mkdir(outDir, { recursive: true });
  const programs = await Promise.all(
    only.map(async (entry) => {
      const path = join(outDir, `${entry}.cjs`);
      await writeFile(path, await bundle(`src/engines/webcontainer/inside/${entry}.ts`, entry === 'shell'));
      return { name: `${entry}.cjs`, path };
    }),
  );
  const { first, onDemand } = addonAssets();
  // The stand-ins load what they need by name; the parser of HTTP is the embedded engine's alone.
  const cores = [...first, ...onDemand].filter(
    ({ name }) => name.endsWith('.wasm') && name !== 'llhttp.wasm',
  );
  return [...programs, ...cores];
}

/** What is loaded into a submission's own processes stays readable: Node prints the line that an error comes from. */
async function bundle(entry, minify) {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [trimmedShell()],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'node18',
      minify,
      copyPublicDir: false,
      lib: { entry: join(root, entry), formats: ['cjs'], fileName: () => 'program.cjs' },
      rolldownOptions: {
        external: [...builtinModules, /^node:/],
        output: { codeSplitting: false },
      },
    },
  });
  const output = (Array.isArray(result) ? result[0] : result).output;
  const [chunk, ...more] = output.filter((item) => item.type === 'chunk');
  if (more.length > 0) throw new Error(`${entry} was split into ${more.length + 1} chunks`);
  return chunk.code;
}
