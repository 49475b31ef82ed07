import { beforeAll, describe, expect, it } from 'vitest';
import { limits } from '../../domain/limits.ts';
import { toBase64Url } from './base64url.ts';
import { claimOf, shareOf } from './claim.ts';
import { describeFault, type LinkFault } from './faults.ts';
import { builtIn, makeLink, openLink, type Opened } from './link.ts';
import type { Share } from './shared-run.ts';
import { contentOf, linkTo, rewrite, type Changeable } from './testing/rewrite.ts';
import { libraryOf, recordOf } from './testing/world.ts';

const task = 'koa-unconstrained';
const server = Array.from({ length: 40 }, (_, n) => `router.get('/path/${n}', handler${n * 31});\n`).join('');
const content = { [task]: { 'server.js': server, 'run.sh': '#!/usr/bin/env bash\nexec node server.js\n' } };
const here = { ...builtIn, references: libraryOf(content) };
const files = {
  'run.sh': '#!/usr/bin/env bash\nexec node server.js\n',
  'server.js': server.replace('/path/7', '/changed'),
  'own.js': 'module.exports = 1;\n',
  constructor: 'a name that objects have\n',
  'logo.png': new Uint8Array([0xff, 0xd8, 0]),
};

async function link(share: Share): Promise<string> {
  const made = await makeLink(share, here);
  if (!made.ok) throw new Error(describeFault(made.fault));
  return made.fragment;
}
function readable(opened: Opened): Extract<Opened, { readable: true }> {
  if (!opened.readable) throw new Error(describeFault(opened.fault));
  return opened;
}
const fault = async (fragment: string, place = here): Promise<LinkFault | undefined> => {
  const opened = await openLink(fragment, place);
  return opened.readable ? undefined : opened.fault;
};
const firstRun = (json: Changeable): Changeable => (json['runs'] as Changeable[])[0] ?? {};

const record = recordOf(task, files, { failed: [3, 7, 8], unreached: [20, 21, 22], compliant: false });
let fragment = '';
beforeAll(async () => {
  fragment = await link(shareOf([record], { run: 0, assertion: record.suite?.assertions[3]?.id ?? '' }));
});

describe('a link', () => {
  it('brings back what was shared', async () => {
    const opened = readable(await openLink(fragment, here));
    expect(opened.seal).toBe('intact');
    expect(opened.faults).toEqual([]);
    expect(opened.share.runs).toEqual([claimOf(record)]);
    expect(opened.share.at).toEqual({ run: 0, assertion: record.suite?.assertions[3]?.id });
  });

  it('is opened with and without its mark, and known by its beginning', async () => {
    expect((await openLink(fragment.slice(1), here)).readable).toBe(true);
  });

  it('holds nothing of what a reference has, and a changed line alone of what is near one', async () => {
    const json = JSON.stringify(firstRun(await contentOf(fragment))['files']);
    expect(json).not.toContain('/path/9');
    expect(json).toContain('changed');
    expect(json).toContain('module.exports');
  });

  it('holds several runs over the same references', async () => {
    const other = recordOf(task, { ...files, 'server.js': server });
    const both = await link(shareOf([record, other]));
    expect(both.length).toBeLessThan(fragment.length * 1.5);
    const { runs } = readable(await openLink(both, here)).share;
    expect(runs).toEqual([claimOf(record), claimOf(other)]);
  });

  it('holds how a model was asked, and a collection of the user’s own', async () => {
    const generation = {
      model: { id: 'big-model', provider: 'someone' },
      parameters: { temperature: 0.2, seed: 7 },
      prompts: [
        { kind: 'template' as const, version: '1.0.0' },
        { kind: 'custom' as const, text: 'Use tabs.' },
      ],
    };
    const suite = {
      suite: { id: 'postman', version: 'abcdef' },
      assertions: [{ id: 'a#1:b', group: 'A', endpoint: 'GET /b', sentence: 'b', status: 'passed' as const }],
      exchanges: [],
    };
    const score = { passed: 1, failed: 0, notReached: 0, total: 1, raw: 1, strict: 1, pass: true };
    const run = {
      ...recordOf(task, files),
      generation,
      suite,
      collection: { role: 'instead' as const, source: { fileName: 'c.json', collection: '{"item":[]}' } },
      verdict: { kind: 'scored' as const, score },
    };
    expect(readable(await openLink(await link(shareOf([run])), here)).share.runs).toEqual([claimOf(run)]);
    const talked = { ...generation, trajectory: [{ kind: 'note' as const, text: 'long' }] };
    expect(claimOf({ ...run, generation: talked })).toEqual(claimOf(run));
  });

  it('cuts long texts, and leaves out those beyond the limit of all', async () => {
    const long = recordOf(task, files, { failed: Array.from({ length: 700 }, (_, n) => n) });
    long.suite?.assertions.forEach((one, at) => {
      if (one.status === 'failed') one.got = `${at}-${'x'.repeat(500)}`;
    });
    const { runs } = readable(await openLink(await link(shareOf([long])), here)).share;
    expect(runs[0]?.suite?.assertions[0]?.got).toHaveLength(limits.linkTextLength);
    expect(runs[0]?.suite?.assertions[699]).not.toHaveProperty('got');
    expect(runs[0]?.suite?.assertions.map(({ status }) => status)).toEqual(
      long.suite?.assertions.map(({ status }) => status),
    );
  });

  it('is refused when it would be too long, with what to do', async () => {
    const noise = Array.from({ length: 9_000 }, (_, n) => Math.sin(n).toString(36)).join('');
    const made = await makeLink(shareOf([recordOf(task, { 'run.sh': noise })]), here);
    expect(made).toMatchObject({ ok: false, fault: { code: 'oversized', what: 'text' } });
    expect(describeFault(made.ok ? { code: 'tampered' } : made.fault)).toContain('as a file');
  });
});

