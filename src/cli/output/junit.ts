import type { RunRecord } from '../../domain/run.ts';
import type { AssertionResult } from '../../domain/verdict.ts';
import { findingLine } from './text.ts';

/** Text for XML 1.0, where most control characters cannot stand even as references. */
function xml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\r', '&#13;');
}

const seconds = (ms: number) => (ms / 1_000).toFixed(3);

interface Case {
  name: string;
  className: string;
  ms: number;
  failure?: { message: string; detail: string };
  /** Nothing was judged. */
  skipped?: string;
}

function assertionCase(record: RunRecord, assertion: AssertionResult): Case {
  const exchange = assertion.exchange === undefined ? undefined : record.suite?.exchanges[assertion.exchange];
  const base = {
    name: `${assertion.id}: ${assertion.sentence}`,
    className: `${record.task.id}.${assertion.group}`,
    ms: exchange?.ms ?? 0,
  };
  if (assertion.status === 'passed') return base;
  if (record.verdict.kind === 'unscored') return { ...base, skipped: `unscored: ${record.verdict.detail}` };
  const message = assertion.message ?? (assertion.status === 'not-reached' ? 'not reached' : 'failed');
  const detail = [
    assertion.endpoint,
    ...(assertion.expected === undefined ? [] : [`expected: ${assertion.expected}`]),
    ...(assertion.got === undefined ? [] : [`got: ${assertion.got}`]),
  ].join('\n');
  return { ...base, failure: { message, detail } };
}

function ruleCases(record: RunRecord): Case[] {
  return record.verify.flatMap(({ profile, rules }) =>
    rules.map(({ rule, compliant, findings }) => {
      const base = { name: `${rule} (${profile} profile)`, className: `${record.task.id}.verify`, ms: 0 };
      if (compliant) return base;
      const lines = findings.map(findingLine);
      return { ...base, failure: { message: `${rule} violated`, detail: lines.join('\n') } };
    }),
  );
}

function render({ name, className, ms, failure, skipped }: Case): string {
  const open = `    <testcase name="${xml(name)}" classname="${xml(className)}" time="${seconds(ms)}"`;
  if (skipped !== undefined) return `${open}>\n      <skipped message="${xml(skipped)}"/>\n    </testcase>`;
  if (failure === undefined) return `${open}/>`;
  return `${open}>\n      <failure message="${xml(failure.message)}">${xml(failure.detail)}</failure>\n    </testcase>`;
}

/**
 * A run as JUnit XML: one test case per assertion and per rule. A run without a score has an error of its own, and
 * what it did not judge is skipped, not failed.
 */
export function junitReport(record: RunRecord): string {
  const { verdict } = record;
  const cases = [
    ...(record.suite?.assertions ?? []).map((assertion) => assertionCase(record, assertion)),
    ...ruleCases(record),
  ];
  const failures = cases.filter(({ failure }) => failure !== undefined).length;
  const skipped = cases.filter((one) => one.skipped !== undefined).length;
  const errors = verdict.kind === 'unscored' ? 1 : 0;
  const error =
    verdict.kind === 'unscored'
      ? [
          `    <testcase name="run" classname="${xml(record.task.id)}" time="${seconds(record.ms)}">\n` +
            `      <error message="${xml(`unscored (${verdict.reason}): ${verdict.detail}`)}"/>\n    </testcase>`,
        ]
      : [];
  const counts = `tests="${cases.length + errors}" failures="${failures}" errors="${errors}" skipped="${skipped}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="decay" ${counts} time="${seconds(record.ms)}">`,
    `  <testsuite name="${xml(record.task.id)}" ${counts} time="${seconds(record.ms)}" timestamp="${xml(record.createdAt)}">`,
    ...error,
    ...cases.map(render),
    '  </testsuite>',
    '</testsuites>',
  ].join('\n');
}
