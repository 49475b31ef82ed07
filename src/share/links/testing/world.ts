import type { RunRecord } from '../../../domain/run.ts';
import { assertions, conduitSuite } from '../../../../tasks/suite/index.ts';
import { taskVersion } from '../../../../tasks/index.ts';
import { recordFiles } from '../../../domain/files.ts';
import type { FileMap } from '../../../engines/engine.ts';
import type { ReferenceLibrary } from '../references.ts';

/** References of a test. */
export function libraryOf(
  content: Readonly<Record<string, Readonly<Record<string, string>>>>,
): ReferenceLibrary {
  return {
    ids: Object.keys(content),
    load: (id) => Promise.resolve(new Map(Object.entries(content[id] ?? {}))),
    near: () => Object.keys(content),
  };
}

/** How the built-in suite came out: by the ids of what failed and of what was not reached; all else passed. */
export interface Outcome {
  failed?: readonly number[];
  unreached?: readonly number[];
  compliant?: boolean;
}

/** The record of a run of the built-in suite, as the evaluation makes it. */
export function recordOf(taskId: string, files: FileMap, outcome: Outcome = {}): RunRecord {
  const { failed = [], unreached = [], compliant = true } = outcome;
  const total = assertions.length;
  const passed = total - failed.length - unreached.length;
  const raw = passed / total;
  return {
    version: 1,
    id: 'abcdefghijklmnopqrstuvwx',
    createdAt: '2026-01-31T09:30:00.000Z',
    task: { id: taskId, version: taskVersion },
    source: { kind: 'reference', label: `reference ${taskId} (written by hand)` },
    files: recordFiles(files),
    engine: { id: 'node', versions: { node: '20.20.2' } },
    packages: { koa: '3.0.0', 'koa-router': '14.0.0' },
    substitutions: [{ package: 'bcrypt', kind: 'core', detail: 'hash-wasm stands in for its compiled part' }],
    stages: [{ name: 'boot', status: 'passed', startedAt: 0, ms: 120 }],
    log: [{ at: 1, stage: 'boot', stream: 'system', text: 'up' }],
    logTruncated: false,
    suite: {
      suite: { id: conduitSuite.id, version: conduitSuite.version },
      assertions: assertions.map((text, at) => {
        if (failed.includes(at)) {
          return {
            ...text,
            status: 'failed',
            message: `wrong ${at}`,
            expected: '200',
            got: `${at}`,
            exchange: 0,
          };
        }
        if (unreached.includes(at)) return { ...text, status: 'not-reached', message: 'needs the token' };
        return { ...text, status: 'passed', exchange: 0 };
      }),
      exchanges: [],
    },
    verify: [
      {
        profile: 'parser',
        version: '1.0.0',
        rules: [
          {
            rule: 'framework',
            compliant,
            findings: [{ rule: 'framework', file: 'a.js', line: 3, column: 1, message: 'what it is' }],
          },
        ],
        compliant,
      },
    ],
    disagreements: [],
    profile: 'parser',
    verdict: {
      kind: 'scored',
      score: {
        passed,
        failed: failed.length,
        notReached: unreached.length,
        total,
        raw,
        strict: compliant ? raw : 0,
        pass: passed === total && compliant,
      },
    },
    ms: 2_000,
  };
}
