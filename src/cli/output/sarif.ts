import type { Finding, VerifyResult } from '../../domain/verdict.ts';

const descriptions = {
  architecture:
    'Layers (routes, services, repositories, models) lie in directories of their own and depend only downwards.',
  database: 'The database that the task names is used, and no other.',
  orm: 'The object-relational mapper that the task names is used.',
  framework: 'The web framework that the task names is used.',
} as const;

/**
 * Verifier findings as SARIF 2.1.0 (OASIS), for code-scanning tools. Only violations are results.
 * @param version - Version of this program.
 */
export function sarifReport(result: VerifyResult, version: string): string {
  const violated = result.rules.filter(({ compliant }) => !compliant);
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
        results: violated.flatMap(({ rule, findings }) =>
          // A violation without a place is still a result.
          (findings.length > 0 ? findings : [nowhere(rule)]).map((finding) => ({
            ruleId: rule,
            ruleIndex: result.rules.findIndex((other) => other.rule === rule),
            level: 'error',
            message: { text: finding.message },
            ...(finding.file === ''
              ? {}
              : {
                  locations: [
                    {
                      physicalLocation: {
                        artifactLocation: { uri: finding.file.split('/').map(encodeURIComponent).join('/') },
                        region: { startLine: finding.line, startColumn: finding.column },
                      },
                    },
                  ],
                }),
          })),
        ),
      },
    ],
  };
  return JSON.stringify(log, undefined, 2);
}

function nowhere(rule: Finding['rule']): Finding {
  return { rule, file: '', line: 1, column: 1, message: `${rule} is violated` };
}
