import { beforeAll, describe, expect, it } from 'vitest';
import { endpoints, rules } from '../contract/index.ts';
import { catalogue } from './catalogue.ts';
import { designs } from './designed/index.ts';
import { applyDesign } from './designed/design.ts';
import { staleEquivalents, whyEquivalent } from './equivalents.ts';
import { allMutants, measureStrength } from './index.ts';
import { operatorTable, summary, trialLine } from './report.ts';
import { aboutRegion } from './regions.ts';
import { operators, systematicMutants } from './systematic.ts';
import type { Mutant } from './types.ts';
import { openWorkshop, type Workshop } from './workshop.ts';

const longest = 900_000;
let workshop: Workshop;
let mutants: Mutant[];

beforeAll(async () => {
  workshop = await openWorkshop();
  mutants = allMutants(workshop.sources);
}, 300_000);

describe('the mutants', () => {
  it('are many, and each has a name of its own', () => {
    expect(mutants.length).toBeGreaterThan(400);
    expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
  });

  it('come from every operator', () => {
    const used = new Set(mutants.map(({ operator }) => operator));
    expect(operators.map(({ id }) => id).filter((id) => !used.has(id))).toEqual([]);
    expect(used).toContain('designed');
  });

  it('differ from the reference, and from each other', () => {
    for (const { id, files } of mutants) {
      for (const [file, source] of Object.entries(files)) expect(source, id).not.toBe(workshop.sources[file]);
    }
    expect(new Set(mutants.map(({ files }) => JSON.stringify(files))).size).toBe(mutants.length);
    // Each design is there, whatever an operator makes.
    expect(mutants.filter(({ operator }) => operator === 'designed')).toHaveLength(designs.length);
  });

  it('break operations and rules that the contract has', () => {
    for (const { id, about } of mutants) {
      expect(about.endpoints.length + about.rules.length, id).toBeGreaterThan(0);
      expect(
        about.endpoints.filter((endpoint) => !endpoints.includes(endpoint)),
        id,
      ).toEqual([]);
      expect(
        about.rules.filter((rule) => !rules.has(rule)),
        id,
      ).toEqual([]);
    }
  });

  it('are called equivalent by their name and their change', () => {
    expect(staleEquivalents(mutants)).toEqual([]);
  });

  it('are those of the catalogue, docs/mutants.md: run this test with -u after a change', async () => {
    const file = new URL('../../docs/mutants.md', import.meta.url).pathname;
    await expect(`${catalogue(mutants).trimEnd()}\n`).toMatchFileSnapshot(file);
  });

  it('are made of one change each', () => {
    const source = 'export const addUser = () => {\n  users.add(1);\n  users.add(2);\n};\n';
    const made = systematicMutants({ 'src/store.js': source }).filter(
      ({ operator }) => operator === 'drop-statement',
    );
    expect(made.map(({ id, where, what }) => `${id} ${where} ${what}`)).toEqual([
      'drop-statement:store-adduser:1 src/store.js:2 users.add(1); is left out',
      'drop-statement:store-adduser:2 src/store.js:3 users.add(2); is left out',
    ]);
    expect(made[1]?.files['src/store.js']).toBe(source.replace('users.add(2);', ';'));
  });
});

describe('what has moved in the reference', () => {
  it('is named when a region is new', () => {
    expect(() => aboutRegion('store.js unheardOf')).toThrow('store.js unheardOf');
    expect(aboutRegion('server.js top')).toBeUndefined();
  });

  it('is named when a design does not fit any more', () => {
    const [design] = designs;
    if (design === undefined) throw new Error('there are no designs');
    expect(() => applyDesign(design, { 'src/auth.js': '' })).toThrow(design.id);
    const twice = { 'src/auth.js': `${design.edits[0]?.[1]}\n${design.edits[0]?.[1]}` };
    expect(() => applyDesign(design, twice)).toThrow('exactly once');
  });
});

describe('the measurement', () => {
  const about = { endpoints: ['GET /tags'], rules: [] } as const;
  const named = { operator: 'designed', where: 'src/app.js:1', what: 'a change', about };
  const app = () => workshop.sources['src/app.js'] ?? '';

  it(
    'tells killed, survived and stillborn apart',
    async () => {
      const broken = app().replace('tags: store.tags()', 'tags: null');
      const trials: Mutant[] = [
        { ...named, id: 'unchanged', files: {} },
        { ...named, id: 'killed', files: { 'src/app.js': broken } },
        {
          ...named,
          id: 'killed-elsewhere',
          about: { endpoints: ['GET /user'], rules: [] },
          files: { 'src/app.js': broken },
        },
        { ...named, id: 'no-program', files: { 'src/app.js': 'export const nothing = (;' } },
      ];
      const strength = await measureStrength(workshop, trials, { parallel: 2, thorough: true });
      const ids = (list: readonly { mutant: Mutant }[]) => list.map(({ mutant }) => mutant.id);
      expect(ids(strength.killed)).toEqual(['killed']);
      expect(ids(strength.survivors)).toEqual(['unchanged', 'killed-elsewhere']);
      expect(strength.survivors[1]?.elsewhere.length).toBeGreaterThan(0);
      expect(ids(strength.stillborn)).toEqual(['no-program']);
      expect(strength.score).toBeCloseTo(1 / 3);
      expect(operatorTable(strength)).toContain('| designed | bugs written by hand | 1 | 2 | 0 |');
      expect(summary(strength)).toContain('1 killed, 2 survived: score 33.3 %');
      expect(strength.killed.map(trialLine).join()).toContain('0 elsewhere');
    },
    longest,
  );

  it(
    'says nothing of a suite that the reference does not pass',
    async () => {
      const bad: Workshop = {
        sources: workshop.sources,
        start: () => workshop.start({ 'src/app.js': app().replace('tags: store.tags()', 'tags: null') }),
      };
      await expect(measureStrength(bad, [], { parallel: 1, thorough: false })).rejects.toThrow(
        'the reference fails',
      );
    },
    longest,
  );

  it(
    'shows that the suite kills every designed mutant, and the first of each operator',
    async () => {
      const seen = new Set<string>();
      const sample = mutants.filter((mutant) => {
        if (mutant.operator === 'designed') return true;
        if (seen.has(mutant.operator) || whyEquivalent(mutant) !== undefined) return false;
        seen.add(mutant.operator);
        return true;
      });
      const strength = await measureStrength(workshop, sample, { parallel: 2, thorough: false });
      expect(strength.survivors.map(trialLine)).toEqual([]);
      expect(strength.stillborn.map(trialLine)).toEqual([]);
      expect(strength.killed.length).toBeGreaterThan(designs.length);
    },
    longest,
  );
});
