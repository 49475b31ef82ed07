import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import type { RunRecord } from '../../domain/run.ts';
import { makeFile, openFile } from '../../share/links/index.ts';
import { runTo, scriptedPage } from '../testing/page.ts';

const { withPage } = scriptedPage();

const trick = '<img src=x onerror="window.attacked=1"></pre><script>window.attacked=1</script>\u202e\u0007 ';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Place = readonly (string | number)[];

/** Places of texts in a value, but for its id; of a list, those of its first item stand for all. */
function textPlaces(value: Json, at: Place = []): Place[] {
  if (typeof value === 'string') return [at];
  if (typeof value !== 'object' || value === null) return [];
  const members = Array.isArray(value)
    ? value.slice(0, 1).map((one, index) => [index, one] as const)
    : Object.entries(value).filter(([key]) => at.length > 0 || key !== 'id');
  return members.flatMap(([key, member]) => textPlaces(member, [...at, key]));
}

/** The value with the trick before every text at the place; an item of a list stands for all of them. */
function tricked(value: Json, [key, ...below]: Place): Json {
  if (typeof value === 'string' && key === undefined) return trick + value;
  if (Array.isArray(value)) return value.map((one) => tricked(one, below));
  if (typeof value !== 'object' || value === null || typeof key !== 'string' || !(key in value)) return value;
  return { ...value, [key]: tricked(value[key] ?? null, below) };
}

async function fileOf(record: Json): Promise<Uint8Array<ArrayBuffer>> {
  const made = await makeFile([record as unknown as RunRecord]);
  if (!made.ok) throw new Error('no file');
  return made.bytes;
}

/** A file with the trick in every text of the record that the page takes any text in; how many kinds of places these are. */
async function hostile(record: Json): Promise<{ bytes: Uint8Array<ArrayBuffer>; places: number }> {
  let changed = record;
  let places = 0;
  for (const place of textPlaces(record)) {
    const next = tricked(changed, place);
    if (!(await openFile(await fileOf(next))).readable) continue;
    changed = next;
    places++;
  }
  return { bytes: await fileOf(changed), places };
}

it('a file of runs with markup in every text shows it as text', () =>
  withPage('failed', async (page) => {
    await runTo(page, 'Failed');
    await page.evaluate(() => (location.hash = '#history'));
    await page.locator('[data-run]').getByRole('checkbox').check();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as a file' }).click();
    const opened = await openFile(Uint8Array.from(await readFile(await (await download).path())));
    if (!opened.readable) throw new Error('the page saved what it cannot read');
    const evil = await hostile({ ...(JSON.parse(JSON.stringify(opened.records[0])) as object), id: 'evil' });
    expect(evil.places).toBeGreaterThan(20);
    const input = page.locator('input[type=file][accept=".json,.gz"]');
    const buffer = Buffer.from(evil.bytes);
    await input.setInputFiles({ name: `${trick}.json.gz`, mimeType: 'application/gzip', buffer });
    await page.locator('[data-run]').nth(1).waitFor();
    await page.evaluate(() => (location.hash = '#history/evil'));
    await page.getByRole('region', { name: 'Verdict' }).waitFor();
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click();
      for (const fold of await page.locator('main summary:visible').all())
        await fold.click().catch(() => undefined);
    }
    expect(await page.evaluate(() => 'attacked' in window)).toBe(false);
    expect(await page.locator('main img, main script').count()).toBe(0);
    expect((await page.locator('main').innerText()).includes('\u202e')).toBe(false);
  }));
