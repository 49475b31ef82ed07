import type { BootProgress, Substitution, Unsupported } from '../engine.ts';
import type { FileSystem } from '../fs/types.ts';
import type { Channel } from '../net/channel.ts';
import type { PackageSource } from '../packages/types.ts';
import type { Input } from './input.ts';

/** A child started by a program. */
export interface Child {
  readonly pid: number;
  /** Resolves with the exit code; never rejects. */
  readonly exit: Promise<number>;
  kill(signal: number): void;
}

export interface ChildOptions {
  /** Default: the program's own. */
  cwd?: string;
  env?: Readonly<Record<string, string>>;
  output?: (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void;
  /** All of its standard input. Default: none. */
  stdin?: Uint8Array;
  /** Its standard input, when it comes while the child runs. */
  input?: Input;
  /** The child stands in the program's place, as after `exec`: signals sent to the program reach the child. */
  replaces?: boolean;
}

/** What a program that runs inside the kernel (npm, pip, curl, …) may do. */
export interface ProgramContext {
  readonly pid: number;
  /** Arguments after the program's name. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Absolute. */
  readonly cwd: string;
  readonly fs: FileSystem;
  /** All of standard input, when it was piped in. */
  readonly stdin: Uint8Array | undefined;
  /** Standard input that comes through a pipe while the program runs; `stdin` is undefined then. */
  readonly input?: Input;
  readonly signal: AbortSignal;
  write(stream: 'stdout' | 'stderr', data: string | Uint8Array): void;
  /** Starts a program; without `output`, its output goes where this program's goes. @throws SyscallError ENOENT, EACCES. */
  spawn(command: string, args: readonly string[], options?: ChildOptions): Promise<Child>;
  /** Sends a signal to any process of the sandbox; false when there is none of that pid. */
  kill(pid: number, signal: number): boolean;
  /** Opens a byte connection inside the sandbox. @throws SyscallError ECONNREFUSED. */
  connect(port: number): Promise<Channel>;
  readonly packages: PackageSource;
  progress(progress: BootProgress): void;
  unsupported(what: Unsupported): void;
  substitution(what: Substitution): void;
}

/** Runs to its exit code. A thrown error is the kernel's fault and reported as such. */
export type Program = (context: ProgramContext) => Promise<number>;
