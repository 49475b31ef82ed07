import type { RunRecord } from '../../domain/run.ts';
import { nativeWarning } from '../../engines/native/index.ts';
import { newmanCsv } from '../../postman/newman-csv.ts';
import { newmanJson } from '../../postman/newman-json.ts';
import type { RunCommand } from '../args.ts';
import { loadCollection } from '../collection-source.ts';
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
  const own = command.collection;
  const print = textTarget(io, [command.json, command.junit, own?.newmanJson, own?.newmanCsv]);
  const collection = own && { source: await loadCollection(own), role: own.role };
  const { files, source, notes } = await loadSubmission(command.path);
  for (const note of notes) io.err(note);
  if (command.engine === 'native') io.err(nativeWarning);
  const record = await withRunner(context, command.engine, (runner) =>
    runner.run(
      {
        task: command.task,
        files,
        source,
        profile: command.profile,
        ...(collection !== undefined && { collection }),
      },
      { signal, onEvent: progressPrinter(io, print, command.log) },
    ),
  );
  print(runReport(io, record));
  if (command.json !== undefined) await writeResult(io, command.json, JSON.stringify(record, undefined, 2));
  if (command.junit !== undefined) await writeResult(io, command.junit, junitReport(record));
  await writeNewman(io, own, record);
  return verdictCode(record);
}

/** What the collection gave, in the forms that Newman's users know. */
async function writeNewman(
  io: Context['io'],
  options: RunCommand['collection'],
  { collection }: RunRecord,
): Promise<void> {
  if (options === undefined || collection === undefined) return;
  const { newmanJson: json, newmanCsv: csv } = options;
  const { source, result } = collection;
  if (result === undefined) {
    if ((json ?? csv) !== undefined)
      io.err('The collection was not run, so there is no result of it to write.');
    return;
  }
  if (json !== undefined)
    await writeResult(io, json, JSON.stringify(newmanJson(source, result), undefined, 2));
  if (csv !== undefined) await writeResult(io, csv, newmanCsv(result));
}
