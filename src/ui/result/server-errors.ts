import type { RunRecord } from '../../domain/run.ts';
import type { Run } from '../runs/run.svelte.ts';
import { serverErrors } from './exchange-context.ts';
import type { StackTrace } from './stack-trace.ts';

type ByExchange = ReadonlyMap<number, readonly StackTrace[]>;

/** Reading a long log takes time: it is done once a record, when the first assertion of it is opened. */
const read = new WeakMap<RunRecord, ByExchange>();
const none: ByExchange = new Map();

/** The stack traces of a finished run, by index of the exchange they belong to; none while it is under way. */
export function serverErrorsOf(run: Run): ByExchange {
  const { record } = run;
  if (record === undefined) return none;
  const known = read.get(record);
  if (known !== undefined) return known;
  // Output kept by stage: what was written while the server was tested, and not the install's.
  const from = record.log.findIndex(({ stage }) => stage === 'suite');
  const log = from === -1 ? [] : record.log;
  const errors = serverErrors(record.suite?.exchanges ?? [], log, new Set(Object.keys(record.files)));
  read.set(record, errors);
  return errors;
}
