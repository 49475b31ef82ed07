import type { StageName } from '../../domain/run.ts';
import type { RunEvent } from '../../evaluate/types.ts';
import type { EngineChoice } from '../args.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../exit-codes.ts';
import { printable, type Io } from '../io.ts';
import { stageLine } from '../output/text.ts';
import type { Runner } from '../runner.ts';

/** Stages whose result is told in another way. */
const silent: readonly StageName[] = ['score'];

/** Tells how a run goes: a line for each stage that ended, and the submission's output when asked for. */
export function progressPrinter(
  io: Io,
  print: (line: string) => void,
  log: boolean,
): (event: RunEvent) => void {
  return (event) => {
    if (event.type === 'stage-end' && !silent.includes(event.record.name)) print(stageLine(io, event.record));
    if (event.type !== 'log') return;
    if (log) io.err(`${event.line.stage.padEnd(8)} | ${printable(event.line.text)}`);
  };
}

/** Text for people goes to standard output, unless a result was asked for there. */
export function textTarget(io: Io, results: readonly (string | undefined)[]): (text: string) => void {
  const piped = results.filter((target) => target === '-').length;
  if (piped > 1)
    throw new UsageError('Only one result can go to standard output. Give a file name for the other.');
  return piped === 1 ? (text) => io.err(text) : (text) => io.out(text);
}

/** Opens an engine, does the work with it and closes it in every case. */
export async function withRunner<T>(
  context: Context,
  engine: EngineChoice,
  work: (runner: Runner) => Promise<T>,
): Promise<T> {
  const runner = await context.openRunner(engine);
  try {
    return await work(runner);
  } finally {
    await runner.close();
  }
}
