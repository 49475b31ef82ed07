import { verifyEveryProfile } from '../../../verifiers/every-profile.ts';
import type { VerifyCommand } from '../args.ts';
import type { Context } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { paint, writeResult } from '../io.ts';
import { sarifReport } from '../output/sarif.ts';
import { disagreementLines, ruleLines } from '../output/text.ts';
import { loadSubmission } from '../submission.ts';
import { textTarget } from './progress.ts';

/** Checks the constraints of a task without running anything. */
export async function verifySubmission(context: Context, command: VerifyCommand): Promise<ExitCode> {
  const { io, version } = context;
  const print = textTarget(io, [command.json, command.sarif]);
  const { files, notes } = await loadSubmission(command.path);
  for (const note of notes) io.err(note);
  const { results, disagreements } = verifyEveryProfile(command.task, files);
  const result = results[command.profile];
  const lines = result.rules.flatMap((rule) => ruleLines(io, rule));
  if (lines.length === 0) lines.push('  no rules: the task is unconstrained');
  print([`${command.task.id} (${result.profile} profile)`, ...lines].join('\n'));
  if (disagreements.length > 0) print(disagreementLines(disagreements).join('\n'));
  print(result.compliant ? paint(io, 'green', 'COMPLIANT') : paint(io, 'red', 'NOT COMPLIANT'));
  if (command.json !== undefined) {
    const { profile, version: verifierVersion, rules, compliant } = result;
    const report = { task: command.task.id, profile, verifierVersion, compliant, rules, disagreements };
    await writeResult(io, command.json, JSON.stringify(report, undefined, 2));
  }
  if (command.sarif !== undefined) await writeResult(io, command.sarif, sarifReport(result, version));
  return result.compliant ? ExitCode.passed : ExitCode.failed;
}
