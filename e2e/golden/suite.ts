import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHarness, startApp, type App } from '../support.ts';
import { compare, type Difference } from './compare.ts';
import { runApp, runProbe } from './drive.ts';
import type { Language } from './languages.ts';
import { PageBox } from './page-box.ts';
import { readRecord, type GoldenRecord } from './record.ts';
import { findApps, findProbes, folderOf, type AppCase, type ProbeCase } from './scenario.ts';
import { Tally } from './tally.ts';
import { Turns } from './turns.ts';

/** Defines the tests that compare a language's engine with its records. */
export async function compareWithRecords(
  language: Language,
  differences: readonly Difference[],
): Promise<void> {
  const folder = fileURLToPath(new URL(language.id, import.meta.url));
  const cases = [...(await findApps(folder, language)), ...(await findProbes(folder, language))];
  /** Sandboxes at once: as many as there are processors for, as each of them keeps one busy. */
  const turns = new Turns(Math.max(2, Math.min(4, availableParallelism())));
  const tally = new Tally();
  let app: App;
  let page: Page;
  /** Probes without packages share one sandbox. */
  let shared: Promise<PageBox> | undefined;

  beforeAll(async () => {
    app = await startApp();
    page = await openHarness(app);
  });
  afterAll(async () => {
    await app.close();
    console.log(tally.summary(language.id));
  });

  async function check(item: AppCase | ProbeCase): Promise<void> {
    const native = await readRecord(folder, item.id);
    if (native === undefined) {
      throw new Error(`there is no record of ${item.id}; make one with \`npm run golden -- ${item.id}\``);
    }
    const own = item.kind === 'app' || item.install.length > 0;
    const box = await (own ? PageBox.boot(page, language.id) : (shared ??= PageBox.boot(page, language.id)));
    let embedded: GoldenRecord;
    let unsupported: string[] = [];
    try {
      embedded = await runInBox(item, box);
      if (own) unsupported = await box.unsupported();
    } finally {
      if (own) await box.dispose();
    }
    const result = compare(item.id, native, embedded, differences);
    tally.add(item, result);
    expect([...result.problems, ...unsupported.map((detail) => `unsupported: ${detail}`)].join('\n')).toBe(
      '',
    );
  }

  describe.concurrent(`${language.id} engine: as recorded from the real one`, () => {
    it.each(cases.map((item) => [item.id, item] as const))(
      '%s',
      (_id, item) => turns.take(() => check(item)),
      600_000,
    );
  });

  describe('accepted differences', () => {
    it('all still occur', () => {
      if (tally.cases < cases.length) return;
      const steady = differences.filter((each) => each.unsteady !== true).map(({ id }) => id);
      expect(steady.filter((id) => !tally.accepted.has(id))).toEqual([]);
    });
  });
}

async function runInBox(item: AppCase | ProbeCase, box: PageBox): Promise<GoldenRecord> {
  const place = folderOf(item);
  await box.mount(place, item.files);
  const packages = await installIn(item, box, place);
  const record = item.kind === 'app' ? await runApp(box, item, place) : await runProbe(box, item, place);
  return packages === undefined ? record : { ...record, packages };
}

async function installIn(
  item: AppCase | ProbeCase,
  box: PageBox,
  place: string,
): Promise<string[] | undefined> {
  const manifest = item.language.manifestOf(item);
  if (manifest === undefined) return undefined;
  await box.mount(place, { [manifest.file]: manifest.text });
  return (await item.language.install(box, place)).packages;
}
