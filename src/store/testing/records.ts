import type { RunRecord } from '../../domain/run.ts';
import type { RunDraft } from '../draft.ts';

/** A run record as small as one can be. */
export function smallRecord(change: Partial<RunRecord> = {}): RunRecord {
  return {
    version: 1,
    id: 'run1',
    createdAt: '2026-01-31T09:30:00.000Z',
    task: { id: 'koa-clean_architecture-sqlite', version: '1.0.0' },
    source: { kind: 'archive', label: 'conduit.zip' },
    files: { 'run.sh': 'exec node server.js\n', 'logo.png': { base64: '/9j/' } },
    engine: { id: 'node', versions: { node: '20.20.2' } },
    packages: { koa: '3.0.0' },
    substitutions: [],
    stages: [{ name: 'boot', status: 'passed', startedAt: 0, ms: 12 }],
    log: [{ at: 1, stage: 'boot', stream: 'system', text: 'up' }],
    logTruncated: false,
    verify: [],
    profile: 'parser',
    verdict: { kind: 'unscored', reason: 'needs-registry', detail: 'left-pad' },
    ms: 200,
    ...change,
  };
}

/** The verdict of a run of ten assertions. */
export function scored(passed: number): RunRecord['verdict'] {
  const raw = passed / 10;
  return {
    kind: 'scored',
    score: { passed, failed: 10 - passed, notReached: 0, total: 10, raw, strict: raw, pass: passed === 10 },
  };
}

/** A run that has just begun. */
export function smallDraft(change: Partial<RunDraft> = {}): RunDraft {
  return {
    id: 'draft1',
    createdAt: '2026-02-01T10:00:00.000Z',
    task: { id: 'flask-unconstrained', version: '1.0.0' },
    source: { kind: 'paste', label: 'pasted text' },
    files: { 'run.sh': 'exec python app.py\n' },
    engine: 'python',
    profile: 'parser',
    ...change,
  };
}
