import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { compare, type Difference } from './compare.ts';
import { differences } from './node/differences.ts';
import { masked, withoutProcess, withoutTimes } from './normalise.ts';
import { contentOf, type GoldenRecord } from './record.ts';

const record = (body: string): GoldenRecord => ({
  exit: 0,
  stdout: 'up',
  stderr: '',
  exchanges: [
    { request: 'GET /', status: '200 OK', headers: [`Content-Length: ${body.length}`, 'X-A: 1'], body },
  ],
});
const wording: Difference = {
  id: 'wording',
  where: 'apps/',
  class: 'v8-wording',
  embedded: [/ \(line \d+ column \d+\)/g, ''],
  reason: 'newer words',
};

describe('comparing with a record', () => {
  it('counts what is identical', () => {
    expect(compare('apps/x', record('a'), record('a'), [])).toMatchObject({
      compared: 4,
      identical: 4,
      problems: [],
    });
  });

  it('says what differs, and where', () => {
    const { problems } = compare('apps/x', record('a'), { ...record('b'), exit: 1 }, [wording]);
    expect(problems).toEqual(['exit code\n    - 0\n    + 1', 'request 1: GET /\n    - a\n    + b']);
  });

  it('accepts a listed difference, and the length that follows from it, where it is listed', () => {
    const [native, embedded] = [record('bad JSON'), record('bad JSON (line 1 column 2)')];
    const result = compare('apps/x', native, embedded, [wording]);
    expect(result.problems).toEqual([]);
    expect([...result.accepted]).toEqual(['wording']);
    expect(compare('probes/x', native, embedded, [wording]).problems).toHaveLength(1);
  });

  it('accepts nothing beside a listed difference', () => {
    const embedded = record('worse JSON (line 1 column 2)');
    expect(compare('apps/x', record('bad JSON'), embedded, [wording]).problems).toHaveLength(1);
  });

  it('notices other packages', () => {
    const native = { ...record('a'), packages: ['koa@2.15.3'] };
    const { problems } = compare('apps/x', native, { ...record('a'), packages: ['koa@2.16.0'] }, []);
    expect(problems[0]).toContain('record again');
  });
});

describe('what may differ between two runs', () => {
  it('is the clock, near to now', () => {
    const now = new Date();
    const text = `${now.toUTCString()} ${now.toISOString()} ${now.getTime()} ${new Date(0).toISOString()} 1000000000`;
    expect(withoutTimes(text)).toBe('{date} {time} {epoch} 1970-01-01T00:00:00.000Z 1000000000');
  });

  it('is the process, in logs', () => {
    expect(withoutProcess('{"pid":5,"hostname":"h","responseTime":1.5} GET / 200 3.141 ms')).toBe(
      '{"pid":{pid},"hostname":"{host}","responseTime":{ms}} GET / 200 {ms}',
    );
  });

  it('is what a scenario masks', () => {
    expect(masked('a=1; b=22;', ['b=(\\d+)'])).toBe('a=1; b={masked};');
  });
});

describe('records', () => {
  it('keep text as text, other bytes in base64, and much as a hash', () => {
    expect(contentOf(Buffer.from('é\n'))).toEqual(['é', '']);
    expect(contentOf(Uint8Array.of(0xff))).toEqual({ base64: '/w==' });
    expect(contentOf(new Uint8Array(40_000))).toMatchObject({ bytes: 40_000 });
  });
});

describe('docs/golden.md', () => {
  it('names each accepted difference with its reason', async () => {
    const text = await readFile(new URL('../../docs/golden.md', import.meta.url), 'utf8');
    for (const { id, reason } of differences) expect(text).toContain(`\`${id}\`: ${reason}`);
  });
});
