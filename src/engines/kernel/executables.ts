import { FsError, O, S, type FileSystem } from '../fs/types.ts';
import { normalize } from '../shell/disk-adapter.ts';
import { layout } from './layout.ts';
import { SyscallError } from './process-port.ts';

/** What a command name or path leads to. */
export interface Executable {
  /** Path of the file on the disk. */
  readonly path: string;
  /** Name of the program of ours that runs it: itself, or the interpreter of its `#!` line. */
  readonly program: string;
  /** Arguments that come before the caller's: the `#!` line's own, and the script. */
  readonly prefix: readonly string[];
}

/** First line of the files that stand on the disk for programs of the kernel. */
const MARK = '#!kernel:';
const SHEBANG_BYTES = 256;
const MAX_INTERPRETERS = 4;

/** Puts a file on the disk for a program of the kernel, so that PATH, `which` and `#!` lines find it. */
export function installProgram(fs: FileSystem, directory: string, name: string): void {
  fs.writeFile(`${directory}/${name}`, `${MARK}${name}\n`, 0o755);
  fs.chmod(`${directory}/${name}`, 0o755);
}

/**
 * Finds a command as execvp does. @throws SyscallError ENOENT, EACCES, ENOEXEC.
 * @param path - the PATH variable.
 */
export function findExecutable(fs: FileSystem, command: string, path: string, cwd: string): Executable {
  if (command.includes('/')) return interpret(fs, normalize(absolute(cwd, command)), 0);
  let denied = false;
  for (const directory of path.split(':')) {
    const candidate = `${absolute(cwd, directory === '' ? '.' : directory)}/${command}`;
    if (!fs.exists(candidate)) continue;
    try {
      return interpret(fs, candidate, 0);
    } catch (error) {
      if (!(error instanceof SyscallError) || error.code !== 'EACCES') throw error;
      denied = true;
    }
  }
  throw new SyscallError(denied ? 'EACCES' : 'ENOENT', `spawn ${command}`);
}

export function absolute(cwd: string, path: string): string {
  return path.startsWith('/') ? path : `${cwd}/${path}`;
}

function interpret(fs: FileSystem, path: string, depth: number): Executable {
  const line = firstLine(fs, path);
  if (line.startsWith(MARK)) return { path, program: line.slice(MARK.length).trim(), prefix: [] };
  if (!line.startsWith('#!')) return { path, program: 'bash', prefix: [path] };
  const [interpreter = '', ...rest] = line.slice(2).trim().split(/\s+/);
  if (depth >= MAX_INTERPRETERS) throw new SyscallError('ELOOP', `spawn ${path}`);
  const name = interpreter.slice(interpreter.lastIndexOf('/') + 1);
  const words = name === 'env' ? rest.filter((word) => word !== '-S') : [interpreter, ...rest];
  const [target = ''] = words;
  const found = resolveInterpreter(fs, target, depth);
  return { path, program: found.program, prefix: [...found.prefix, ...words.slice(1), path] };
}

/** `#!/usr/bin/python3` means our python3 wherever a submission thinks that it lies. */
function resolveInterpreter(fs: FileSystem, interpreter: string, depth: number): Executable {
  const name = interpreter.slice(interpreter.lastIndexOf('/') + 1);
  const named = interpreter.includes('/') ? [interpreter] : [];
  const usual = layout.path.split(':').map((directory) => `${directory}/${name}`);
  for (const candidate of [...named, ...usual]) {
    if (fs.exists(candidate)) return interpret(fs, candidate, depth + 1);
  }
  throw new SyscallError('ENOENT', `spawn ${interpreter}`);
}

function firstLine(fs: FileSystem, path: string): string {
  let ino: number;
  try {
    const stat = fs.stat(path);
    if ((stat.mode & S.IFMT) === S.IFDIR || (stat.mode & 0o111) === 0)
      throw new SyscallError('EACCES', `spawn ${path}`);
    ino = fs.open(path, O.RDONLY);
  } catch (error) {
    if (error instanceof FsError) throw new SyscallError(error.code, `spawn ${path}`);
    throw error;
  }
  try {
    const head = new Uint8Array(SHEBANG_BYTES);
    const count = fs.read(ino, head, 0);
    return new TextDecoder().decode(head.subarray(0, count)).split('\n', 1)[0]?.replace(/\r$/, '') ?? '';
  } finally {
    fs.release(ino);
  }
}
