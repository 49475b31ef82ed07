import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../../domain/run.ts';
import { claimOf } from './claim.ts';
import { reproduce } from './reproduce.ts';
import { recordOf } from './testing/world.ts';

const task = 'koa-sqlite';
const files = { 'run.sh': 'node server.js', 'server.js': 'x' };
const id = (at: number): string | undefined => recordOf(task, files).suite?.assertions[at]?.id;

describe('a fresh run', () => {
  it('reproduces what was claimed, whatever texts, times and ids it has', () => {
    const fresh = recordOf(task, files, { failed: [3], unreached: [9] });
    const claimed = claimOf(fresh);
    const [third] = [fresh.suite?.assertions[3]];
    if (third !== undefined) third.got = 'another id';
    expect(reproduce(claimed, { ...fresh, ms: 9, log: [], id: 'z' })).toEqual({
      outcome: 'reproduced',
      circumstances: [],
    });
  });

  it('differs assertion by assertion', () => {
    const claimed = claimOf(recordOf(task, files, { failed: [3], unreached: [9] }));
    const result = reproduce(claimed, recordOf(task, files, { failed: [4], unreached: [9] }));
    expect(result).toMatchObject({
      outcome: 'different',
      differences: [
        { kind: 'assertion', id: id(3), claimed: { status: 'failed' }, fresh: { status: 'passed' } },
        { kind: 'assertion', id: id(4), claimed: { status: 'passed' }, fresh: { status: 'failed' } },
      ],
    });
  });

  it('differs by its verdict and its rules', () => {
    const result = reproduce(claimOf(recordOf(task, files)), recordOf(task, files, { compliant: false }));
    expect(result).toMatchObject({
      outcome: 'different',
      differences: [
        { kind: 'verdict' },
        { kind: 'rule', profile: 'parser', rule: 'framework', claimed: true, fresh: false },
      ],
    });
  });

  it('differs by where a rule is violated', () => {
    const claimed = claimOf(recordOf(task, files, { compliant: false }));
    const fresh = recordOf(task, files, { compliant: false });
    const [finding] = fresh.verify[0]?.rules[0]?.findings ?? [];
    if (finding !== undefined) finding.line = 99;
    expect(reproduce(claimed, fresh)).toMatchObject({
      differences: [
        { kind: 'finding', only: 'claimed', finding: { line: 3 } },
        { kind: 'finding', only: 'fresh', finding: { line: 99 } },
      ],
    });
  });

  it.each<[string, Partial<RunRecord>]>([
    ['task', { task: { id: 'flask-unconstrained', version: '1.0.0' } }],
    ['task-version', { task: { id: task, version: '0.1.0' } }],
    ['profile', { profile: 'paper' }],
    ['files', { files: { 'run.sh': 'node server.js', 'server.js': 'y' } }],
    ['suite', { suite: { suite: { id: 'conduit', version: '9' }, assertions: [], exchanges: [] } }],
    ['unscored', { verdict: { kind: 'unscored', reason: 'engine', detail: 'it broke' } }],
  ])('is not comparable: %s', (what, change) => {
    const result = reproduce(claimOf(recordOf(task, files)), { ...recordOf(task, files), ...change });
    expect(result.outcome).toBe('not-comparable');
    expect(result.outcome === 'not-comparable' && result.obstacles.map((one) => one.what)).toContain(what);
  });

  it('differs when the server was never asked by a collection that claims a pass', () => {
    const [claimed, fresh] = [recordOf(task, files), recordOf(task, files)];
    for (const record of [claimed, fresh]) {
      record.collection = { role: 'instead', source: { fileName: 'a.json', collection: '{}' } };
      record.suite = { suite: { id: 'postman', version: 'abc' }, assertions: [], exchanges: [] };
    }
    fresh.suite = { suite: { id: 'postman', version: 'not run' }, assertions: [], exchanges: [] };
    const score = { passed: 0, failed: 0, notReached: 0, total: 0, raw: 0, strict: 0, pass: false };
    fresh.verdict = { kind: 'scored', score };
    const result = reproduce(claimOf(claimed), fresh);
    expect(result).toMatchObject({ outcome: 'different', differences: [{ kind: 'verdict' }] });
  });

  it('of another level says both levels', () => {
    const result = reproduce(claimOf(recordOf(task, files)), recordOf('koa-unconstrained', files));
    expect(result).toMatchObject({
      obstacles: [{ what: 'task' }, { what: 'level', claimed: 'L1', fresh: 'L0' }],
    });
  });

  it('says what else is not the same', () => {
    const claimed = claimOf(recordOf(task, files));
    const fresh = {
      ...recordOf(task, files),
      packages: { koa: '3.1.0', 'koa-router': '14.0.0', ms: '2.0.0' },
    };
    expect(reproduce(claimed, { ...fresh, engine: { id: 'native', versions: {} } }).circumstances).toEqual([
      { what: 'engine', name: 'engine', claimed: 'node', fresh: 'native' },
      { what: 'version', name: 'node', claimed: '20.20.2', fresh: undefined },
      { what: 'package', name: 'koa', claimed: '3.0.0', fresh: '3.1.0' },
      { what: 'package', name: 'ms', claimed: undefined, fresh: '2.0.0' },
    ]);
  });
});