describe('a link that was changed', () => {
  it.each([
    ['the verdict', (json: Changeable) => (firstRun(json)['profile'] = 'paper')],
    ['a text', (json: Changeable) => (firstRun(json)['createdAt'] = '2020-01-01T00:00:00.000Z')],
    ['the place', (json: Changeable) => delete json['at']],
    ['its form', (json: Changeable) => (firstRun(json)['task'] = { id: '../etc', version: '1' })],
  ])('is found out: %s', async (_, change) => {
    const opened = await openLink(await rewrite(fragment, change), here);
    if (opened.readable) expect(opened).toMatchObject({ seal: 'broken', faults: [{ code: 'tampered' }] });
    else expect(opened.fault).toEqual({ code: 'tampered' });
  });

  it('is shown, and said not to be as it was made', async () => {
    const changed = await rewrite(fragment, (json) => (firstRun(json)['ms'] = 1));
    const opened = readable(await openLink(changed, here));
    expect(opened.share.runs[0]?.files).toEqual(claimOf(record).files);
    expect(opened.seal).toBe('broken');
  });

  it.each([
    [
      'a pass with failures',
      { passed: 886, failed: 0, notReached: 0, total: 886, raw: 1, strict: 1, pass: true },
    ],
    [
      'counts that do not add up',
      { passed: 1, failed: 0, notReached: 0, total: 886, raw: 1, strict: 1, pass: true },
    ],
  ])('and sealed anew is refused when it contradicts itself: %s', async (_, score) => {
    const forge = (json: Changeable): unknown => (firstRun(json)['verdict'] = { kind: 'scored', score });
    expect(await fault(await rewrite(fragment, forge, { forge: true }))).toMatchObject({ code: 'damaged' });
  });
});

