import * as v from 'valibot';
import { expect, it } from 'vitest';
import { runRecord } from '../../domain/run.ts';
import { claimOf, contradiction, recordOfClaim } from './claim.ts';
import { recordOf } from './testing/world.ts';

const files = { 'run.sh': 'exec node .', 'logo.png': Uint8Array.of(0x89, 0x50) };
const claim = claimOf(
  recordOf('koa-unconstrained', files, { failed: [2], unreached: [5], compliant: false }),
);

it('becomes a record that says the same and is one', async () => {
  const record = await recordOfClaim(claim);
  expect(v.safeParse(runRecord, JSON.parse(JSON.stringify(record))).success).toBe(true);
  expect(record && claimOf(record)).toEqual(claim);
  expect(record).toMatchObject({ log: [], suite: { exchanges: [] } });
});

it('is the same record whenever it is kept, and another for another claim', async () => {
  const id = (await recordOfClaim(claim))?.id;
  expect((await recordOfClaim({ ...claim }))?.id).toBe(id);
  expect((await recordOfClaim({ ...claim, createdAt: '2026-02-02T00:00:00.000Z' }))?.id).not.toBe(id);
  expect((await recordOfClaim({ ...claim, files: { ...files, 'run.sh': 'x' } }))?.id).not.toBe(id);
});

it('is no record without its files', async () => {
  const { files: _, ...rest } = claim;
  expect(await recordOfClaim(rest)).toBeUndefined();
});

it('contradicts itself when it says twice what there can be once', () => {
  expect(contradiction(claim)).toBeUndefined();
  const [assertion, ...others] = claim.suite?.assertions ?? [];
  const [decided] = claim.verify;
  if (assertion === undefined || decided === undefined || claim.suite === undefined)
    throw new Error('no claim');
  const twins = {
    ...claim.suite,
    assertions: [assertion, ...others.map((one, at) => (at === 0 ? { ...one, id: assertion.id } : one))],
  };
  expect(contradiction({ ...claim, suite: twins })).toBe('it has an assertion twice');
  expect(contradiction({ ...claim, stages: [...claim.stages, ...claim.stages] })).toBe(
    'it has a stage twice',
  );
  expect(contradiction({ ...claim, verify: [decided, decided] })).toBe('it has a profile twice');
  const rules = [...decided.rules, ...decided.rules];
  expect(contradiction({ ...claim, verify: [{ ...decided, rules }] })).toBe('it has a rule twice');
});
