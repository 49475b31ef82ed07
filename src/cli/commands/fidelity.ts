import type { RunRecord } from '../../domain/run.ts';
import { nativeWarning } from '../../engines/native/index.ts';
import type { EngineChoice, FidelityCommand } from '../args.ts';
import { compareRuns, type Comparison } from '../compare.ts';
import type { Context } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { paint, printable, writeResult } from '../io.ts';
import { percent } from '../output/text.ts';
import { loadSubmission, type LoadedSubmission } from '../submission.ts';
import { progressPrinter, textTarget, withRunner } from './progress.ts';

interface Compared {
  path: string;
  comparison: Comparison;
  browser: RunRecord;
  native: RunRecord;
}

const mostDifferences = 200;

function share({ total, agree }: { total: number; agree: number }): string {
  return total === 0 ? 'none to compare' : `${agree} of ${total} agree (${percent(agree / total)})`;
}

function describe({ comparison }: Compared): string[] {
  const lines = [
    `  assertions  ${share(comparison.assertions)}`,
    `  statuses    ${share(comparison.exchanges)}`,
  ];
  for (const { side, detail } of comparison.unscored)
    lines.push(`  ${side} run is unscored: ${printable(detail)}`);
  for (const { side, detail } of comparison.untested)
    lines.push(`  ${side} run came to no request: ${printable(detail)}`);
  for (const { kind, what, browser, native } of comparison.differences.slice(0, mostDifferences)) {
    lines.push(
      `  ${kind} ${what}`,
      `      browser ${printable(browser)}`,
      `      native  ${printable(native)}`,
    );
  }
  const more = comparison.differences.length - mostDifferences;
  if (more > 0) lines.push(`  … and ${more} more differences; --json has them all`);
  return lines;
}

function sum(all: readonly Compared[], of: 'assertions' | 'exchanges'): { total: number; agree: number } {
  return {
    total: all.reduce((total, { comparison }) => total + comparison[of].total, 0),
    agree: all.reduce((agree, { comparison }) => agree + comparison[of].agree, 0),
  };
}

async function runOn(
  context: Context,
  engine: EngineChoice,
  submission: LoadedSubmission,
  command: FidelityCommand,
  print: (line: string) => void,
): Promise<RunRecord> {
  const { task, profile, log } = command;
  const { files, source } = submission;
  const onEvent = progressPrinter(context.io, (line) => print(`  ${engine.padEnd(7)} ${line}`), log);
  return withRunner(context, engine, (runner) =>
    runner.run({ task, files, source, profile }, { signal: context.signal, onEvent }),
  );
}

/** Compares the browser engine with real processes, submission by submission. */
export async function compareEngines(context: Context, command: FidelityCommand): Promise<ExitCode> {
  const { io } = context;
  const print = textTarget(io, [command.json]);
  const submissions: [string, LoadedSubmission][] = [];
  for (const path of command.paths) {
    const loaded = await loadSubmission(path);
    submissions.push([path, loaded]);
    for (const note of loaded.notes) io.err(`${path}: ${note}`);
  }
  io.err(nativeWarning);
  const all: Compared[] = [];
  for (const [path, submission] of submissions) {
    print(path);
    const browser = await runOn(context, command.task.language, submission, command, io.err.bind(io));
    const native = await runOn(context, 'native', submission, command, io.err.bind(io));
    const compared = { path, comparison: compareRuns(browser, native), browser, native };
    all.push(compared);
    print(describe(compared).join('\n'));
  }
  const [assertions, exchanges] = [sum(all, 'assertions'), sum(all, 'exchanges')];
  const unscored = all.some(({ comparison }) => comparison.unscored.length > 0);
  const agree = all.every(({ comparison }) => comparison.differences.length === 0);
  const versions = (record: RunRecord | undefined) =>
    Object.entries(record?.engine.versions ?? {})
      .map(([name, version]) => `${name} ${version}`)
      .join(', ');
  print(`browser: ${versions(all[0]?.browser)}\nnative:  ${versions(all[0]?.native)}`);
  const word = unscored
    ? paint(io, 'yellow', 'UNSCORED')
    : agree
      ? paint(io, 'green', 'AGREES')
      : paint(io, 'red', 'DIFFERS');
  print(`${word}  assertions: ${share(assertions)}; statuses: ${share(exchanges)}`);
  if (command.json !== undefined) {
    const report = { task: command.task.id, agree, unscored, assertions, exchanges, submissions: all };
    await writeResult(io, command.json, JSON.stringify(report, undefined, 2));
  }
  if (unscored) return ExitCode.unscored;
  return agree ? ExitCode.passed : ExitCode.failed;
}
