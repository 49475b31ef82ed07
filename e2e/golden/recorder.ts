import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { nativeEngine } from '../../src/engines/native/index.ts';
import { findToolchain } from '../../src/engines/native/toolchain.ts';
import { openHarness, startApp, type App } from '../support.ts';
import { runApp, runProbe } from './drive.ts';
import { installEmbedded, manifestOf, packagesOf, type Installed } from './install.ts';
import { PageBox } from './page-box.ts';
import { readRecord, writeRecord, type GoldenRecord } from './record.ts';
import { SandboxBox } from './sandbox-box.ts';
import { findApps, findProbes, folderOf, type AppCase, type ProbeCase } from './scenario.ts';

const run = promisify(execFile);
const cache = fileURLToPath(new URL('../../.cache/golden/', import.meta.url));
/** What the recorded version must be: the pinned one, whatever else the machine has. */
const wanted = '20.20.2';

export interface RecordOptions {
  /** Only cases whose id contains one of these; all when empty. */
  only: readonly string[];
  report(line: string): void;
}

/**
 * Records from real Node what the golden suite compares with. Packages are installed in the versions that the embedded
 * npm chooses from its store, by the machine's npm.
 * @param folder - e.g. `e2e/golden/node`
 * @throws Error when the pinned Node is not there
 */
export async function recordNode(folder: string, { only, report }: RecordOptions): Promise<void> {
  const { node } = await findToolchain();
  if (node.version !== wanted) throw new Error(`records need Node ${wanted}; found ${node.version}`);
  const cases = [...(await findProbes(folder)), ...(await findApps(folder))].filter(
    ({ id }) => only.length === 0 || only.some((part) => id.includes(part)),
  );
  if (only.length === 0) await dropOrphans(folder, new Set(cases.map(({ id }) => `${id}.json`)));
  const resolver = new Resolver();
  try {
    for (const item of cases) {
      const record = await recordCase(item, resolver).catch((error: unknown) => {
        report(`${item.id}: FAILED: ${error instanceof Error ? error.message : String(error)}`);
        process.exitCode = 1;
      });
      if (record === undefined) continue;
      const before = await readRecord(folder, item.id);
      const state = before === undefined ? 'new' : same(before, record) ? 'as before' : 'CHANGED';
      await writeRecord(folder, item.id, record);
      report(`${item.id}: ${state}${empty(record) ? ' (it says nothing)' : ''}`);
    }
  } finally {
    await resolver.close();
  }
}

const same = (one: GoldenRecord, other: GoldenRecord) => JSON.stringify(one) === JSON.stringify(other);
const empty = ({ stdout, exchanges }: GoldenRecord) => stdout === '' && (exchanges ?? []).length === 0;

/** Removes records of what is no longer there. */
async function dropOrphans(folder: string, ids: ReadonlySet<string>): Promise<void> {
  const root = join(folder, 'records');
  for (const entry of await readdir(root, { recursive: true })) {
    if (entry.endsWith('.json') && !ids.has(entry)) await rm(join(root, entry));
  }
}

/** Asks the embedded npm which versions it takes; opened when first needed. */
class Resolver {
  #opened: Promise<{ app: App; page: Page }> | undefined;

  async resolve(manifest: string): Promise<Installed> {
    this.#opened ??= startApp().then(async (app) => ({ app, page: await openHarness(app) }));
    const { page } = await this.#opened;
    const box = await PageBox.boot(page, 'node');
    try {
      await box.mount('case', { 'package.json': manifest });
      return await installEmbedded(box, 'case');
    } finally {
      await box.dispose();
    }
  }

  async close(): Promise<void> {
    await (await this.#opened)?.app.close();
  }
}

/** A directory with the packages of a lock file, installed by the machine's npm; kept for the next time. */
async function installNative(manifest: string, lock: string): Promise<string> {
  const { node, npmDir } = await findToolchain();
  if (npmDir === undefined) throw new Error('records of apps with packages need npm');
  const hash = createHash('sha256').update(lock).digest('hex').slice(0, 16);
  const place = join(cache, hash);
  const modules = join(place, 'node_modules');
  const known = await access(modules).then(
    () => true,
    () => false,
  );
  if (known) return modules;
  const work = `${place}-${process.pid}`;
  await mkdir(work, { recursive: true });
  await writeFile(join(work, 'package.json'), manifest);
  await writeFile(join(work, 'package-lock.json'), lock);
  const env = { ...process.env, PATH: `${join(node.path, '..')}:${npmDir}:${process.env['PATH']}` };
  // Not `npm ci`: the embedded npm leaves out what it cannot use, such as esbuild's other platforms.
  await run('npm', ['install', '--no-audit', '--no-fund'], { cwd: work, env, maxBuffer: 2 ** 26 });
  await mkdir(join(work, 'node_modules'), { recursive: true });
  checkVersions(lock, await readFile(join(work, 'package-lock.json'), 'utf8'));
  await rm(place, { recursive: true, force: true });
  await rename(work, place);
  return modules;
}

/** @throws Error when npm did not install the versions that were asked for */
function checkVersions(wanted: string, installed: string): void {
  const found = new Set(packagesOf(installed));
  const missing = packagesOf(wanted).filter((entry) => !found.has(entry));
  if (missing.length > 0) throw new Error(`npm installed other versions than ${missing.join(', ')}`);
}

async function recordCase(item: AppCase | ProbeCase, resolver: Resolver): Promise<GoldenRecord> {
  const manifest = manifestOf(item);
  const installed = manifest === undefined ? undefined : await resolver.resolve(manifest);
  const sandbox = await nativeEngine.boot();
  const { node } = await findToolchain();
  const root = join(sandbox.workdir, '..');
  const box = new SandboxBox(sandbox, [
    [sandbox.workdir, '/app'],
    [join(root, 'home'), '/root'],
    [join(root, 'tmp'), '/tmp'],
    [node.path, '/usr/local/bin/node'],
  ]);
  try {
    const folder = folderOf(item);
    await box.mount(folder, item.files);
    if (manifest !== undefined && installed !== undefined) {
      const modules = await installNative(manifest, installed.lock);
      await cp(modules, join(sandbox.workdir, folder, 'node_modules'), {
        recursive: true,
        verbatimSymlinks: true,
      });
    }
    const record = item.kind === 'app' ? await runApp(box, item, folder) : await runProbe(box, item, folder);
    return installed === undefined ? record : { ...record, packages: installed.packages };
  } finally {
    await box.dispose();
  }
}
