import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { conduitSuite } from '../suite/index.ts';
import type { Suite } from '../suite/runner.ts';
import { ConduitModel } from '../suite/testing/conduit-model.ts';
import { checkFairness } from './index.ts';
import { LibertyServer } from './liberties.ts';
import type { Taste } from './taste.ts';
import { planted } from './testing/planted.ts';

const seeds = Array.from({ length: 30 }, (_, i) => 1_001 + 17 * i);
const startPlain = () => new ConduitModel();

describe('the suite', () => {
  it('asks nothing beyond the contract', async () => {
    const report = await checkFairness(conduitSuite, startPlain, seeds);
    expect(report.unsupported).toEqual([]);
    expect(report).toMatchObject({ suite: { id: 'conduit' }, contract: '1.0.0', seeds });
    expect(report.assertions).toBeGreaterThanOrEqual(400);
  }, 600_000);
});

it('the seeds take every liberty in every way', () => {
  const tastes = seeds.map((seed) => new LibertyServer(startPlain(), seed).taste);
  const options = (name: keyof Taste) => new Set(tastes.map((taste) => taste[name])).size;
  const [any] = tastes;
  for (const name of Object.keys(any ?? {})) expect(options(name as keyof Taste)).toBeGreaterThan(1);
  expect([options('fractionDigits'), options('offsetMinutes'), options('ids')]).toEqual([4, 5, 4]);
  expect([options('slugs'), options('mediaType'), options('notJson')]).toEqual([4, 4, 3]);
});

it('docs/fairness.md counts right', () => {
  const text = readFileSync(new URL('../../docs/fairness.md', import.meta.url), 'utf8').replaceAll('\n', ' ');
  expect(text).toContain(`with ${seeds.length} seeds`);
  expect(text).toContain(`has ${planted.length} unfair assertions`);
});

describe('an unfair assertion', () => {
  const unfair: Suite = {
    ...conduitSuite,
    groups: [...conduitSuite.groups.slice(0, 2), ...planted.map(({ group }) => group)],
  };
  const report = checkFairness(unfair, startPlain, seeds);

  it.each(planted.map((one) => [one.id, one.by] as const))(
    'is named: %s, by %s',
    async (id, by) => {
      const { unsupported } = await report;
      const found = unsupported.filter(({ assertion }) => assertion.startsWith(`${id}.`));
      expect(found.map((finding) => finding.check)).toContain(by);
      for (const { reason } of found) expect(reason.length).toBeGreaterThan(10);
    },
    600_000,
  );

  it('does not draw in fair ones', async () => {
    const { unsupported } = await report;
    expect(unsupported.filter(({ assertion }) => !assertion.startsWith('planted.'))).toEqual([]);
    const others = unsupported.filter(({ assertion }) => /\.(schema|media)$/.test(assertion));
    expect(others).toEqual([]);
  }, 600_000);
});
