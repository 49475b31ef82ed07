import type { CollectionResult } from '../domain/collection.ts';

const columns = ['requestName', 'method', 'code', 'totalAssertions', 'executedCount', 'failedCount'] as const;

/**
 * The table of published results: one line for each request that was run. `executedCount` counts the tests that
 * passed, `failedCount` those that failed; skipped ones are in `totalAssertions` only. Quoted as in RFC 4180.
 */
export function newmanCsv({ executions, exchanges }: CollectionResult): string {
  const rows = executions
    .filter(({ sent }) => sent.total > 0)
    .map(({ name, method, exchange, assertions }) => {
      const count = (status: string) => assertions.filter((assertion) => assertion.status === status).length;
      const code = exchange === undefined ? undefined : exchanges[exchange]?.response?.status;
      return [name, method, code ?? '', assertions.length, count('passed'), count('failed')];
    });
  return [columns, ...rows].map((cells) => `${cells.map(quote).join(',')}\r\n`).join('');
}

/** Text that a table program would take for a formula is marked as text: whoever wrote the collection named the requests. */
function quote(cell: string | number): string {
  const text = String(cell).replace(/^(?=[=+\-@\t\r])/, "'");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
