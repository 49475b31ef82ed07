import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compare, type Comparison, type Difference } from './compare.ts';
import type { Language } from './languages.ts';
import { readRecord, type GoldenRecord } from './record.ts';
import { findApps, findProbes, type AppCase, type ProbeCase } from './scenario.ts';
import { Stage } from './stage.ts';
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
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.open(language);
  });
  afterAll(async () => {
    await stage.close();
    console.log(tally.summary(language.id));
  });

  async function attempt(
    item: AppCase | ProbeCase,
    native: GoldenRecord,
    alone: boolean,
  ): Promise<Comparison> {
    const began = Date.now();
    const { record, unsupported } = await stage.run(item, alone);
    tally.time(item.id, Date.now() - began);
    const result = compare(item.id, native, record, differences);
    result.problems.push(...unsupported.map((detail) => `unsupported: ${detail}`));
    return result;
  }

  /** What differs is run once more, with nothing beside it: a race that a busy machine lost is no difference. */
  async function check(item: AppCase | ProbeCase): Promise<void> {
    const native = await readRecord(folder, item.id);
    if (native === undefined) {
      throw new Error(`there is no record of ${item.id}; make one with \`npm run golden -- ${item.id}\``);
    }
    const once = (alone: boolean) => () => attempt(item, native, alone);
    const first = await turns.take(once(false)).catch((error: unknown) => String(error));
    const well = typeof first !== 'string' && first.problems.length === 0;
    const result = well ? first : await turns.takeAlone(once(true));
    if (!well) tally.ranAgain(item.id, typeof first === 'string' ? [first] : first.problems, result);
    tally.add(item, result);
    expect(result.problems.join('\n')).toBe('');
  }

  describe.concurrent(`${language.id} engine: as recorded from the real one`, () => {
    // No retry of the test runner's: `check` has its own, and counts.
    it.each(cases.map((item) => [item.id, item] as const))(
      '%s',
      { timeout: 900_000, retry: 0 },
      (_id, item) => check(item),
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
