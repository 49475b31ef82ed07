import type { SyncRequest } from '../../kernel/protocol.ts';
import type { RealmContext } from '../context.ts';
import { Files } from './fs-files.ts';
import type { Transport } from './stream.ts';

type SpawnCall = Extract<SyncRequest, { call: 'spawn' }>;

/** One of a child's descriptors as Node's library describes it. */
export interface StdioEntry {
  type: string;
  handle?: { attach(transport: Transport): void; ipc?: boolean; stdioFd?: number };
  fd?: number;
  input?: ArrayBufferView | null;
}

/** What the library hands to `spawn`. */
export interface SpawnOptions {
  file: string;
  args?: string[];
  cwd?: string;
  envPairs?: string[];
  stdio: StdioEntry[];
}

/** Arguments beyond this are too long, as for execve. */
const argumentBytes = 65_536;

function environmentOf({ envPairs = [] }: SpawnOptions): Record<string, string> {
  return Object.fromEntries(
    envPairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
}

/** The descriptor of this process that a child is to share, or undefined. */
function sharedFd(entry: StdioEntry | undefined, fd: number): number | undefined {
  if (entry?.type === 'inherit' || entry?.type === 'fd') return entry.fd ?? fd;
  return entry?.type === 'wrap' ? entry.handle?.stdioFd : undefined;
}

function inputOf(realm: RealmContext, entry: StdioEntry | undefined): SpawnCall['stdin'] {
  if (entry?.type === 'pipe' || entry?.type === 'overlapped') return 'pipe';
  const fd = sharedFd(entry, 0);
  // Standard input of this process cannot be shared: it is read as at its end.
  return fd === undefined || fd <= 2 ? 'ignore' : Files.of(realm).inode(fd, 'spawn');
}

function outputOf(realm: RealmContext, entry: StdioEntry | undefined, fd: 1 | 2): SpawnCall['stdout'] {
  if (entry?.type === 'pipe' || entry?.type === 'overlapped') return 'pipe';
  const shared = sharedFd(entry, fd);
  if (shared === undefined) return 'ignore';
  if (shared <= 2) return shared === 2 ? 'stderr' : 'stdout';
  return Files.of(realm).inode(shared, 'spawn');
}

/** The part of a system call that says what to run; a POSIX code when that cannot be. */
export function describeProgram(
  realm: RealmContext,
  options: SpawnOptions,
): Omit<SpawnCall, 'call' | 'channel'> | { code: string } {
  const args = (options.args ?? []).slice(1);
  const env = environmentOf(options);
  const words = [options.file, ...args, ...Object.entries(env).map(([name, value]) => name + value)];
  if (words.some((word) => word.length > argumentBytes)) return { code: 'E2BIG' };
  if (options.stdio.slice(3).some(({ type, handle }) => type !== 'ignore' && handle?.ipc !== true)) {
    realm.port.report({
      type: 'unsupported',
      reason: 'missing-binding',
      detail: 'child_process: descriptors of a child beyond its standard streams and message channel',
    });
    return { code: 'ENOTSUP' };
  }
  const [stdin, stdout, stderr] = options.stdio;
  try {
    return {
      command: options.file,
      args,
      cwd: options.cwd ?? realm.cwd,
      env,
      stdin: inputOf(realm, stdin),
      stdout: outputOf(realm, stdout, 1),
      stderr: outputOf(realm, stderr, 2),
    };
  } catch {
    return { code: 'EBADF' };
  }
}

/** Names of signals by their numbers. */
export function signalNames(realm: RealmContext): ReadonlyMap<number, string> {
  const { signals } = realm.constantsOf('constants')['os'] as { signals: Record<string, number> };
  const names = new Map<number, string>();
  for (const [name, number] of Object.entries(signals)) if (!names.has(number)) names.set(number, name);
  return names;
}
