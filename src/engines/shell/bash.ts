import { Bash, defineCommand } from 'just-bash/browser';
import { S } from '../fs/types.ts';
import { diskAdapter, normalize } from './disk-adapter.ts';
import { readsInput } from './input.ts';
import { prepareScript } from './prepare-script.ts';
import type { Program, ProgramContext } from './program.ts';
import { jobCommands } from './jobs.ts';
import { runCommands } from './run-command.ts';
import { latin1, outputBytes, quote } from './text.ts';
import { toolCommands } from './tools.ts';

const QUIET_OPTIONS = new Set(['-l', '-i', '--login', '--noprofile', '--norc', '--posix']);

interface Invocation {
  /** Text to run, or the script file to load. */
  readonly text: string | undefined;
  readonly script: string | undefined;
  /** `-e`, `-u`, `-x`, `-o pipefail`: set before the script. */
  readonly options: readonly string[];
  /** `$1`, `$2`, … */
  readonly args: readonly string[];
}

/** `bash` and `sh`: `-c TEXT`, `FILE ARGS`, or a script on standard input. */
export const bashProgram: Program = async (context) => {
  const invocation = await parse(context);
  if (typeof invocation === 'string') {
    context.write('stderr', `bash: ${invocation}\n`);
    return 2;
  }
  const { script, text } = invocation;
  if (script !== undefined) {
    const problem = unreadable(context, script);
    if (problem !== undefined) {
      context.write('stderr', `bash: ${script}: ${problem}\n`);
      return problem === 'No such file or directory' ? 127 : 126;
    }
  }
  const options = invocation.options.map(quote).join(' ');
  const words = invocation.args.map(quote).join(' ');
  if (script !== undefined) return run(context, `bash ${options} ${quote(script)} ${words}`, script);
  const set = options === '' && words === '' ? '' : `set ${options} -- ${words}; `;
  return run(context, set + prepared(text ?? '', true));
};

/** One of `utilities`, started by its path from outside a shell. */
export const utilityProgram =
  (name: string): Program =>
  async (context) =>
    run(
      await withInput(context, readsInput(name, context.args)),
      `${name} ${context.args.map(quote).join(' ')}`,
    );

/** Waits for the end of standard input, when it comes through a pipe and is wanted. */
async function withInput(context: ProgramContext, wanted: boolean): Promise<ProgramContext> {
  if (!wanted || context.input === undefined) return context;
  return { ...context, stdin: await context.input.all() };
}

async function run(context: ProgramContext, command: string, script?: string): Promise<number> {
  let loaded = script === undefined;
  const adapter = diskAdapter(context.fs, (path) => {
    if (loaded || path !== normalize(absolutePath(context, script ?? ''))) return undefined;
    loaded = true;
    return prepared(context.fs.readText(path));
  });
  const jobs = jobCommands(context);
  const bash = new Bash({
    fs: adapter,
    cwd: context.cwd,
    env: { ...context.env, PWD: context.cwd, SHELL: '/bin/bash' },
    customCommands: [...runCommands(context), ...toolCommands(context), ...jobs.commands].map(
      ({ name, execute }) => defineCommand(name, execute),
    ),
    defenseInDepth: false,
    processInfo: { pid: context.pid, ppid: 1, uid: 0, gid: 0 },
  });
  const result = await bash.exec(command, {
    rawScript: true,
    signal: context.signal,
    ...(context.stdin === undefined ? {} : { stdin: latin1(context.stdin), stdinKind: 'bytes' as const }),
  });
  if (context.signal.aborted) return result.exitCode;
  if (result.stdout !== '')
    context.write('stdout', outputBytes(result.stdout, result.stdoutKind === 'bytes'));
  if (result.stderr !== '') context.write('stderr', result.stderr);
  const trap = jobs.exitTrap();
  if (trap !== undefined) await run(context, prepared(trap));
  return result.exitCode;
}

/**
 * Prepares a script; one with a syntax error is left as it is, so that the shell says what is wrong when it gets there.
 * @param standIn - a text that is but one command is run in the shell's place, as after `-c`.
 */
function prepared(source: string, standIn = false): string {
  const text = source.replaceAll('\r\n', '\n');
  try {
    return prepareScript(text, standIn);
  } catch {
    return text;
  }
}

async function parse(context: ProgramContext): Promise<Invocation | string> {
  const args = [...context.args];
  const options: string[] = [];
  for (let word = args.shift(); word !== undefined; word = args.shift()) {
    if (QUIET_OPTIONS.has(word)) continue;
    if (word === '-o' || word === '+o') {
      options.push(word, args.shift() ?? '');
    } else if (/^-[a-zA-Z]*c[a-zA-Z]*$/.test(word)) {
      const flags = word.replace('c', '').replaceAll(/[li]/g, '');
      const text = args.shift();
      if (text === undefined) return `${word}: option requires an argument`;
      return {
        text,
        script: undefined,
        options: flags === '-' ? options : [...options, flags],
        args: args.slice(1),
      };
    } else if (/^[-+][a-zA-Z]+$/.test(word) && word !== '-s') {
      options.push(word);
    } else if (word === '-s' || word === '-') {
      break;
    } else {
      return { text: undefined, script: word, options, args };
    }
  }
  const { stdin } = await withInput(context, true);
  return {
    text: new TextDecoder().decode(stdin ?? new Uint8Array()),
    script: undefined,
    options,
    args,
  };
}

function unreadable(context: ProgramContext, script: string): string | undefined {
  const path = absolutePath(context, script);
  if (!context.fs.exists(path)) return 'No such file or directory';
  if ((context.fs.stat(path).mode & S.IFMT) === S.IFDIR) return 'Is a directory';
  return undefined;
}

function absolutePath(context: ProgramContext, path: string): string {
  return path.startsWith('/') ? path : `${context.cwd}/${path}`;
}
