import { describe, expect, it } from 'vitest';
import { smallRecord } from '../../store/testing/records.ts';
import { redact, redactText, removed, suspiciousFiles } from './redact.ts';

const thorough = { known: ['correct-horse-battery'], likely: true };
const keys = [
  'sk-proj-abcdefghijklmnop1234',
  'gsk_abcdefghijklmnop1234567',
  'github_pat_11ABCDEFG0123456789abc',
  'AKIAIOSFODNN7EXAMPLE',
  `AIza${'x'.repeat(35)}`,
  '-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----',
];

describe('redactText', () => {
  it.each(keys)('removes %s even when asked to be gentle', (key) => {
    const clean = redactText(`before ${key} after`, { known: [], likely: false });
    expect(clean).toBe(`before ${removed} after`);
  });

  it('removes the secrets that the page knows, wherever they are', () => {
    expect(redactText('xcorrect-horse-batteryx', { ...thorough, likely: false })).toBe(`x${removed}x`);
  });

  it.each([
    ['Authorization: Token abcdef123456', 'abcdef123456'],
    ['{"password":"hunter22"}', 'hunter22'],
    ['{\\"password\\":\\"hunter22\\"}', 'hunter22'],
    ['DB_PASSWORD=hunter22', 'hunter22'],
    ["export const JWT_SECRET = 'hunter22';", 'hunter22'],
    ['postgres://ann:hunter22@db.example/x', 'hunter22'],
    ['redis://:hunter22@db.example/x', 'hunter22'],
    ['got eyJhbGciOiJIUzI1NiJ9.eyJpZCI6MX0.c2lnbmF0dXJl', 'eyJpZCI6MX0'],
  ])('removes what is likely a secret, on choice: %s', (text, secret) => {
    expect(redactText(text, thorough)).not.toContain(secret);
    expect(redactText(text, { known: [], likely: false })).toBe(text);
  });

  it('is not kept busy by texts that are made for it', () => {
    for (const text of [
      'a'.repeat(300_000),
      'eyJ'.repeat(100_000),
      'token='.repeat(50_000),
      'a:'.repeat(100_000),
    ])
      expect(redactText(text, thorough).length).toBeLessThanOrEqual(text.length);
  }, 20_000);

  it('leaves code and prose alone', () => {
    for (const text of ['const token = sign(user);', 'the status is not 201', 'https://example.com/a?b=c'])
      expect(redactText(text, thorough)).toBe(text);
  });
});

it('cleans names, values and header lines of a whole value', () => {
  const clean = JSON.stringify(
    redact(
      {
        headers: [
          ['Authorization', 'anything at all'],
          ['X-Auth-Token', 'a b'],
          ['Accept', 'text/html'],
        ],
        [String(keys[0])]: { deep: [[`x ${keys[1]}`]] },
        n: 3,
        none: null,
      },
      thorough,
    ),
  );
  expect(clean).toBe(
    `{"headers":[["Authorization","${removed}"],["X-Auth-Token","${removed}"],["Accept","text/html"]],"${removed}":{"deep":[["x ${removed}"]]},"n":3,"none":null}`,
  );
});

it('points at files that look as if they held a real secret, not at made-up values of a backend', () => {
  const files = {
    '.env': 'A=1',
    '.env.example': 'A=',
    'src/config.js': "export const JWT_SECRET = 'conduit-secret';",
    'src/mail.js': `const key = '${keys[0]}';`,
    'certs/server.pem': 'x',
    'logo.png': { base64: '/9j/' },
  };
  expect(suspiciousFiles([smallRecord({ files })])).toEqual(['.env', 'src/mail.js', 'certs/server.pem']);
});

it('points at a collection whose environment does', () => {
  const source = { fileName: 'checks.json', collection: '{}' };
  const of = (more: object) =>
    suspiciousFiles([smallRecord({ collection: { role: 'beside', source: { ...source, ...more } } })]);
  expect(of({ environment: '{"values":[{"key":"host","value":"x","type":"default"}]}' })).toEqual([]);
  expect(of({ environment: '{"values":[{"key":"k","value":"x","type": "secret"}]}' })).toEqual([
    'checks.json',
  ]);
  expect(of({ variables: { KEY: `${keys[0]}` } })).toEqual(['checks.json']);
});
