import { parseCommand } from './args.ts';
import { compareEngines } from './commands/fidelity.ts';
import { runSubmission } from './commands/run.ts';
import { serveSubmission } from './commands/serve.ts';
import { listTasks } from './commands/tasks.ts';
import { verifySubmission } from './commands/verify.ts';
import type { Context } from './context.ts';
import { ExitCode, UsageError } from './exit-codes.ts';
import { helpText } from './help.ts';
import { printable } from './io.ts';

async function execute(context: Context, argv: readonly string[]): Promise<ExitCode> {
  const command = parseCommand(argv);
  switch (command.name) {
    case 'help':
      context.io.out(helpText(command.command));
      return ExitCode.passed;
    case 'version':
      context.io.out(context.version);
      return ExitCode.passed;
    case 'tasks':
      return listTasks(context, command);
    case 'run':
      return runSubmission(context, command);
    case 'serve':
      return serveSubmission(context, command);
    case 'verify':
      return verifySubmission(context, command);
    case 'fidelity':
      return compareEngines(context, command);
  }
}

/**
 * Runs one command line. Never rejects: what goes wrong is said on standard error, and what is neither the caller's
 * nor the submission's fault leaves the run unscored.
 */
export async function decay(context: Context, argv: readonly string[]): Promise<ExitCode> {
  try {
    return await execute(context, argv);
  } catch (error) {
    if (error instanceof UsageError) {
      context.io.err(`decay: ${printable(error.message)}`);
      return ExitCode.usage;
    }
    if (context.signal.aborted) {
      context.io.err('decay: stopped');
      return ExitCode.interrupted;
    }
    context.io.err(`decay: ${printable(error instanceof Error ? error.message : String(error))}`);
    return ExitCode.unscored;
  }
}
