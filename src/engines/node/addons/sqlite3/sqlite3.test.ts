import { beforeAll, describe, expect, it } from 'vitest';
import { SharedFs } from '../../../fs/shared-fs.ts';
import { fakeServices } from '../../testing/fake-services.ts';
import golden from './golden.json' with { type: 'json' };
import { sqlite3 } from './index.ts';
import { playSqlite3, type Sqlite3Addon } from './scenario.ts';

/** `golden.json` is what the scenario gave on sqlite3 5.1.7, compiled from its sources for Node 20. */
describe('the stand-in for node_sqlite3.node', () => {
  const fs = SharedFs.create();
  fs.mkdirp('/app');
  fs.mkdirp('/tmp');
  const services = fakeServices({ fs });
  let results: Record<string, unknown> = {};

  beforeAll(async () => {
    const played = await playSqlite3(sqlite3(services) as Sqlite3Addon, '/app');
    results = JSON.parse(JSON.stringify(played)) as Record<string, unknown>;
  });

  it.each(Object.keys(golden))('answers as the compiled one: %s', (name) => {
    expect(results[name]).toEqual((golden as Record<string, unknown>)[name]);
  });

  it('asks nothing beyond the recording', () => {
    expect(Object.keys(results)).toEqual(Object.keys(golden));
  });

  it('reports the statements', () => {
    const reported = services.reports.filter((report) => report.type === 'query').map((report) => report.sql);
    expect(reported).toContain('UPDATE users SET score = 1 WHERE id < ?');
  });
});
