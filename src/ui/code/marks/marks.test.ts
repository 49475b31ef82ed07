import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../../../domain/run.ts';
import type { VerifyResult } from '../../../domain/verdict.ts';
import { faultsByFile } from '../tree/file-facts.ts';
import { isFault, markBeside, marksOfRun, whereStillThere, type Mark } from './marks.ts';
import { readBlocks, readSpans } from './rule-document.ts';

const finding = (message: string, line = 3) =>
  ({ rule: 'database', file: 'src/db.js', line, column: 1, message }) as const;
const verified = (
  profile: VerifyResult['profile'],
  compliant: boolean,
  messages: string[],
): VerifyResult => ({
  profile,
  version: '1',
  compliant,
  rules: [{ rule: 'database', compliant, findings: messages.map((message) => finding(message)) }],
});
const files = { 'src/db.js': 'x', 'server.js': 'y' };

const record = (verify: VerifyResult[], rest: Partial<RunRecord> = {}): RunRecord => ({
  version: 1,
  id: 'a',
  createdAt: '2026-01-01T00:00:00Z',
  task: { id: 'express-sqlite', version: '1' },
  source: { kind: 'paste', label: 'pasted' },
  files,
  engine: { id: 'node', versions: {} },
  packages: {},
  substitutions: [],
  stages: [],
  log: [],
  logTruncated: false,
  verify,
  profile: 'parser',
  verdict: { kind: 'unscored', reason: 'x', detail: 'x' },
  ms: 1,
  ...rest,
});

describe('marks of a run', () => {
  it('tell a violation from evidence, and the profile that decides from the other', () => {
    const marks = marksOfRun(
      record([verified('parser', false, ['wrong driver']), verified('paper', true, ['imports sqlite'])]),
      files,
    );
    expect(marks.map(({ kind, profiles }) => [kind, profiles])).toEqual([
      ['violation', ['parser']],
      ['evidence', ['paper']],
    ]);
    const other = marksOfRun(
      record([verified('parser', true, []), verified('paper', false, ['text'])]),
      files,
    );
    expect(other).toMatchObject([{ kind: 'other', profiles: ['paper'] }]);
    expect([...marks, ...other].filter(isFault)).toHaveLength(2);
  });

  it('say once what both profiles say', () => {
    const both = marksOfRun(
      record([verified('parser', false, ['same']), verified('paper', true, ['same'])]),
      files,
    );
    expect(both).toHaveLength(2);
    const agreed = marksOfRun(
      record([verified('parser', true, ['same']), verified('paper', true, ['same'])]),
      files,
    );
    expect(agreed).toMatchObject([{ kind: 'evidence', profiles: ['parser', 'paper'] }]);
  });

  it('show where the server went wrong, and at which request', () => {
    const text = [
      'TypeError: x is not a function',
      '    at save (/home/project/src/db.js:7:3)',
      '    at next (/home/project/node_modules/express/lib/router.js:1:1)',
    ];
    const log = text.map((line) => ({ at: 105, stage: 'suite', stream: 'stderr', text: line }) as const);
    const exchange = {
      name: 'create',
      at: 100,
      ms: 10,
      request: { method: 'POST', target: '/api/articles?x=1', headers: [] },
      response: { status: 500, statusText: '', headers: [], body: '', truncated: false },
    };
    const suite = { suite: { id: 'conduit', version: '1' }, assertions: [], exchanges: [exchange] };
    const marks = marksOfRun(record([], { log, suite }), files);
    expect(marks).toMatchObject([
      {
        kind: 'error',
        path: 'src/db.js',
        line: 7,
        column: 3,
        message: '500 in POST /api/articles: TypeError: x is not a function',
      },
    ]);
  });

  it('are stale once their file was changed, and gone with it', () => {
    const marks = marksOfRun(record([verified('parser', false, ['wrong driver'])]), files);
    expect(whereStillThere(marks, files, { ...files, 'server.js': 'z' })).toMatchObject([{ stale: false }]);
    const stale = whereStillThere(marks, files, { ...files, 'src/db.js': 'z' });
    expect(stale).toMatchObject([{ stale: true }]);
    expect(faultsByFile(stale).get('src/db.js')).toEqual({ count: 1, stale: true });
    expect(whereStillThere(marks, files, { 'server.js': 'y' })).toEqual([]);
  });
});

describe('going through marks', () => {
  const at = (path: string, line: number, rest: Partial<Mark> = {}): Mark => ({
    kind: 'violation',
    path,
    line,
    column: 1,
    message: '',
    stale: false,
    ...rest,
  });
  const marks = [at('b.js', 2), at('a.js', 9), at('a.js', 4), at('c.js', 1, { kind: 'evidence' })];
  const beside = (path: string, line: number, direction: 'next' | 'previous', of = marks) => {
    const mark = markBeside(of, { path, line, column: 1 }, direction);
    return mark === undefined ? undefined : `${mark.path}:${mark.line}`;
  };

  it('follows files and lines, from the last to the first, and passes over evidence', () => {
    expect(beside('a.js', 4, 'next')).toBe('a.js:9');
    expect(beside('a.js', 9, 'next')).toBe('b.js:2');
    expect(beside('b.js', 2, 'next')).toBe('a.js:4');
    expect(beside('a.js', 4, 'previous')).toBe('b.js:2');
    expect(beside('a.js', 5, 'previous')).toBe('a.js:4');
    expect(beside('a.js', 1, 'next', [])).toBeUndefined();
  });

  it('takes what is out of date only when there is nothing else', () => {
    const stale = at('a.js', 1, { stale: true });
    expect(beside('z', 1, 'next', [stale, at('b.js', 2)])).toBe('b.js:2');
    expect(beside('z', 1, 'next', [stale])).toBe('a.js:1');
  });
});

describe('the document of a rule', () => {
  it('is read as headings, paragraphs, lists, tables and code', () => {
    const blocks = readBlocks(
      '# Title\n\nOne\ntwo `code`.\n\n## Head\n\n    a = 1\n\n    b = 2\n\n1. **x** y\n   z\n2. w\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n',
    );
    expect(blocks).toEqual([
      { kind: 'paragraph', text: 'One two `code`.' },
      { kind: 'heading', text: 'Head' },
      { kind: 'code', text: 'a = 1\n\nb = 2' },
      { kind: 'list', items: ['1. **x** y z', '2. w'] },
      { kind: 'table', head: ['a', 'b'], rows: [['1', '2']] },
    ]);
    expect(readSpans('see [here](../x.md) **or** `a|b`')).toEqual([
      { code: false, text: 'see here or ' },
      { code: true, text: 'a|b' },
    ]);
  });
});
