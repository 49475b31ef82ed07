import type { ExecResult, ResolvedCommandContext } from 'just-bash/browser';
import { SyscallError } from '../kernel/process-port.ts';
import { utilities } from './command-names.ts';
import { latin1, outputBytes, quote } from './text.ts';
import { readsInput } from './input.ts';
import { RUN } from './prepare-script.ts';
import type { ProgramContext } from './program.ts';

/** A command as the shell library registers it. */
export interface ShellCommand {
  readonly name: string;
  readonly execute: (args: string[], shell: ResolvedCommandContext) => Promise<ExecResult>;
}

/** Where a stream of a command goes: to the terminal, to the shell, to a file, or nowhere. */
type Destination =
  | { kind: 'live'; stream: 'stdout' | 'stderr' }
  | { kind: 'collected'; stream: 'stdout' | 'stderr' }
  | { kind: 'file'; path: string }
  | { kind: 'nowhere' };

/** Programs that a shell can start in places where scripts are not prepared (`source`, `xargs`, `timeout`). */
const programs = [
  'node',
  'npm',
  'npx',
  'python',
  'python3',
  'pip',
  'pip3',
  'uv',
  'curl',
  'flask',
  'gunicorn',
  'uvicorn',
];

/** `__run`, and the programs by their own names. */
export function runCommands(context: ProgramContext): ShellCommand[] {
  return [
    { name: RUN, execute: (args, shell) => routed(context, args, shell) },
    ...programs.map((name) => ({
      name,
      execute: (args: string[], shell: ResolvedCommandContext) =>
        routed(context, ['-', '--', name, ...args], shell),
    })),
  ];
}

async function routed(
  context: ProgramContext,
  words: string[],
  shell: ResolvedCommandContext,
): Promise<ExecResult> {
  const separator = words.indexOf('--');
  const [streams = '-', ...routes] = words.slice(0, separator);
  const [command, ...args] = words.slice(separator + 1);
  if (command === undefined || command === '') return { stdout: '', stderr: '', exitCode: 0 };
  const output = new Output(context, shell.cwd, streams, routes);
  const { input: _, ...other } = context;
  const own: ProgramContext = streams.includes('i') ? context : other;
  const target: ProgramContext = streams.includes('x')
    ? {
        ...own,
        spawn: (name, words, options) => context.spawn(name, words, { ...options, replaces: true }),
      }
    : own;
  const exitCode = await execute(target, command, args, shell, output);
  return { ...output.collected(), exitCode };
}

async function execute(
  context: ProgramContext,
  command: string,
  args: string[],
  shell: ResolvedCommandContext,
  output: Output,
): Promise<number> {
  if (command === 'env' && args.length > 0) return withEnvironment(context, args, shell, output);
  if (command === 'timeout' && args.length > 1) return withTimeout(context, args, shell, output);
  if (command === 'tail' && args.some((word) => /^-[a-z0-9]*[fF]$/.test(word))) {
    return follow(context, args.at(-1) ?? '', shell, output);
  }
  if (utilities.includes(command) && shell.exec !== undefined) {
    const given = readsInput(command, args) ? await context.input?.all() : undefined;
    const result = await shell.exec(quote(command), {
      cwd: shell.cwd,
      env: shell.exportedEnv ?? {},
      replaceEnv: true,
      args,
      stdin: given === undefined ? String(shell.stdin) : latin1(given),
      stdinKind: 'bytes',
      ...(shell.signal === undefined ? {} : { signal: shell.signal }),
    });
    if (context.signal.aborted) return result.exitCode;
    output.write('stdout', outputBytes(result.stdout, result.stdoutKind === 'bytes'));
    output.write('stderr', outputBytes(result.stderr, false));
    return result.exitCode;
  }
  try {
    const child = await context.spawn(command, args, {
      cwd: shell.cwd,
      env: { ...shell.exportedEnv, PWD: shell.cwd },
      output: (stream, bytes) => output.write(stream, bytes),
      ...(context.input === undefined
        ? { stdin: outputBytes(String(shell.stdin), true) }
        : { input: context.input }),
    });
    // A shell that is ended has no say in what becomes of its children.
    const stop = () => {
      if (!context.signal.aborted) child.kill(15);
    };
    shell.signal?.addEventListener('abort', stop, { once: true });
    const code = await child.exit;
    shell.signal?.removeEventListener('abort', stop);
    return code;
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error;
    output.write('stderr', outputBytes(`bash: ${command}: ${explain(error.code, command)}\n`, false));
    return error.code === 'ENOENT' ? 127 : 126;
  }
}

/** `env [NAME=VALUE]… COMMAND ARGS`. */
function withEnvironment(
  context: ProgramContext,
  words: string[],
  shell: ResolvedCommandContext,
  output: Output,
): Promise<number> {
  const at = words.findIndex((word) => !word.includes('=') && !word.startsWith('-'));
  const [command, ...args] = at === -1 ? ['printenv'] : words.slice(at);
  const assignments = (at === -1 ? words : words.slice(0, at)).filter((word) => word.includes('='));
  const added = Object.fromEntries(
    assignments.map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]),
  );
  const inner = { ...shell, exportedEnv: { ...shell.exportedEnv, ...added } };
  return execute(context, command ?? 'printenv', args, inner, output);
}

