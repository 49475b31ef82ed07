import { describe, expect, it } from 'vitest';
import { SharedFs } from '../../../fs/shared-fs.ts';
import { fakeServices } from '../../testing/fake-services.ts';
import golden from './golden.json' with { type: 'json' };
import { betterSqlite3 } from './index.ts';
import { playBetterSqlite3, type BetterSqlite3Addon } from './scenario.ts';

/** `golden.json` is what the scenario gave on better-sqlite3 12.11.1, compiled from its sources for Node 20. */
describe('the stand-in for better_sqlite3.node', () => {
  const fs = SharedFs.create();
  fs.mkdirp('/app');
  fs.mkdirp('/tmp');
  const services = fakeServices({ fs });
  const addon = betterSqlite3(services) as unknown as BetterSqlite3Addon;
  const results = JSON.parse(JSON.stringify(playBetterSqlite3(addon, '/app'))) as Record<string, unknown>;

  it.each(Object.keys(golden))('answers as the compiled one: %s', (name) => {
    expect(results[name]).toEqual((golden as Record<string, unknown>)[name]);
  });

  it('asks nothing beyond the recording', () => {
    expect(Object.keys(results)).toEqual(Object.keys(golden));
  });

  it('reports the statements', () => {
    const reported = services.reports.filter((report) => report.type === 'query').map((report) => report.sql);
    expect(reported).toContain('INSERT INTO users (email, age, data, score) VALUES (?, ?, ?, ?)');
  });

  it('leaves the database on the disk', () => {
    expect(fs.readFile('/app/app.db').subarray(0, 15)).toEqual(new TextEncoder().encode('SQLite format 3'));
    expect(fs.exists('/app/app.db-journal')).toBe(false);
  });
});
