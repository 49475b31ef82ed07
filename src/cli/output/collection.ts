import type { RunRecord } from '../../domain/run.ts';
import { newmanStats } from '../../postman/newman-stats.ts';
import { paint, printable, type Io } from '../io.ts';

const most = 50;
const longestText = 300;

/** What a user's own collection gave, for people. Empty without one. */
export function collectionLines(io: Io, { collection }: RunRecord): string[] {
  if (collection === undefined) return [];
  const { role, source, result } = collection;
  const short = (text: string) => printable(text.replaceAll('\n', ' ')).slice(0, longestText);
  const head = `Collection ${short(source.fileName)} (${role === 'instead' ? 'in place of' : 'beside'} the suite)`;
  if (result === undefined) return ['', `${head}: not run`];
  const { requests, assertions } = newmanStats(result);
  const counts = `${requests.total} requests, ${assertions.total - assertions.failed} of ${assertions.total} tests`;
  const lines = ['', `${head}: ${short(result.name)}`, `  ${counts}`];
  if (result.stopped !== undefined) lines.push(`  ${paint(io, 'red', 'stopped')}: ${short(result.stopped)}`);
  for (const address of result.standIns) lines.push(`  ${short(address)} stood for the submission`);
  const failures = result.executions.flatMap(({ folders, name, error, assertions: tests, scriptErrors }) => {
    const place = short([...folders, name].join(' / '));
    const failed = tests.filter(({ status }) => status === 'failed');
    return [
      ...(error === undefined ? [] : [`  ${place}: no answer: ${short(error)}`]),
      // In place of the suite, tests are listed as its assertions already.
      ...(role === 'beside' ? failed : []).map(
        (test) => `  ${place}: ${short(test.name)}: ${short(test.error?.message ?? '')}`,
      ),
      ...scriptErrors.map(
        (thrown) => `  ${place}: ${thrown.at}: ${short(`${thrown.name}: ${thrown.message}`)}`,
      ),
    ];
  });
  lines.push(...failures.slice(0, most));
  if (failures.length > most)
    lines.push(`  … and ${failures.length - most} more; --newman-json has them all`);
  return lines;
}
