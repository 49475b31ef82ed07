import type { FileMap, Process, Sandbox } from '../engines/engine.ts';
import type { Task } from '../domain/task.ts';
import { cancellable, within } from './cancel.ts';
import { EngineFault, isSubmissionFault } from './faults.ts';
import type { RunLimits } from './limits.ts';
import type { Recorder } from './recorder.ts';

/** What the stages that start processes work with. */
export interface StageContext {
  readonly sandbox: Sandbox;
  readonly task: Task;
  readonly files: FileMap;
  readonly recorder: Recorder;
  readonly limits: RunLimits;
  /** How long an install may take, in milliseconds. */
  readonly installMs: number;
  readonly signal: AbortSignal;
}

export interface Failed {
  message: string;
  exitCode?: number;
}

/**
 * Runs the task's install command in the submission's directory.
 * @returns why it failed; undefined when it did not
 * @throws EngineFault, AbortError
 */
export async function install(context: StageContext): Promise<Failed | undefined> {
  const { sandbox, task, files, recorder, limits, installMs, signal } = context;
  const [command, ...args] = task.install;
  const name = task.install.join(' ');
  if (files[task.dependencyFile] === undefined) {
    return { message: `${task.dependencyFile} is missing: \`${name}\` needs it in the top directory` };
  }
  recorder.note(`$ ${name}`);
  let process: Process;
  try {
    process = await cancellable(sandbox.spawn(command, args), signal);
  } catch (error) {
    throw asFault(error, `cannot start \`${name}\``, signal);
  }
  const followed = recorder.follow(process, name);
  const exitCode = await within(process.exit, installMs, signal).catch((error: unknown) => {
    process.kill('SIGKILL');
    throw error;
  });
  if (exitCode === undefined) process.kill('SIGKILL');
  await within(followed, limits.killGraceMs, signal);
  if (exitCode === undefined) return { message: `\`${name}\` did not finish within ${installMs / 1000} s` };
  if (exitCode === 0) return undefined;
  return { message: recorder.explain(`\`${name}\` exited with code ${exitCode}`), exitCode };
}

/** run.sh, running in the foreground. */
export interface Server {
  readonly process: Process;
  /** Settles when its output has been read to the end. */
  readonly followed: Promise<void>;
}

/**
 * Makes run.sh executable and starts it.
 * @returns the running server, or why there is none
 * @throws EngineFault, AbortError
 */
export async function startServer(context: StageContext): Promise<{ server: Server } | Failed> {
  const { sandbox, files, recorder, signal } = context;
  if (files['run.sh'] === undefined) {
    return { message: 'run.sh is missing: it has to lie in the top directory and start the server' };
  }
  try {
    await cancellable(sandbox.fs.chmod('run.sh', 0o755), signal);
  } catch (error) {
    throw asFault(error, 'cannot make run.sh executable', signal);
  }
  recorder.note('$ ./run.sh');
  try {
    const process = await cancellable(sandbox.spawn('./run.sh'), signal);
    return { server: { process, followed: recorder.follow(process, 'run.sh') } };
  } catch (error) {
    if (isSubmissionFault(error, 'spawn')) return { message: `run.sh cannot be started: ${error.message}` };
    throw asFault(error, 'cannot start run.sh', signal);
  }
}

/** Ends the server and gives its last output a moment to arrive. */
export async function stopServer(
  { process, followed }: Server,
  { limits, signal }: StageContext,
): Promise<void> {
  process.kill();
  await within(followed, limits.killGraceMs * 2, signal);
}

/** The error to throw for a failed call to the engine: cancellation stays what it is. */
function asFault(error: unknown, what: string, signal: AbortSignal): unknown {
  if (signal.aborted) return error;
  return new EngineFault(`${what}: ${error instanceof Error ? error.message : String(error)}`, {
    cause: error,
  });
}
