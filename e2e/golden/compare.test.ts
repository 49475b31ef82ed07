import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { compare, type Difference } from './compare.ts';
import { differences as ofNode } from './node/differences.ts';
import { withoutPythonNoise } from './normalise-python.ts';
import { differences as ofPython } from './python/differences.ts';
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

  it('accepts parts that differ as a whole, and counts those of open faults', () => {
    const whole: Difference = { id: 'whole', where: '*', class: 'engine', part: ['request 1'], reason: 'r' };
    const [native, embedded] = [record('a'), record('b')];
    expect(compare('apps/x', native, embedded, [whole])).toMatchObject({
      problems: [],
      open: 0,
      identical: 3,
    });
    expect(compare('apps/x', native, embedded, [{ ...whole, class: 'open' }]).open).toBe(1);
    expect(compare('apps/x', native, embedded, [{ ...whole, part: 'stdout' }]).problems).toHaveLength(1);
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

describe('what Python programs write that is not theirs', () => {
  it('is the interpreter, addresses, process ids and client ports', () => {
    const text =
      'Werkzeug/3.1 Python/3.12.1 <f at 0x7f0012ab> Booting worker with pid: 77 127.0.0.1:40404 127.0.0.1:8000';
    expect(withoutPythonNoise(text)).toBe(
      'Werkzeug/3.1 Python/{version} <f at 0x{address}> Booting worker with pid: {pid} 127.0.0.1:{port} 127.0.0.1:8000',
    );
  });

  it('is the order of a set of methods, and the time in a signed cookie', () => {
    expect(withoutPythonNoise('Allow: POST, GET')).toBe('Allow: GET, POST');
    expect(withoutPythonNoise('session=eyJhIjoxfQ.aSBuaA.abcdefghijklmnopqrstuvwxyz1; Path=/')).toBe(
      'session=eyJhIjoxfQ.{signed}; Path=/',
    );
  });

  it('is marks in tracebacks, and lines of the standard library', () => {
    const trace = (library: string, line: number, marks: string) =>
      `Traceback (most recent call last):\n  File "/app/a.py", line 3, in f\n    g(1)\n${marks}  File "${library}/json/decoder.py", line ${line}, in decode\n    x = 1\nValueError: v`;
    const older = withoutPythonNoise(trace('/usr/local/lib/python3.12', 10, ''));
    expect(withoutPythonNoise(trace('/lib/python314.zip', 12, '    ~^^^\n'))).toBe(older);
    expect(older).toContain('line 3, in f\n    g(1)\n');
    expect(older).toContain('decoder.py", line …, in decode\nValueError: v');
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
    for (const { id, reason } of [...ofNode, ...ofPython]) expect(text).toContain(`\`${id}\`: ${reason}`);
  });
});
