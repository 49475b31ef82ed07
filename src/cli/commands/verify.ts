import { explain, type Disagreement } from '../../../verifiers/disagreement.ts';
import { availableProfiles, verify } from '../../../verifiers/index.ts';
import type { VerifyResult } from '../../domain/verdict.ts';
import type { FileMap } from '../../engines/engine.ts';
import type { VerifyCommand } from '../args.ts';
import type { Context } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { paint, printable, writeResult } from '../io.ts';
import { sarifReport } from '../output/sarif.ts';
import { ruleLines } from '../output/text.ts';
import { loadSubmission } from '../submission.ts';
import { textTarget } from './progress.ts';

/** Checks the constraints of a task without running anything. */
export async function verifySubmission(context: Context, command: VerifyCommand): Promise<ExitCode> {
  const { io, version } = context;
  const print = textTarget(io, [command.json, command.sarif]);
  const { files, notes } = await loadSubmission(command.path);
  for (const note of notes) io.err(note);
  const result = verify(command.task, files, command.profile);
  const lines = result.rules.flatMap((rule) => ruleLines(io, rule));
  if (lines.length === 0) lines.push('  no rules: the task is unconstrained');
  print([`${command.task.id} (${result.profile} profile)`, ...lines].join('\n'));
  const disagreements = compareProfiles(command, files, result);
  if (disagreements.length > 0) print(['The profiles differ', ...disagreements.map(describe)].join('\n'));
  print(result.compliant ? paint(io, 'green', 'COMPLIANT') : paint(io, 'red', 'NOT COMPLIANT'));
  if (command.json !== undefined) {
    const { profile, version: verifierVersion, rules, compliant } = result;
    const report = { task: command.task.id, profile, verifierVersion, compliant, rules, disagreements };
    await writeResult(io, command.json, JSON.stringify(report, undefined, 2));
  }
  if (command.sarif !== undefined) await writeResult(io, command.sarif, sarifReport(result, version));
  return result.compliant ? ExitCode.passed : ExitCode.failed;
}

/** Where the other profile says otherwise, and why. */
function compareProfiles(
  { task, profile }: VerifyCommand,
  files: FileMap,
  result: VerifyResult,
): Disagreement[] {
  const other = availableProfiles.find((candidate) => candidate !== profile);
  if (other === undefined) return [];
  const second = verify(task, files, other);
  return profile === 'paper' ? explain(result, second, files) : explain(second, result, files);
}

function describe({ rule, paper, reason }: Disagreement): string {
  const [met, violated] = paper ? ['paper', 'parser'] : ['parser', 'paper'];
  return printable(`  ${rule.padEnd(12)} met for ${met}, violated for ${violated}. ${reason}`);
}
