import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { nativeEngine } from '../../src/engines/native/index.ts';
import { openHarness, startApp, type App } from '../support.ts';
import { runApp, runProbe } from './drive.ts';
import { languages, type Installed, type Language } from './languages.ts';
import { machines } from './machines.ts';
import { PageBox } from './page-box.ts';
import { readRecord, writeRecord, type GoldenRecord } from './record.ts';
import { SandboxBox } from './sandbox-box.ts';
import { findApps, findProbes, folderOf, type AppCase, type ProbeCase } from './scenario.ts';

export interface RecordOptions {
  /** Only cases whose id contains one of these, with the language before it or not; all when empty. */
  only: readonly string[];
  report(line: string): void;
}

/**
 * Records from the real interpreters what the golden suite compares with. Packages are installed in the versions that
 * the embedded installer chooses from its store, by the machine's own.
 * @throws Error when the recorded version of a language that is needed is not there
 */
export async function recordAll({ only, report }: RecordOptions): Promise<void> {
  const chosen = (name: string) => only.length === 0 || only.some((part) => name.includes(part));
  const resolver = new Resolver();
  try {
    for (const language of Object.values(languages)) {
      const folder = fileURLToPath(new URL(language.id, import.meta.url));
      const all = [...(await findProbes(folder, language)), ...(await findApps(folder, language))];
      const cases = all.filter(({ id }) => chosen(`${language.id}/${id}`));
      if (cases.length === 0) continue;
      await machines[language.id].check();
      if (only.length === 0) await dropOrphans(folder, new Set(cases.map(({ id }) => `${id}.json`)));
      for (const item of cases) await recordOne(folder, item, resolver, report);
    }
  } finally {
    await resolver.close();
  }
}

async function recordOne(
  folder: string,
  item: AppCase | ProbeCase,
  resolver: Resolver,
  report: (line: string) => void,
): Promise<void> {
  const record = await recordCase(item, resolver).catch((error: unknown) => {
    report(`${item.id}: FAILED: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  });
  if (record === undefined) return;
  const before = await readRecord(folder, item.id);
  const state = before === undefined ? 'new' : same(before, record) ? 'as before' : 'CHANGED';
  await writeRecord(folder, item.id, record);
  report(`${item.id}: ${state}${empty(record) ? ' (it says nothing)' : ''}`);
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

/** Asks an embedded installer which versions it takes; opened when first needed, asked once for the same. */
class Resolver {
  readonly #answers = new Map<string, Promise<Installed>>();
  #opened: Promise<{ app: App; page: Page }> | undefined;

  resolve(language: Language, file: string, text: string): Promise<Installed> {
    const key = `${language.id} ${text}`;
    const known = this.#answers.get(key) ?? this.#ask(language, file, text);
    this.#answers.set(key, known);
    return known;
  }

  async #ask(language: Language, file: string, text: string): Promise<Installed> {
    this.#opened ??= startApp().then(async (app) => ({ app, page: await openHarness(app) }));
    const { page } = await this.#opened;
    const box = await PageBox.boot(page, language.id);
    try {
      await box.mount('case', { [file]: text });
      return await language.install(box, 'case');
    } finally {
      await box.dispose();
    }
  }

  async close(): Promise<void> {
    await (await this.#opened)?.app.close();
  }
}

async function recordCase(item: AppCase | ProbeCase, resolver: Resolver): Promise<GoldenRecord> {
  const { language } = item;
  const manifest = language.manifestOf(item);
  const installed =
    manifest === undefined ? undefined : await resolver.resolve(language, manifest.file, manifest.text);
  const sandbox = await nativeEngine.boot();
  const root = join(sandbox.workdir, '..');
  const folder = folderOf(item);
  const box = new SandboxBox(sandbox);
  try {
    await box.mount(folder, item.files);
    if (manifest !== undefined) await box.mount(folder, { [manifest.file]: manifest.text });
    const { env, paths } = await machines[language.id].prepare(sandbox, folder, installed);
    box.settle(env, [
      [sandbox.workdir, '/app'],
      [join(root, 'home'), '/root'],
      [join(root, 'tmp'), '/tmp'],
      ...paths,
    ]);
    const record = item.kind === 'app' ? await runApp(box, item, folder) : await runProbe(box, item, folder);
    return installed === undefined ? record : { ...record, packages: installed.packages };
  } finally {
    await box.dispose();
  }
}
