import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Makes a checkout ready: packages, package store, engines, page, command line. Node's built-ins only, because it runs
 * before anything is installed. A step is done when its stamp holds the hash of its inputs; the stamp is removed before
 * the step and written after it, so that an interrupted step runs again.
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (path) => join(root, path);
const oldestNode = [20, 19];

/** Stand for the folders that the store and the engines are built into. */
const generated = ['public/store/stamp.json', 'public/engines/manifest.json'];
const sources = ['src', 'tasks', 'verifiers'];
const configs = [
  'package-lock.json',
  'vite.config.ts',
  'vite.cli.config.ts',
  'tsconfig.json',
  'scripts/headers.mjs',
];

const steps = [
  {
    name: 'packages',
    label: 'installing packages',
    inputs: ['package-lock.json', '.npmrc'],
    output: 'node_modules/vite/package.json',
    run: () => command('npm', ['ci', '--no-audit', '--no-fund']),
  },
  {
    name: 'store',
    label: 'building the package store',
    // Keeps a stamp of its own and returns at once when there is nothing to do.
    inputs: undefined,
    output: 'public/store/npm/index.json',
    run: async (log) => (await load('scripts/build-store.mjs')).buildStore({ root, log }),
  },
  {
    name: 'engines',
    label: 'building the engines',
    inputs: [
      'src/engines',
      'src/postman/messages.ts',
      'src/postman/worker',
      'src/sandbox',
      'src/domain',
      'scripts/engines',
      'scripts/build-engines.mjs',
      'package-lock.json',
    ],
    output: 'public/engines/manifest.json',
    run: async () => (await load('scripts/build-engines.mjs')).buildEngines(),
  },
  {
    name: 'page',
    label: 'building the page',
    inputs: [
      ...sources,
      ...configs,
      'index.html',
      'harness.html',
      'webcontainer.html',
      'headless',
      'public',
      ...generated,
      'scripts/build-page.mjs',
    ],
    output: 'dist/index.html',
    run: async () => (await load('scripts/build-page.mjs')).buildPage(),
  },
  {
    name: 'cli',
    label: 'building the command line',
    inputs: [...sources, ...configs],
    output: 'dist-cli/decay.js',
    run: async () => (await load('scripts/build-page.mjs')).buildCli(),
  },
];

/**
 * Runs what is not done yet. @param {{log?: (line: string) => void, only?: string[]}} options
 * @throws an Error that says which step failed and what to do.
 */
export async function ensureSetup({ log = console.error, only } = {}) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
    throw new Error(`Node ${oldestNode.join('.')} or newer is needed; this is ${process.versions.node}.`);
  }
  mkdirSync(at('.cache/stamps'), { recursive: true });
  for (const step of steps.filter(({ name }) => only === undefined || only.includes(name))) {
    const stamp = at(`.cache/stamps/${step.name}`);
    if (step.inputs === undefined) {
      await step.run(log);
      continue;
    }
    const wanted = hashOf(step.inputs);
    if (existsSync(at(step.output)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) continue;
    log(`- ${step.label} …`);
    const start = Date.now();
    rmSync(stamp, { force: true });
    await step.run(log);
    writeFileSync(stamp, wanted);
    log(`  done in ${((Date.now() - start) / 1000).toFixed(1)} s`);
  }
}

function load(script) {
  return import(pathToFileURL(at(script)).href);
}

/** Runs a program of the machine; its output goes to standard error. */
export function command(program, args) {
  const result = spawnSync(program, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (result.error !== undefined) {
    throw new Error(
      `${program} could not be started (${result.error.message}); install it and run this again.`,
    );
  }
  if (result.status !== 0) {
    throw new Error(
      `${program} ${args.join(' ')} failed with exit code ${result.status}; its output is above.`,
    );
  }
}

function hashOf(inputs) {
  const hash = createHash('sha256').update(process.versions.node);
  for (const file of inputs.flatMap(filesUnder)) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(at(file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** What no build reads, and what `generated` stands for. */
const ignored = /(^|\/)node_modules$|\.test\.ts$|^public\/(store|engines)\/(?!stamp\.json$|manifest\.json$)/;

function filesUnder(path) {
  if (!existsSync(at(path)) || ignored.test(path)) return [];
  let entries;
  try {
    entries = readdirSync(at(path), { withFileTypes: true });
  } catch {
    return [path];
  }
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const inner = `${path}/${entry.name}`;
      return entry.isDirectory() ? filesUnder(inner) : ignored.test(inner) ? [] : [inner];
    });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensureSetup().catch((error) => {
    console.error(`\nSetup failed: ${error.message}`);
    process.exitCode = 1;
  });
}