const secondsOf: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** `timeout [OPTIONS] DURATION COMMAND ARGS`: 124 when the command had to be ended. */
async function withTimeout(
  context: ProgramContext,
  words: string[],
  shell: ResolvedCommandContext,
  output: Output,
): Promise<number> {
  const at = words.findIndex((word) => /^\d+(\.\d+)?[smhd]?$/.test(word));
  const [duration = '', command, ...args] = words.slice(at);
  if (at === -1 || command === undefined) {
    output.write('stderr', outputBytes('timeout: missing operand\n', false));
    return 125;
  }
  const stop = new AbortController();
  const ms = Number.parseFloat(duration) * (secondsOf[duration.at(-1) ?? 's'] ?? 1) * 1_000;
  const timer = setTimeout(() => stop.abort(), ms);
  const signals = shell.signal === undefined ? [stop.signal] : [shell.signal, stop.signal];
  try {
    const code = await execute(
      context,
      command,
      args,
      { ...shell, signal: AbortSignal.any(signals) },
      output,
    );
    return stop.signal.aborted ? 124 : code;
  } catch (error) {
    if (stop.signal.aborted) return 124;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

const FOLLOW_MS = 100;

/** `tail -f FILE`: what is in the file and what comes, until the shell ends. */
async function follow(
  context: ProgramContext,
  file: string,
  shell: ResolvedCommandContext,
  output: Output,
): Promise<number> {
  const path = file.startsWith('/') ? file : `${shell.cwd}/${file}`;
  let shown = 0;
  while (!context.signal.aborted && shell.signal?.aborted !== true) {
    if (path !== '/dev/null' && context.fs.exists(path)) {
      const bytes = context.fs.readFile(path);
      if (bytes.byteLength < shown) shown = 0;
      output.write('stdout', bytes.subarray(shown));
      shown = bytes.byteLength;
    }
    await new Promise((resolve) => setTimeout(resolve, FOLLOW_MS));
  }
  return 0;
}

function explain(code: string, command: string): string {
  if (code === 'ENOENT') return command.includes('/') ? 'No such file or directory' : 'command not found';
  if (code === 'EACCES') return 'Permission denied';
  return code === 'EAGAIN' ? 'fork: Resource temporarily unavailable' : code;
}

/** Takes a command's output to where the script sends it, as it comes. */
class Output {
  readonly #context: ProgramContext;
  readonly #cwd: string;
  readonly #to: { stdout: Destination; stderr: Destination };
  readonly #collected = { stdout: '', stderr: '' };

  constructor(context: ProgramContext, cwd: string, streams: string, routes: string[]) {
    this.#context = context;
    this.#cwd = cwd;
    this.#to = {
      stdout: { kind: streams.includes('o') ? 'live' : 'collected', stream: 'stdout' },
      stderr: { kind: streams.includes('e') ? 'live' : 'collected', stream: 'stderr' },
    };
    for (let i = 0; i < routes.length; i++) {
      const route = routes[i] ?? '';
      const stream = route.startsWith('2') ? 'stderr' : 'stdout';
      const duplicate = /^[12]>&([12])$/.exec(route);
      if (duplicate !== null) this.#to[stream] = duplicate[1] === '1' ? this.#to.stdout : this.#to.stderr;
      else this.#to[stream] = this.#open(routes[++i] ?? '', route.endsWith('>>'));
    }
  }

  write(stream: 'stdout' | 'stderr', bytes: Uint8Array): void {
    if (bytes.byteLength === 0) return;
    const to = this.#to[stream];
    if (to.kind === 'live') this.#context.write(to.stream, bytes);
    else if (to.kind === 'collected') this.#collected[to.stream] += latin1(bytes);
    else if (to.kind === 'file') this.#append(to.path, bytes);
  }

  collected(): { stdout: string; stderr: string; stdoutKind: 'bytes' } {
    const stderr = new TextDecoder().decode(outputBytes(this.#collected.stderr, true));
    return { stdout: this.#collected.stdout, stderr, stdoutKind: 'bytes' };
  }

  #open(target: string, append: boolean): Destination {
    if (target === '/dev/null') return { kind: 'nowhere' };
    if (target === '/dev/stdout') return this.#to.stdout;
    if (target === '/dev/stderr') return this.#to.stderr;
    const path = target.startsWith('/') ? target : `${this.#cwd}/${target}`;
    if (!append || !this.#context.fs.exists(path)) this.#context.fs.writeFile(path, '');
    return { kind: 'file', path };
  }

  #append(path: string, bytes: Uint8Array): void {
    const { fs } = this.#context;
    fs.append(fs.lookup(path), bytes);
  }
}
