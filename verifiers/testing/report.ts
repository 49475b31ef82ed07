import { frameworks } from '../../src/domain/task.ts';
import { availableProfiles, verifierVersion, verify } from '../index.ts';
import { weaknesses, type LabelledFixture, type Rule } from './fixture-files.ts';
import { loadFixtures, measure, missedPlaces, precision, recall, type Score } from './measure.ts';

const rules: readonly Rule[] = ['architecture', 'database', 'orm', 'framework'];

/**
 * The measure of the verifiers as Markdown, for docs/verifiers.md.
 * @param options `list` adds every disagreement, with the first finding of a false alarm
 */
export function report({ list }: { list: boolean }): string {
  const fixtures = loadFixtures();
  const scores = availableProfiles.flatMap((profile) => measure(fixtures, profile));
  const lines = [
    `verifiers ${verifierVersion}, ${fixtures.length} fixtures, ${countVerdicts(fixtures)} labelled verdicts`,
    '',
    ...tableOfFixtures(fixtures),
    '',
    ...tableOfScores(scores),
    '',
    ...tableOfWeaknesses(scores.filter(({ profile }) => profile === 'paper')),
  ];
  if (availableProfiles.includes('parser')) lines.push('', placesLine(fixtures));
  if (list) lines.push('', ...scores.flatMap(listDisagreements));
  return lines.join('\n');
}

function tableOfFixtures(fixtures: readonly LabelledFixture[]): string[] {
  const rows = frameworks.map((framework) => {
    const own = fixtures.filter(({ task }) => task.framework === framework);
    const counts = rules.map((rule) => {
      const labels = own.flatMap(({ labels: all }) => all.get(rule) ?? []);
      const compliant = labels.filter((label) => label.compliant).length;
      return `${compliant} + ${labels.length - compliant}`;
    });
    return `| ${framework} | ${own.length} | ${counts.join(' | ')} |`;
  });
  return [
    `| compliant + violated | fixtures | ${rules.join(' | ')} |`,
    `| --- | ---: | ${rules.map(() => '---:').join(' | ')} |`,
    ...rows,
  ];
}

function tableOfScores(scores: readonly Score[]): string[] {
  return [
    '| profile | rule | TP | FP | FN | TN | precision | recall |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...scores.map((score) => {
      const { truePositives, falsePositives, falseNegatives, trueNegatives } = score;
      const counts = [truePositives, falsePositives, falseNegatives, trueNegatives].join(' | ');
      const figures = [precision(score), recall(score)].map((value) => value.toFixed(3)).join(' | ');
      return `| ${score.profile} | ${score.rule} | ${counts} | ${figures} |`;
    }),
  ];
}

/** Why the profile `paper` is wrong, and how often, most frequent first. */
function tableOfWeaknesses(scores: readonly Score[]): string[] {
  const disagreements = scores.flatMap((score) => score.disagreements);
  const rows = Object.entries(weaknesses).map(([id, words]) => {
    const own = disagreements.filter(({ fixture }) => fixture.weakness === id);
    const missed = own.filter(({ kind }) => kind === 'missed').length;
    return { words, missed, alarms: own.length - missed };
  });
  rows.sort((a, b) => b.missed + b.alarms - a.missed - a.alarms);
  return [
    "| what the paper's rules get wrong | violations missed | false alarms |",
    '| --- | ---: | ---: |',
    ...rows.map(({ words, missed, alarms }) => `| ${words} | ${missed} | ${alarms} |`),
  ];
}

/** How many of the places that the labels name have a finding of the profile `parser`. */
function placesLine(fixtures: readonly LabelledFixture[]): string {
  let named = 0;
  let missed = 0;
  for (const { task, files, labels } of fixtures) {
    for (const { rule, findings } of verify(task, files, 'parser').rules) {
      const places = labels.get(rule)?.places ?? [];
      named += places.length;
      missed += missedPlaces(places, findings).length;
    }
  }
  return `places that the labels name: ${named}, found by the profile parser: ${named - missed}`;
}

function listDisagreements({ profile, rule, disagreements }: Score): string[] {
  return disagreements.map(({ fixture, kind, finding }) => {
    const told = finding === '' ? '' : ` (${finding})`;
    return `- ${profile}, ${rule}, ${kind}: ${fixture.name}: ${fixture.note}${told}`;
  });
}

function countVerdicts(fixtures: readonly LabelledFixture[]): number {
  return fixtures.reduce((sum, { labels }) => sum + labels.size, 0);
}
