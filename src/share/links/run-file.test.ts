import { describe, expect, it } from 'vitest';
import { limits } from '../../domain/limits.ts';
import type { RunRecord } from '../../domain/run.ts';
import { seal, type Json } from './canonical.ts';
import { claimOf } from './claim.ts';
import { gzip } from './gzip.ts';
import { makeFile, openFile, type OpenedFile } from './run-file.ts';
import { recordOf } from './testing/world.ts';

const record: RunRecord = recordOf('koa-unconstrained', {
  'run.sh': 'x',
  constructor: 'a name that objects have',
  'b.png': new Uint8Array([255, 0]),
});

async function bytes(records: readonly RunRecord[], compressed = true): Promise<Uint8Array<ArrayBuffer>> {
  const made = await makeFile(records, { compressed });
  if (!made.ok) throw new Error('no file');
  return made.bytes;
}
const encode = (value: unknown): Uint8Array<ArrayBuffer> => new TextEncoder().encode(JSON.stringify(value));
const code = (opened: OpenedFile): string | undefined => (opened.readable ? undefined : opened.fault.code);
type Content = { [key: string]: Json } & { runs: { [key: string]: Json }[] };

async function changed(change: (content: Content) => void, forge = false): Promise<OpenedFile> {
  const content = JSON.parse(new TextDecoder().decode(await bytes([record], false))) as Content;
  change(content);
  const { hash, ...rest } = content;
  return openFile(encode(forge ? await seal(rest) : { ...rest, hash }));
}

describe('a file of runs', () => {
  it.each([true, false])('brings back whole records (compressed: %s)', async (compressed) => {
    const other = { ...record, id: 'other' };
    const opened = await openFile(await bytes([record, other], compressed));
    expect(opened).toEqual({
      readable: true,
      records: [record, other],
      share: { runs: [claimOf(record), claimOf(other)] },
      seal: 'intact',
      faults: [],
    });
  });

  it('has a name and keeps its place', async () => {
    const made = await makeFile([record], { at: { run: 0, assertion: 'a' } });
    expect(made).toMatchObject({
      name: 'koa-unconstrained-2026-01-31T09-30-00.decay.json.gz',
      type: 'application/gzip',
    });
    const opened = made.ok && (await openFile(made.bytes));
    expect(opened).toMatchObject({ share: { at: { run: 0, assertion: 'a' } } });
  });

  it('is taken without a seal when it is a bare record', async () => {
    expect(await openFile(encode(record))).toMatchObject({ readable: true, seal: 'none', records: [record] });
  });

  it('is shown, and said to be changed, when its hash is not right', async () => {
    const opened = await changed(({ runs }) => Object.assign(runs[0] ?? {}, { ms: 1 }));
    expect(opened).toMatchObject({ readable: true, seal: 'broken', faults: [{ code: 'tampered' }] });
  });

  it.each([
    ['of a later version', (content: Content) => (content['version'] = 2), 'too-new'],
    [
      'with a record of a later version',
      ({ runs }: Content) => Object.assign(runs[0] ?? {}, { version: 2 }),
      'too-new',
    ],
    ['with a field more', ({ runs }: Content) => Object.assign(runs[0] ?? {}, { extra: 1 }), 'too-new'],
    [
      'with a path that leads out',
      ({ runs }: Content) => Object.assign(runs[0] ?? {}, { files: { '../x': '' } }),
      'damaged',
    ],
    [
      'with a score that does not fit',
      ({ runs }: Content) =>
        (runs[0] ?? {})['suite'] && Object.assign((runs[0] ?? {})['suite'] ?? {}, { assertions: [] }),
      'damaged',
    ],
    ['with a place in no run', (content: Content) => (content['at'] = { run: 3, assertion: 'a' }), 'damaged'],
    ['without runs', (content: Content) => (content.runs = []), 'damaged'],
  ])('is refused %s', async (_, change, expected) => {
    expect(code(await changed(change, true))).toBe(expected);
  });

  it('is refused when it is something else, or too large', async () => {
    expect(code(await openFile(encode({ hello: 1 })))).toBe('not-a-link');
    expect(code(await openFile(encode([])))).toBe('damaged');
    expect(code(await openFile(new TextEncoder().encode('PK')))).toBe('damaged');
    expect(code(await openFile((await bytes([record])).slice(0, 100)))).toBe('damaged');
    expect(code(await openFile(new Uint8Array(limits.runFileBytes + 1)))).toBe('oversized');
    const bomb = await gzip(new Uint8Array(limits.runFileJsonBytes + 1));
    expect(code(await openFile(bomb))).toBe('oversized');
  });
});
