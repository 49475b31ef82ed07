import { accessSync, closeSync, constants, openSync, readSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';

/** A program as it is to be started. */
export interface Program {
  readonly file: string;
  readonly args: readonly string[];
}

/** A failure to start a program, with the code that execvp would give. */
export class StartError extends Error {
  constructor(
    readonly code: 'ENOENT' | 'EACCES',
    command: string,
  ) {
    super(`${command}: ${code === 'ENOENT' ? 'no such program' : 'not executable'} (${code})`);
  }
}

const shells: ReadonlySet<string> = new Set(['bash', 'sh', 'dash']);
const shebangBytes = 256;

/**
 * Finds a program as execvp does.
 * @param path - The PATH variable.
 * @param shell - Runs scripts of the shell, when the system has no bash: a program and its first arguments.
 * @throws StartError
 */
export function findProgram(
  command: string,
  path: string,
  cwd: string,
  shell: readonly string[] | undefined,
): Program {
  if (shell !== undefined && command === 'bash') return throughShell(shell, []);
  const file = locate(command, path, cwd);
  if (shell === undefined) return { file, args: [] };
  const line = firstLine(file);
  if (line === undefined) return { file, args: [] };
  if (!line.startsWith('#!')) return looksLikeText(line) ? throughShell(shell, [file]) : { file, args: [] };
  const words = line.slice(2).trim().split(/\s+/);
  const [interpreter = '', ...rest] = words[0]?.endsWith('/env') === true ? words.slice(1) : words;
  const name = interpreter.slice(interpreter.lastIndexOf('/') + 1);
  return shells.has(name) ? throughShell(shell, [...rest, file]) : { file, args: [] };
}

/** Whether a program lies on PATH. */
export function isOnPath(command: string, path: string): boolean {
  try {
    locate(command, path, '/');
    return true;
  } catch {
    return false;
  }
}

function throughShell(shell: readonly string[], args: readonly string[]): Program {
  const [file = '', ...first] = shell;
  return { file, args: [...first, ...args] };
}

function locate(command: string, path: string, cwd: string): string {
  if (command.includes('/')) return executable(isAbsolute(command) ? command : join(cwd, command), command);
  let denied = false;
  for (const directory of path.split(delimiter)) {
    try {
      return executable(join(resolve(cwd, directory), command), command);
    } catch (error) {
      if (error instanceof StartError && error.code === 'EACCES') denied = true;
    }
  }
  throw new StartError(denied ? 'EACCES' : 'ENOENT', command);
}

function executable(file: string, command: string): string {
  let isFile: boolean;
  try {
    isFile = statSync(file).isFile();
  } catch {
    throw new StartError('ENOENT', command);
  }
  if (!isFile) throw new StartError('EACCES', command);
  try {
    accessSync(file, constants.X_OK);
  } catch {
    throw new StartError('EACCES', command);
  }
  return file;
}

function firstLine(file: string): string | undefined {
  try {
    const handle = openSync(file, 'r');
    try {
      const head = Buffer.alloc(shebangBytes);
      const length = readSync(handle, head, 0, shebangBytes, 0);
      return head.toString('latin1', 0, length).split('\n', 1)[0]?.replace(/\r$/, '') ?? '';
    } finally {
      closeSync(handle);
    }
  } catch {
    return undefined;
  }
}

/** Machine code and WebAssembly have bytes that no line of a script has. */
const looksLikeText = (line: string): boolean => !line.includes('\0') && !line.startsWith('\x7fELF');
