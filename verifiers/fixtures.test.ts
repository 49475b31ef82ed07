import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { frameworks } from '../src/domain/task.ts';
import { verify } from './index.ts';
import { loadFixtures, measure, missedPlaces, precision, recall } from './testing/measure.ts';
import { report } from './testing/report.ts';

const fixtures = loadFixtures();
const cases = fixtures.map((fixture) => [fixture.name, fixture] as const);

describe('the labelled fixtures', () => {
  it('are at least 200, and at least 25 of each framework', () => {
    expect(fixtures.length).toBeGreaterThanOrEqual(200);
    const counts = frameworks.map((name) => fixtures.filter(({ task }) => task.framework === name).length);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(25);
  });

  it('hold both verdicts of every rule', () => {
    for (const rule of ['architecture', 'database', 'orm', 'framework'] as const) {
      const labels = fixtures.flatMap(({ labels: all }) => all.get(rule) ?? []);
      expect(labels.filter((label) => label.compliant).length).toBeGreaterThanOrEqual(30);
      expect(labels.filter((label) => !label.compliant).length).toBeGreaterThanOrEqual(30);
    }
  });

  it('differ from each other and say what they show', () => {
    const contents = fixtures.map(({ task, files }) => `${task.id}\n${JSON.stringify(files)}`);
    expect(new Set(contents).size).toBe(fixtures.length);
    expect(new Set(fixtures.map(({ note }) => note)).size).toBe(fixtures.length);
  });
});

describe('the profile parser', () => {
  it.each(cases)('judges %s as it is labelled', (_, { task, files, labels }) => {
    const { rules } = verify(task, files, 'parser');
    expect(rules.map((result) => result.rule)).toEqual([...labels.keys()]);
    for (const { rule, compliant, findings } of rules) {
      const label = labels.get(rule);
      const told = findings.map(({ file, line, message }) => `${file}:${line} ${message}`).join('\n');
      expect(compliant, `${rule}:\n${told}`).toBe(label?.compliant);
      expect(missedPlaces(label?.places ?? [], findings), `${rule} has findings elsewhere:\n${told}`).toEqual(
        [],
      );
    }
  });

  it('has no false alarm and misses nothing', () => {
    for (const score of measure(fixtures, 'parser')) {
      expect([score.rule, precision(score), recall(score)]).toEqual([score.rule, 1, 1]);
    }
  });
});

describe('the profile paper', () => {
  it.each(cases.filter(([, { paper }]) => paper.size > 0))('gives %s what the paper gives', (_, fixture) => {
    const { rules } = verify(fixture.task, fixture.files, 'paper');
    for (const { rule, compliant, findings } of rules) {
      const expected = fixture.paper.get(rule);
      const told = findings.map(({ file, line, message }) => `${file}:${line} ${message}`).join('\n');
      if (expected !== undefined) expect(compliant, `${rule}:\n${told}`).toBe(expected);
    }
  });

  it('misjudges what the fixtures say it misjudges, and nothing else', () => {
    const wrong = measure(fixtures, 'paper').flatMap((score) => score.disagreements);
    const names = new Set(wrong.map(({ fixture }) => fixture.name));
    const named = fixtures.filter(({ weakness }) => weakness !== undefined).map(({ name }) => name);
    expect([...names].sort()).toEqual(named.sort());
  });
});

describe('docs/verifiers.md', () => {
  it('states what `npm run verifiers` prints', () => {
    const stated = readFileSync(new URL('../docs/verifiers.md', import.meta.url), 'utf8').split('\n');
    const printed = report({ list: false })
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(printed.filter((line) => !stated.includes(line))).toEqual([]);
  });
});