describe('a link that cannot be opened', () => {
  it.each([
    ['nothing', '', 'not-a-link'],
    ['another fragment', '#help', 'not-a-link'],
    ['a later form', '#r2.abc', 'too-new'],
    ['characters that no link has', '#r1.ab+/', 'damaged'],
    ['no gzip', '#r1.AAAA', 'damaged'],
    ['nothing in it', '#r1.', 'damaged'],
    ['too many characters', `#r1.${'A'.repeat(limits.linkCharacters)}`, 'oversized'],
  ])('has %s', async (_, text, code) => expect(await fault(text)).toMatchObject({ code }));

  it('was cut off, or had a character changed', async () => {
    for (const end of [10, 50, -1, -10]) {
      expect(await fault(fragment.slice(0, end))).toMatchObject({ code: 'damaged' });
    }
    const at = Math.floor(fragment.length / 2);
    const other = fragment[at] === 'A' ? 'B' : 'A';
    expect(await fault(fragment.slice(0, at) + other + fragment.slice(at + 1))).toMatchObject({
      code: 'damaged',
    });
  });

  it('inflates without end', async () => {
    const bomb = await linkTo(`{"version":1,"x":"${'0'.repeat(limits.linkBytes)}"}`);
    expect(bomb.length).toBeLessThan(limits.linkCharacters);
    expect(await fault(bomb)).toMatchObject({ code: 'oversized', what: 'content' });
  });

  it.each([
    ['no JSON', '{', 'damaged'],
    ['a list', [], 'damaged'],
    ['no version', {}, 'damaged'],
    ['a later version', { version: 2 }, 'too-new'],
    ['what nests without end', `{"version":1,"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, 'damaged'],
    ['no UTF-8', new Uint8Array([0x7b, 0xff]), 'damaged'],
  ])('holds %s', async (_, json, code) => {
    const { gzip } = await import('./gzip.ts');
    const text =
      json instanceof Uint8Array
        ? `#r1.${toBase64Url(await gzip(new Uint8Array(json)))}`
        : await linkTo(json);
    expect(await fault(text)).toMatchObject({ code });
  });

  it.each([
    ['a field more', (json: Changeable) => (json['extra'] = 1)],
    ['a field more in a run', (json: Changeable) => (firstRun(json)['extra'] = 1)],
    ['a field more in a task', (json: Changeable) => ((firstRun(json)['task'] as Changeable)['extra'] = 1)],
  ])('has %s, from a later version', async (_, change) => {
    const found = await fault(await rewrite(fragment, change, { forge: true }));
    expect(found).toMatchObject({ code: 'too-new', what: expect.stringContaining('extra') });
  });

  it.each([
    ['leads out', '../x', 'damaged'],
    ['is absolute', '/etc/passwd', 'damaged'],
    ['is there twice', 'own.js', 'damaged'],
    ['is a prototype', '__proto__', 'damaged'],
  ])('has a path that %s', async (_, path, code) => {
    const add = (json: Changeable): void => {
      ((firstRun(json)['files'] as Changeable)['own'] as unknown[]).push([path, 'x']);
    };
    expect(await fault(await rewrite(fragment, add, { forge: true }))).toMatchObject({ code });
  });

  it.each([
    ['a reference that is not named', [['x.js', 9, 'server.js']], 'damaged'],
    ['outside of a file', [['x.js', 0, 'server.js', [0, 1e6]]], 'damaged'],
    [
      'a file again and again',
      [['x.js', 0, 'server.js', Array.from({ length: 9_000 }, (_, n) => [n && -1_000, 1_000]).flat()]],
      'oversized',
    ],
    ['no base64', [['x.bin', { base64: '*' }]], 'damaged'],
  ])('takes %s', async (_, own, code) => {
    const change = (json: Changeable): void => {
      ((firstRun(json)['files'] as Changeable)['own'] as unknown[]).push(...own);
    };
    expect(await fault(await rewrite(fragment, change, { forge: true }))).toMatchObject({ code });
  });

  it('holds too many runs', async () => {
    const many = (json: Changeable): unknown =>
      (json['runs'] = Array.from({ length: limits.sharedRuns + 1 }, () => firstRun(json)));
    expect(await fault(await rewrite(fragment, many, { forge: true }))).toMatchObject({ what: 'runs' });
    const runs = Array.from({ length: limits.sharedRuns + 1 }, () => claimOf(record));
    expect(await makeLink({ runs }, here)).toMatchObject({ ok: false, fault: { what: 'runs' } });
  });
});

describe('a link from another time', () => {
  it('is shown as claimed, without files, when the text of a reference has changed or is gone', async () => {
    const changed = {
      ...here,
      references: libraryOf({ [task]: { ...content[task], 'server.js': 'other' } }),
    };
    const gone = { ...here, references: libraryOf({}) };
    for (const [place, reason] of [
      [changed, 'changed'],
      [gone, 'missing'],
    ] as const) {
      const opened = readable(await openLink(fragment, place));
      expect(opened.faults).toEqual([{ code: 'unknown-reference', references: [{ id: task, reason }] }]);
      expect(opened.share.runs[0]?.files).toBeUndefined();
      expect(opened.share.runs[0]?.suite?.assertions).toHaveLength(record.suite?.assertions.length ?? 0);
    }
  });

  it('does not mind a file of the reference that it does not use', async () => {
    const own = await link(shareOf([recordOf(task, { 'server.js': files['server.js'] })]));
    const references = libraryOf({ [task]: { ...content[task], 'run.sh': 'changed since' } });
    expect(readable(await openLink(own, { ...here, references })).faults).toEqual([]);
  });

  it('keeps its verdict when its suite is not known any more, and says so', async () => {
    const suites = { find: () => undefined, current: () => '9.0.0' };
    const opened = readable(await openLink(fragment, { ...here, suites }));
    expect(opened.faults).toMatchObject([{ code: 'unknown-version', what: 'suite', known: '9.0.0' }]);
    expect(opened.share.runs[0]?.suite).toMatchObject({ total: 886, assertions: [] });
    expect(opened.share.runs[0]?.verdict).toEqual(record.verdict);
  });

  it('says when its tasks are of another version, or its task is not known', async () => {
    const old = await link(shareOf([{ ...record, task: { id: task, version: '0.9.0' } }]));
    expect(readable(await openLink(old, here)).faults).toMatchObject([
      { what: 'task-version', claimed: '0.9.0' },
    ]);
    const strange = await link(
      shareOf([{ ...record, task: { id: 'rocket-unconstrained', version: '1.0.0' } }]),
    );
    expect(readable(await openLink(strange, here)).faults).toMatchObject([{ what: 'task' }]);
  });

  it('has a sentence with advice for every fault', () => {
    const faults: LinkFault[] = [
      { code: 'not-a-link' },
      { code: 'damaged', detail: 'x' },
      { code: 'tampered' },
      { code: 'too-new', what: 'x' },
      ...(['text', 'content', 'files', 'runs'] as const).map((what): LinkFault => ({
        code: 'oversized',
        what,
        most: '9',
      })),
      { code: 'unknown-reference', references: [{ id: 'x', reason: 'changed' }] },
      ...(['task', 'task-version', 'suite'] as const).map((what): LinkFault => ({
        code: 'unknown-version',
        what,
        claimed: '1',
        known: '2',
      })),
    ];
    for (const one of faults) {
      for (const thing of ['link', 'file'] as const)
        expect(describeFault(one, thing)).toMatch(/^[A-Z].*\. ?.*\.$/);
    }
  });
});
