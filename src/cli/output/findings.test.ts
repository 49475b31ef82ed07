import { expect, it } from 'vitest';
import type { RuleResult, VerifyResult } from '../../domain/verdict.ts';
import { sarifReport } from './sarif.ts';
import { ruleLines } from './text.ts';

const place = { rule: 'database', file: 'src/a b.js', line: 3, column: 7 } as const;
const rules: RuleResult[] = [
  {
    rule: 'database',
    compliant: false,
    findings: [{ ...place, message: 'opens PostgreSQL' }],
    notes: [{ ...place, line: 9, message: 'pg is declared and never used' }],
  },
  {
    rule: 'orm',
    compliant: true,
    findings: [{ ...place, rule: 'orm', message: 'maps a model' }],
    notes: [{ ...place, rule: 'orm', file: '', message: 'raw SQL' }],
  },
];
const result: VerifyResult = { profile: 'parser', version: '1.0.0', compliant: false, rules };

it('writes violations as errors, notes as notes, and evidence not at all', () => {
  const log: unknown = JSON.parse(sarifReport(result, '9.9.9'));
  expect(log).toMatchObject({
    runs: [
      {
        results: [
          {
            ruleId: 'database',
            level: 'error',
            message: { text: 'opens PostgreSQL' },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: 'src/a%20b.js' },
                  region: { startLine: 3, startColumn: 7 },
                },
              },
            ],
          },
          { ruleId: 'database', level: 'note' },
          { ruleId: 'orm', ruleIndex: 1, level: 'note', message: { text: 'raw SQL' } },
        ],
      },
    ],
  });
});

it('prints reasons and notes of a rule', () => {
  const io = { colour: false, out: () => undefined, err: () => undefined };
  expect(ruleLines(io, rules[0] ?? { rule: 'orm', compliant: true, findings: [] })).toEqual([
    '  database     VIOLATED',
    '      src/a b.js:3:7 opens PostgreSQL',
    '      note: src/a b.js:9:7 pg is declared and never used',
  ]);
});
