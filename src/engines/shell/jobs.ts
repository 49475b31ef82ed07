import type { ResolvedCommandContext } from 'just-bash/browser';
import { JOB, JOB_VARIABLE, WAIT } from './prepare-script.ts';
import type { Child, ProgramContext } from './program.ts';
import type { ShellCommand } from './run-command.ts';

const signals: Readonly<Record<string, number>> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  KILL: 9,
  USR1: 10,
  USR2: 12,
  TERM: 15,
};

/** Variables that belong to the shell itself and are not handed to a job. */
const shellVariables = new Set([
  '?',
  '!',
  '$',
  '#',
  '@',
  '*',
  '-',
  '_',
  'SHELLOPTS',
  'BASHOPTS',
  'IFS',
  'OPTIND',
]);

/** Background jobs of one shell: `__job`, `__wait`, `kill`, and `trap`, which the library lacks. */
export function jobCommands(context: ProgramContext): {
  commands: ShellCommand[];
  /** What `trap … EXIT` said, if anything. */
  exitTrap: () => string | undefined;
} {
  const jobs = new Map<number, Child>();
  let onExit: string | undefined;

  async function start([script = '']: string[], shell: ResolvedCommandContext) {
    const env: Record<string, string> = {};
    for (const [name, value] of shell.env) if (!shellVariables.has(name)) env[name] = value;
    const child = await context.spawn('bash', ['-c', script], { cwd: shell.cwd, env });
    jobs.set(child.pid, child);
    await shell.assignShellVariable?.(JOB_VARIABLE, String(child.pid));
    return done(0);
  }

  async function wait(args: string[]) {
    const pids = args.filter((word) => /^\d+$/.test(word)).map(Number);
    const waited = pids.length > 0 ? pids.map((pid) => jobs.get(pid)) : [...jobs.values()];
    if (pids.length > 0 && waited.includes(undefined)) return done(127);
    const exits = waited.filter((job) => job !== undefined).map((job) => job.exit);
    if (args.includes('-n') && exits.length > 0) return done(await Promise.race(exits));
    const codes = await Promise.all(exits);
    return done(pids.length > 0 ? (codes.at(-1) ?? 0) : 0);
  }

  async function kill(args: string[]) {
    const option = args[0]?.startsWith('-') === true ? args[0].slice(1).replace(/^SIG/, '') : undefined;
    const signal = option === undefined ? 15 : (signals[option] ?? Number(option));
    let code = 0;
    let stderr = '';
    for (const word of option === undefined ? args : args.slice(1)) {
      const pid = Number(word.replace(/^%/, ''));
      const found = (signal === 0 && jobs.has(pid)) || context.kill(pid, signal);
      if (found) continue;
      code = 1;
      stderr += `bash: kill: (${word}) - No such process\n`;
    }
    return { stdout: '', stderr, exitCode: code };
  }

  async function trap([action, ...names]: string[]) {
    if (action !== undefined && names.some((name) => name === 'EXIT' || name === '0')) {
      onExit = action === '-' || action === '' ? undefined : action;
    }
    return done(0);
  }

  return {
    commands: [
      { name: JOB, execute: start },
      { name: WAIT, execute: wait },
      { name: 'kill', execute: kill },
      { name: 'trap', execute: trap },
    ],
    exitTrap: () => onExit,
  };
}

function done(exitCode: number) {
  return { stdout: '', stderr: '', exitCode };
}
