import { expect, it } from 'vitest';
import { smallRecord } from '../../store/testing/records.ts';
import { report, type ReportChoice, type ReportParts } from './report.ts';

const planted = {
  known: 'the-key-that-the-page-keeps',
  service: 'sk-proj-abcdefghijklmnop1234',
  header: 'abc-in-a-header',
  value: 'hunter22-in-a-file',
  output: 'hunter33-in-the-output',
  error: 'sk-ant-abcdefghijklmnop5678',
};

const record = smallRecord({
  files: { '.env': `DB_PASSWORD=${planted.value}\nKEY=${planted.service}\n`, 'run.sh': 'exec node .' },
  log: [{ at: 1, stage: 'start', stream: 'stdout', text: `token: ${planted.output} ${planted.known}` }],
  generation: {
    model: { id: 'big', provider: `https://${planted.known}.example` },
    parameters: {},
    prompts: [{ kind: 'custom', text: 'our own idea' }],
    trajectory: [
      {
        kind: 'turn',
        label: 'plan',
        sent: [{ role: 'user', text: 'our own idea' }],
        text: 'exec node . in a file of the answer',
        finish: 'stop',
        ms: 1,
      },
      { kind: 'note', text: 'a person wrote our own idea' },
    ],
  },
  suite: {
    suite: { id: 'conduit', version: '1.0.0' },
    assertions: [],
    exchanges: [
      {
        name: 'x',
        request: { method: 'GET', target: '/api/user', headers: [['Authorization', planted.header]] },
        ms: 1,
      },
    ],
  },
});

const parts: ReportParts = {
  record,
  errors: [{ at: '2026-01-01T00:00:00.000Z', message: `401 for ${planted.error}` }],
  checks: [{ name: 'shared memory', ok: true }],
  browser: { userAgent: 'test' },
  secrets: [planted.known],
  now: new Date('2026-01-01T00:00:00.000Z'),
};
const all: ReportChoice = { run: true, traffic: true, files: true, thorough: true };

it('holds what is needed and none of the planted secrets', () => {
  const text = report(parts, all);
  for (const secret of Object.values(planted)) expect(text).not.toContain(secret);
  for (const needed of ['/api/user', 'shared memory', 'exec node .', '"userAgent": "test"', 'needs-registry'])
    expect(text).toContain(needed);
});

it('keeps keys out also when what is likely a secret may stay', () => {
  const text = report(parts, { ...all, thorough: false });
  for (const secret of [planted.known, planted.service, planted.error]) expect(text).not.toContain(secret);
  for (const own of [planted.value, planted.header, planted.output]) expect(text).toContain(own);
});

it('leaves out what was not chosen, and the words of own prompts always', () => {
  const text = report(parts, { ...all, files: false, traffic: false });
  expect(text).not.toContain('exec node .');
  expect(text).not.toContain('/api/user');
  expect(text).toContain('"run.sh": 11');
  expect(JSON.parse(text)).toMatchObject({
    run: { generation: { prompts: 1, trajectory: ['turn', 'note'] } },
  });
  expect(report(parts, all)).not.toContain('our own idea');
  expect(report(parts, { ...all, run: false })).not.toContain('needs-registry');
});

it('shows what cannot be seen as escapes, and stays JSON', () => {
  const trick = 'a\u202eb\u200b\u{e0001}c\n';
  const text = report({ ...parts, errors: [{ at: '', message: trick }] }, all);
  expect(text).toContain('a\\u202eb\\u200b\\udb40\\udc01c\\n');
  expect(JSON.parse(text)).toMatchObject({ errors: [{ message: trick }] });
});
