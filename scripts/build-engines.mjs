import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { build } from 'vite';
import { addonAssets } from './engines/node-addons.mjs';
import { buildNodeAssets, nodeVersion } from './engines/node.mjs';
import { postmanBundling } from './engines/postman.mjs';
import { trimmedShell } from './engines/shell.mjs';
import { buildPythonAssets, pythonVersions } from './engines/python.mjs';
import { buildWebContainerFiles, webContainerVersions } from './engines/webcontainer.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const path = (relative) => join(root, relative);

/**
 * Builds what the sandboxes run: the kernel, the process workers, the runtimes' data and the worker that runs Postman
 * collections, into public/engines, with a manifest that names every file by its hash.
 */
export async function buildEngines() {
  const target = path('public/engines');
  const work = path('.cache/engines-build');
  await rm(work, { recursive: true, force: true });
  await mkdir(join(work, 'out'), { recursive: true });

  const kernel = await bundle('src/engines/kernel/main.ts', join(work, 'kernel.js'));
  const postman = await bundle('src/postman/worker/main.ts', join(work, 'postman.js'), postmanBundling);
  const node = {
    commands: ['node'],
    script: await bundle('src/engines/node/main.ts', join(work, 'node.js')),
    ...withAddons(await buildNodeAssets({ outDir: join(work, 'node') })),
    versions: { node: nodeVersion },
  };
  const python = {
    commands: ['python', 'python3', 'python3.14'],
    script: await bundle('src/engines/python/main.ts', join(work, 'python.js')),
    ...(await buildPythonAssets()),
    versions: pythonVersions,
  };

  const place = async (file, name) => {
    const bytes = await readFile(file);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const placed = `${sha256.slice(0, 16)}-${name}`;
    await cp(file, join(work, 'out', placed));
    return { name, file: placed, bytes: bytes.byteLength, sha256 };
  };
  const placeAll = (assets) => Promise.all(assets.map((asset) => place(asset.path, asset.name)));
  const placeRuntime = async ({ commands, script, data, later, versions }) => {
    const placed = await placeAll(data);
    const isWasm = ({ name }) => name.endsWith('.wasm');
    return {
      commands,
      script: await place(script, `${commands[0]}.js`),
      data: placed.filter((asset) => !isWasm(asset)),
      wasm: placed.filter(isWasm),
      later: await placeAll(later),
      versions,
    };
  };
  const manifest = {
    kernel: await place(kernel, 'kernel.js'),
    postman: await place(postman, 'postman.js'),
    webcontainer: {
      files: await placeAll(await buildWebContainerFiles({ outDir: join(work, 'webcontainer') })),
      versions: await webContainerVersions(),
    },
    runtimes: { node: await placeRuntime(node), python: await placeRuntime(python) },
  };
  await writeFile(join(work, 'out', 'manifest.json'), JSON.stringify(manifest, null, 2));
  await rm(target, { recursive: true, force: true });
  await mkdir(path('public'), { recursive: true });
  await rename(join(work, 'out'), target);
  return manifest;
}

/** What the addons' stand-ins need joins the runtime's own; SQLite only when a process opens it. */
function withAddons({ data, later }) {
  const { first, onDemand } = addonAssets();
  return { data: [...data, ...first], later: [...later, ...onDemand] };
}

/** What the kernel and the runtimes need replaced. */
const usual = {
  plugins: [trimmedShell()],
  resolve: { alias: { 'node:zlib': path('scripts/engines/absent.mjs') } },
  define: {},
};

/** Minified but for the names of classes, which stack traces show: `at TCP.onStreamRead`. */
const keepNames = { class: true, function: false };
const shortened = { codegen: true, mangle: { keepNames }, compress: { keepNames } };

/** Bundles a worker's entry into one self-contained classic script. */
async function bundle(entry, outFile, { plugins, resolve, define } = usual) {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"production"', ...define },
    plugins,
    resolve,
    build: {
      write: false,
      target: 'es2023',
      minify: false,
      copyPublicDir: false,
      lib: { entry: path(entry), formats: ['iife'], name: 'worker', fileName: () => 'worker.js' },
      rolldownOptions: { output: { codeSplitting: false, minify: shortened } },
    },
  });
  const output = (Array.isArray(result) ? result[0] : result).output;
  const [chunk, ...more] = output.filter((item) => item.type === 'chunk');
  if (more.length > 0)
    throw new Error(`${entry} was split into ${more.length + 1} chunks; a worker must be one file`);
  await writeFile(outFile, chunk.code);
  await stat(outFile);
  return outFile;
}
