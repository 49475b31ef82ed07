import { findTask } from '../../tasks/index.ts';
import { verify } from '../index.ts';
import { largeSubmission } from './large-submission.ts';

/**
 * Times `verify` on a large submission, all rules of profile `parser`, again and again in one process: the first time
 * is what a fresh worker takes.
 * @param clock milliseconds
 * @returns milliseconds of each run, and what was verified
 */
export function bench(
  count: number,
  runs: number,
  clock: () => number,
): { files: number; characters: number; times: number[] } {
  const task = findTask('express-clean_architecture-sqlite-sequelize');
  if (task === undefined) throw new Error('the task of the measurement is not there any more');
  const files = largeSubmission(count);
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = clock();
    const { compliant, rules } = verify(task, files, 'parser');
    times.push(clock() - start);
    if (!compliant) throw new Error(`the large submission must be compliant: ${JSON.stringify(rules)}`);
  }
  return {
    files: Object.keys(files).length,
    characters: Object.values(files).reduce((sum, text) => sum + text.length, 0),
    times,
  };
}
