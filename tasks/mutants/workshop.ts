import { execFile, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as v from 'valibot';

const root = fileURLToPath(new URL('../..', import.meta.url));
const reference = join(root, 'tasks/references/express-unconstrained');
const startMs = 30_000;

const manifestSchema = v.object({ dependencies: v.record(v.string(), v.string()) });
const lockSchema = v.object({
  packages: v.record(v.string(), v.object({ version: v.optional(v.string()) })),
});
const portSchema = v.object({ port: v.number() });

/** A running server under test. */
export interface RunningServer {
  readonly port: number;
  /** Ends the process and removes its files. */
  close(): Promise<void>;
}

/** The place where servers are put together and run; nothing outside of `.cache` is written. */
export interface Workshop {
  /** The reference's modules, by path in the submission. */
  readonly sources: Readonly<Record<string, string>>;
  /**
   * Starts the reference with some of its files replaced.
   * @throws Error when it ends, or does not listen within 30 s.
   */
  start(files: Readonly<Record<string, string>>): Promise<RunningServer>;
}

/**
 * Reads the reference and installs its dependencies, once for each set of versions: those that the package store
 * has, so that a mutant runs on what the sandbox would serve.
 * @throws Error when npm fails.
 */
export async function openWorkshop(): Promise<Workshop> {
  const sources = await readModules();
  const home = await install();
  return { sources, start: (files) => startServer(home, { ...sources, ...files }) };
}

async function readModules(): Promise<Record<string, string>> {
  const entries = await readdir(join(reference, 'src'), { recursive: true });
  const files = entries
    .filter((entry) => entry.endsWith('.js'))
    .map((entry) => `src/${entry.replaceAll('\\', '/')}`)
    .sort();
  return Object.fromEntries(
    await Promise.all(
      files.map(async (file): Promise<[string, string]> => [
        file,
        await readFile(join(reference, file), 'utf8'),
      ]),
    ),
  );
}

/** @returns a folder whose `node_modules` has the reference's dependencies. */
async function install(): Promise<string> {
  const manifest = v.parse(
    manifestSchema,
    JSON.parse(await readFile(join(reference, 'package.json'), 'utf8')),
  );
  const lock = v.parse(
    lockSchema,
    JSON.parse(await readFile(join(root, 'store/npm/package-lock.json'), 'utf8')),
  );
  const packages = Object.entries(manifest.dependencies).map(
    ([name, range]) => `${name}@${lock.packages[`node_modules/${name}`]?.version ?? range}`,
  );
  const key = createHash('sha256').update(packages.join(' ')).digest('hex').slice(0, 12);
  const home = join(root, '.cache/mutation', key);
  if (existsSync(join(home, 'node_modules'))) return home;
  await mkdir(dirname(home), { recursive: true });
  const staging = await mkdtemp(`${home}-`);
  await writeFile(join(staging, 'package.json'), '{"private":true,"type":"module"}');
  const args = ['install', '--no-audit', '--no-fund', '--no-package-lock', ...packages];
  await promisify(execFile)('npm', args, { cwd: staging, shell: process.platform === 'win32' });
  // Another process may have been faster.
  await rename(staging, home).catch(() => rm(staging, { recursive: true, force: true }));
  return home;
}

async function startServer(home: string, sources: Readonly<Record<string, string>>): Promise<RunningServer> {
  const directory = await mkdtemp(join(home, 'server-'));
  for (const [file, source] of Object.entries(sources)) {
    await mkdir(dirname(join(directory, file)), { recursive: true });
    await writeFile(join(directory, file), source);
  }
  const child = fork(join(root, 'tasks/mutants/serve.mjs'), [directory], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  const close = async () => {
    child.kill('SIGKILL');
    await ended;
    await rm(directory, { recursive: true, force: true });
  };
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2_000)));
  try {
    return { port: await listening(child, ended, () => said), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The port that the process reports. */
async function listening(
  child: ReturnType<typeof fork>,
  ended: Promise<void>,
  said: () => string,
): Promise<number> {
  const message = new Promise<unknown>((done) => child.once('message', done));
  const end = ended.then(() => {
    throw new Error(`the server ended before it listened: ${said()}`);
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`the server did not listen within ${startMs / 1000} s`)),
      startMs,
    );
  });
  try {
    return v.parse(portSchema, await Promise.race([message, end, late])).port;
  } finally {
    clearTimeout(timer);
    end.catch(() => undefined);
  }
}
