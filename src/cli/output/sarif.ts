import type { Finding, VerifyResult } from '../../domain/verdict.ts';

const descriptions = {
  architecture:
    'Layers (routes, services, repositories, models) lie in directories of their own and depend only downwards.',
  database: 'The database that the task names is used, and no other.',
  orm: 'The object-relational mapper that the task names is used.',
  framework: 'The web framework that the task names is used.',
} as const;

/**
 * Verifier findings as SARIF 2.1.0 (OASIS), for code-scanning tools: violations as errors, notes as notes.
 * @param version - Version of this program.
 */
export function sarifReport(result: VerifyResult, version: string): string {
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'decay',
            version,
            rules: result.rules.map(({ rule }) => ({
              id: rule,
              shortDescription: { text: descriptions[rule] },
              defaultConfiguration: { level: 'error' },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        properties: { profile: result.profile, verifierVersion: result.version },
        results: result.rules.flatMap(({ rule, compliant, findings, notes = [] }, ruleIndex) => [
          ...(compliant ? [] : findings.length > 0 ? findings : [nowhere(rule)]).map((finding) =>
            toResult(finding, ruleIndex, 'error'),
          ),
          ...notes.map((note) => toResult(note, ruleIndex, 'note')),
        ]),
      },
    ],
  };
  return JSON.stringify(log, undefined, 2);
}

function toResult(finding: Finding, ruleIndex: number, level: 'error' | 'note'): object {
  const { rule, file, line, column, message } = finding;
  const result = { ruleId: rule, ruleIndex, level, message: { text: message } };
  if (file === '') return result;
  const artifactLocation = { uri: file.split('/').map(encodeURIComponent).join('/') };
  const region = { startLine: line, startColumn: column };
  return { ...result, locations: [{ physicalLocation: { artifactLocation, region } }] };
}

/** A violation without a place is still a result. */
function nowhere(rule: Finding['rule']): Finding {
  return { rule, file: '', line: 1, column: 1, message: `${rule} is violated` };
}
