import type { RunRecord } from '../../domain/run.ts';
import { nativeWarning } from '../../engines/native/index.ts';
import type { RunCommand } from '../args.ts';
import type { Context } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { writeResult } from '../io.ts';
import { junitReport } from '../output/junit.ts';
import { runReport } from '../output/text.ts';
import { loadSubmission } from '../submission.ts';
import { progressPrinter, textTarget, withRunner } from './progress.ts';

/** The exit code that a verdict stands for. */
export function verdictCode({ verdict }: RunRecord): ExitCode {
  if (verdict.kind === 'unscored') return ExitCode.unscored;
  return verdict.score.pass ? ExitCode.passed : ExitCode.failed;
}

/** Runs one submission to its verdict. */
export async function runSubmission(context: Context, command: RunCommand): Promise<ExitCode> {
  const { io, signal } = context;
  const print = textTarget(io, [command.json, command.junit]);
  const { files, source, notes } = await loadSubmission(command.path);
  for (const note of notes) io.err(note);
  if (command.engine === 'native') io.err(nativeWarning);
  const record = await withRunner(context, command.engine, (runner) =>
    runner.run(
      { task: command.task, files, source, profile: command.profile },
      { signal, onEvent: progressPrinter(io, print, command.log) },
    ),
  );
  print(runReport(io, record));
  if (command.json !== undefined) await writeResult(io, command.json, JSON.stringify(record, undefined, 2));
  if (command.junit !== undefined) await writeResult(io, command.junit, junitReport(record));
  return verdictCode(record);
}
