import { SyscallError } from '../../kernel/process-port.ts';
import type { RunResult } from '../../kernel/protocol.ts';
import type { Binding, RealmContext } from '../context.ts';
import { asBytes } from '../encoding.ts';
import { describeProgram, signalNames, type SpawnOptions } from './child-stdio.ts';

interface SyncOptions extends SpawnOptions {
  timeout?: number;
  maxBuffer?: number;
  killSignal?: number;
}

interface SyncResult {
  pid: number;
  status: number | null;
  signal: string | null;
  output: (Uint8Array | null)[] | null;
  error?: number;
}

const SIGTERM = 15;

/** The `spawn_sync` binding: this worker sleeps while the kernel runs the child. */
export function createSpawnSyncBinding(realm: RealmContext): Binding {
  const names = signalNames(realm);

  const failed = (code: string): SyncResult => ({
    pid: 0,
    status: null,
    signal: null,
    output: null,
    error: realm.errno(code),
  });

  const toBuffer = (bytes: Uint8Array): Uint8Array => {
    const { Buffer } = realm.require('buffer') as { Buffer: { from(bytes: Uint8Array): Uint8Array } };
    return Buffer.from(bytes);
  };

  function run(options: SyncOptions): SyncResult {
    const program = describeProgram(realm, options);
    if ('code' in program) return failed(program.code);
    const input = options.stdio[0]?.input;
    const { value, data } = realm.port.callSync({
      call: 'run',
      ...program,
      input: input === undefined || input === null ? null : Uint8Array.from(asBytes(input)),
      timeout: options.timeout ?? 0,
      maxBuffer: options.maxBuffer ?? Infinity,
      killSignal: options.killSignal ?? SIGTERM,
    });
    const result = value as RunResult;
    const output = (bytes: Uint8Array, target: unknown): Uint8Array | null =>
      target === 'pipe' ? toBuffer(bytes) : null;
    return {
      pid: result.pid,
      status: result.signal === 0 ? result.code : null,
      signal: result.signal === 0 ? null : (names.get(result.signal) ?? null),
      output: [
        null,
        output(data.subarray(0, result.stdoutBytes), program.stdout),
        output(data.subarray(result.stdoutBytes), program.stderr),
      ],
      ...(result.error === undefined ? {} : { error: realm.errno(result.error) }),
    };
  }

  return {
    spawn(options: SyncOptions): SyncResult {
      try {
        return run(options);
      } catch (error) {
        if (error instanceof SyscallError) return failed(error.code);
        throw error;
      }
    },
  };
}
