import { limits } from '../../domain/limits.ts';
import type { AssertionText, SuiteIndex } from './suites.ts';
import { damaged } from './faults.ts';
import type { ClaimedAssertion, ClaimedSuite, SharedRun } from './shared-run.ts';
import type { WireFiles, WireRun, WireSuite } from './wire.ts';

const letters = { passed: 'p', failed: 'f', 'not-reached': 'n' } as const;
const statuses = { p: 'passed', f: 'failed', n: 'not-reached' } as const;

const cut = (text: string | undefined): string => {
  if (text === undefined || text.length <= limits.linkTextLength) return text ?? '';
  return `${text.slice(0, limits.linkTextLength - 1)}…`;
};

/**
 * A run as a link holds it. Texts are cut to `limits.linkTextLength`.
 * @param details - hold what explains a failure: messages, expected, got
 */
export function packRun(run: SharedRun, files: WireFiles, suites: SuiteIndex, details: boolean): WireRun {
  const { suite, verify, disagreements, files: _, generation, collection, stages, ms, ...rest } = run;
  return {
    ...rest,
    ms: Math.round(ms),
    ...(generation !== undefined && { generation }),
    files,
    ...(collection !== undefined && { collection }),
    stages: stages.map(({ startedAt, ms: took, message, ...stage }) => ({
      ...stage,
      startedAt: Math.round(startedAt),
      ms: Math.round(took),
      ...(message !== undefined && { message: cut(message) }),
    })),
    ...(suite !== undefined && { suite: packSuite(suite, suites, details) }),
    verify: verify.map((result) => ({
      ...result,
      rules: result.rules.map(({ rule, compliant, findings }) => ({
        rule,
        compliant,
        findings: findings
          .slice(0, limits.linkFindings)
          .map((finding) => ({ ...finding, message: cut(finding.message) })),
      })),
    })),
    ...(disagreements !== undefined && {
      disagreements: disagreements.map((one) => ({ ...one, reason: cut(one.reason) })),
    }),
  };
}

function packSuite(
  { suite, total, assertions }: ClaimedSuite,
  suites: SuiteIndex,
  details: boolean,
): WireSuite {
  const known = suites.find(suite.id, suite.version);
  const same = known?.length === assertions.length && known.every(({ id }, at) => id === assertions[at]?.id);
  return {
    ...suite,
    total,
    outcome: runsOf(assertions.map(({ status }) => letters[status]))
      .map(([times, letter]) => `${letter}${times}`)
      .join(''),
    failed: details ? packFailed(assertions) : [],
    unreached: details
      ? runsOf(assertions.filter(({ status }) => status === 'not-reached').map(({ message }) => cut(message)))
      : [],
    ...(!same && {
      texts: assertions.map(({ id, group, endpoint, sentence }): [string, string, string, string] => [
        id,
        group,
        endpoint,
        sentence,
      ]),
    }),
  };
}

/** As many as the limit of all texts lets in. */
function packFailed(assertions: readonly ClaimedAssertion[]): WireSuite['failed'] {
  let room: number = limits.linkTextsLength;
  const packed: WireSuite['failed'] = [];
  for (const { status, message, expected, got } of assertions) {
    if (status !== 'failed') continue;
    const texts: [string, string, string] = [cut(message), cut(expected), cut(got)];
    room -= texts.join('').length;
    if (room < 0) break;
    packed.push(texts);
  }
  return packed;
}

/** Equal neighbours as one, each with how often it follows. */
function runsOf<T>(items: readonly T[]): [number, T][] {
  const runs: [number, T][] = [];
  for (const item of items) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === item) last[0]++;
    else runs.push([1, item]);
  }
  return runs;
}

/**
 * The results that a link claims; those of a suite that is not known here are left out.
 * @throws LinkError `damaged` when there are more or fewer of them than the suite has.
 */
export function unpackSuite(wire: WireSuite, suites: SuiteIndex): ClaimedSuite {
  const suite = { id: wire.id, version: wire.version };
  const results = expand(wire.outcome, wire.total);
  const known: readonly AssertionText[] | undefined =
    wire.texts?.map(([id, group, endpoint, sentence]) => ({ id, group, endpoint, sentence })) ??
    suites.find(wire.id, wire.version);
  if (known === undefined) return { suite, total: wire.total, assertions: [] };
  if (known.length !== wire.total) throw damaged('it does not have the assertions of its suite');
  const failed = [...wire.failed].reverse();
  const unreached = [...wire.unreached].reverse().map(([times, text]) => ({ times, text }));
  const assertions = known.map(({ id, group, endpoint, sentence, pointer }, at): ClaimedAssertion => {
    const status = results[at] ?? 'not-reached';
    const base = { id, group, endpoint, sentence, ...(pointer !== undefined && { pointer }), status };
    if (status === 'passed') return base;
    const [message = '', expected = '', got = ''] =
      status === 'failed' ? (failed.pop() ?? []) : [nextReason(unreached)];
    return {
      ...base,
      ...(message !== '' && { message }),
      ...(expected !== '' && { expected }),
      ...(got !== '' && { got }),
    };
  });
  return { suite, total: wire.total, assertions };
}

function nextReason(left: { times: number; text: string }[]): string {
  const next = left.at(-1);
  if (next === undefined) return '';
  next.times--;
  if (next.times <= 0) left.pop();
  return next.text;
}

function expand(outcome: string, total: number): ClaimedAssertion['status'][] {
  const results: ClaimedAssertion['status'][] = [];
  for (const [, letter, times] of outcome.matchAll(/([pfn])(\d+)/g)) {
    const status = statuses[letter as keyof typeof statuses];
    if (results.length + Number(times) > total) break;
    for (let time = 0; time < Number(times); time++) results.push(status);
  }
  if (results.length !== total) throw damaged('it does not have a result for every assertion');
  return results;
}
