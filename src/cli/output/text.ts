import type { RunRecord, StageRecord } from '../../domain/run.ts';
import type { AssertionResult, Disagreement, Finding, RuleResult } from '../../domain/verdict.ts';
import { paint, printable, type Io } from '../io.ts';
import { collectionLines } from './collection.ts';

const mostAssertions = 200;
const longestText = 300;
const mostNotes = 20;

const signs = { passed: 'ok', failed: 'FAILED', skipped: 'skipped', 'not-reached': 'not reached' } as const;
const colours = { passed: 'green', failed: 'red', skipped: 'dim', 'not-reached': 'yellow' } as const;

/** Milliseconds for people: `812 ms`, `3.4 s`. */
export function duration(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

/** A share of 0 to 1 in percent, never rounded up to a pass. */
export function percent(share: number): string {
  return share === 1 ? '100 %' : `${(Math.floor(share * 1_000) / 10).toFixed(1)} %`;
}

function short(text: string): string {
  const visible = printable(text);
  return visible.length > longestText ? `${visible.slice(0, longestText)}…` : visible;
}

/** One line for a stage that has ended. */
export function stageLine(io: Io, stage: StageRecord): string {
  const sign = paint(io, colours[stage.status], signs[stage.status].padEnd(8));
  const time = stage.status === 'skipped' ? '' : duration(stage.ms);
  const why = stage.message === undefined ? '' : `  ${short(stage.message)}`;
  return `${stage.name.padEnd(8)} ${sign} ${time.padStart(8)}${why}`.trimEnd();
}

function assertionLines(io: Io, assertion: AssertionResult): string[] {
  const head = `${paint(io, colours[assertion.status], signs[assertion.status])} ${assertion.id}`;
  const lines = [`  ${head}  ${assertion.endpoint}: ${assertion.sentence}`];
  if (assertion.message !== undefined) lines.push(`      ${short(assertion.message)}`);
  if (assertion.expected !== undefined) lines.push(`      expected ${short(assertion.expected)}`);
  if (assertion.got !== undefined) lines.push(`      got      ${short(assertion.got)}`);
  return lines;
}

/** `file:line:column message`, as compilers write it. */
export function findingLine(finding: Finding): string {
  return `${printable(finding.file)}:${finding.line}:${finding.column} ${short(finding.message)}`;
}

/** A rule's result, with the reasons when it is violated and what else is worth knowing. */
export function ruleLines(io: Io, rule: RuleResult): string[] {
  const sign = rule.compliant ? paint(io, 'green', 'compliant') : paint(io, 'red', 'VIOLATED');
  const reasons = rule.compliant ? [] : rule.findings.map((finding) => `      ${findingLine(finding)}`);
  const notes = (rule.notes ?? []).slice(0, mostNotes).map((note) => `      note: ${findingLine(note)}`);
  return [`  ${rule.rule.padEnd(12)} ${sign}`, ...reasons, ...notes];
}

/** Where the profiles differ, and why. */
export function disagreementLines(disagreements: readonly Disagreement[]): string[] {
  const lines = disagreements.map(({ rule, paper, reason }) => {
    const [met, violated] = paper ? ['paper', 'parser'] : ['parser', 'paper'];
    return `  ${rule.padEnd(12)} met for ${met}, violated for ${violated}. ${printable(reason)}`;
  });
  return ['The profiles differ', ...lines];
}

/** The verdict of a run for people: what failed and why, rules, score. Stages were printed as they ended. */
export function runReport(io: Io, record: RunRecord): string {
  const lines: string[] = [];
  const missed = (record.suite?.assertions ?? []).filter(({ status }) => status !== 'passed');
  const failed = missed.filter(({ status }) => status === 'failed');
  const unreached = missed.filter(({ status }) => status === 'not-reached');
  const allForOneReason = new Set(unreached.map(({ message }) => message)).size === 1;
  const shown = allForOneReason && unreached.length > 5 ? failed : [...failed, ...unreached];
  if (shown.length > 0) lines.push('', 'Assertions');
  for (const assertion of shown.slice(0, mostAssertions)) lines.push(...assertionLines(io, assertion));
  if (shown.length > mostAssertions)
    lines.push(`  … and ${shown.length - mostAssertions} more; --json has them all`);
  if (shown !== missed && shown.length < missed.length) {
    lines.push('', `${unreached.length} assertions not reached: ${short(unreached[0]?.message ?? '')}`);
  }
  lines.push(...collectionLines(io, record));
  for (const { rules, profile } of record.verify) {
    if (rules.length > 0)
      lines.push('', `Rules (${profile} profile)`, ...rules.flatMap((rule) => ruleLines(io, rule)));
  }
  const { disagreements = [] } = record;
  if (disagreements.length > 0) lines.push('', ...disagreementLines(disagreements));
  if (record.substitutions.length > 0) {
    lines.push('', 'Replaced or relaxed so that it runs here');
    for (const { package: name, detail } of record.substitutions)
      lines.push(`  ${printable(name)}: ${short(detail)}`);
  }
  const versions = Object.entries(record.engine.versions).map(([name, version]) => `${name} ${version}`);
  lines.push('', `${record.task.id} on ${record.engine.id} (${versions.join(', ')}), ${duration(record.ms)}`);
  lines.push(verdictLine(io, record));
  return lines.join('\n');
}

function verdictLine(io: Io, record: RunRecord): string {
  const { verdict } = record;
  if (verdict.kind === 'unscored') {
    return `${paint(io, 'yellow', 'UNSCORED')}  ${verdict.reason}: ${short(verdict.detail)}`;
  }
  const { passed, total, raw, strict, pass } = verdict.score;
  const word = pass ? paint(io, 'green', 'PASSED') : paint(io, 'red', 'FAILED');
  return `${word}  ${passed} of ${total} assertions, raw A% ${percent(raw)}, A% ${percent(strict)}`;
}
