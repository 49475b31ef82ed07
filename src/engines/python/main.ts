import './worker-kind.ts';
import './clock.ts';
import type { PyodideInterface } from 'pyodide';
import { SharedFs } from '../fs/shared-fs.ts';
import { layout } from '../kernel/layout.ts';
import { receiveStart, type ProcessPort } from '../kernel/process-port.ts';
import { Control } from '../kernel/protocol.ts';
import { absoluteSearchPath, interpreterArguments } from './command-line.ts';
import { mountDisk, type MountedDisk } from './disk.ts';
import { attachFileLocks } from './file-locks.ts';
import { PythonHost, type PythonFunction } from './host.ts';
import { Companion } from './inline/companion.ts';
import { interpreterName, receiveInterpreterStart } from './inline/messages.ts';
import { RemoteHost } from './inline/remote-host.ts';
import { moduleOf } from './load.ts';
import { interpreterForSnapshot, Preparation } from './preparation.ts';
import { SNAPSHOT_VARIABLE, takeSnapshot } from './snapshot.ts';
import { StackLimit } from './stack-limit.ts';
import { hasStackSwitching, PromiseWaiter } from './waiter.ts';

/** A Python process: the entry of its worker. */

/** Exit code of a process whose engine failed, as of one ended by SIGABRT. */
const ENGINE_FAULT = 134;
/** Characters of an error that are reported. */
const DETAIL_LIMIT = 4_000;
const PYTHON_VERSION = '3.14.2';

async function main(): Promise<void> {
  if (self.name === interpreterName) return interpret(new RemoteHost(await receiveInterpreterStart()));
  const preparation = new Preparation();
  const port = await receiveStart((assets) => {
    if (hasStackSwitching()) preparation.begin(assets);
  });
  if (!hasStackSwitching()) return new Companion(port, (detail) => fail(port, detail)).start();
  try {
    const snapshotPath = port.start.env[SNAPSHOT_VARIABLE];
    if (snapshotPath !== undefined) return port.exit(await saveSnapshot(port, snapshotPath));
    const host = new PythonHost(
      port,
      new PromiseWaiter(),
      (code, signal) => port.exit(code, signal),
      (error) => fail(port, `a Python thread could not run: ${describe(error)}`),
    );
    port.exit(await run(port, host, preparation));
  } catch (error) {
    fail(port, stopped(error));
  }
}

/** Runs the interpreter beside a companion, in a browser that cannot suspend stacks. */
async function interpret(host: RemoteHost): Promise<void> {
  try {
    host.ask({ type: 'exit', code: await run(host, host) });
  } catch (error) {
    host.ask({ type: 'fail', detail: stopped(error) });
  }
}

const stopped = (error: unknown) => `the Python engine stopped: ${describe(error)}`;

function describe(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return text.slice(0, DETAIL_LIMIT);
}

function fail(port: ProcessPort, detail: string): void {
  port.report({ type: 'unsupported', reason: 'engine', detail });
  port.write('stderr', new TextEncoder().encode(`python3: ${detail}\n`));
  port.exit(ENGINE_FAULT);
}

/** What the interpreter needs of its process, whether the kernel or a companion is at the other end. */
interface Outside extends Pick<ProcessPort, 'control' | 'write' | 'report'> {
  readonly start: Pick<ProcessPort['start'], 'argv' | 'env' | 'cwd' | 'assets' | 'disk' | 'pid'>;
}

async function run(
  port: Outside,
  host: PythonHost | RemoteHost,
  preparation = new Preparation(),
): Promise<number> {
  const { argv, env, disk, pid, cwd } = port.start;
  const files = SharedFs.attach(disk, pid);
  const python = await preparation.take(port.start);
  connectStreams(python, port);
  host.stackLimit = new StackLimit(moduleOf(python));
  const mounted = mountDisk(moduleOf(python), files);
  attachFileLocks(moduleOf(python), files, pid, () =>
    port.report({
      type: 'unsupported',
      reason: 'engine',
      detail: 'SQLite: a write-ahead log is used by one interpreter at a time',
    }),
  );
  port.report({
    type: 'substitution',
    package: 'python',
    kind: 'version',
    detail: `CPython ${PYTHON_VERSION} (Pyodide ${python.version}) stands in for CPython 3.12`,
  });
  const boot = python.pyimport('_sandbox_boot') as {
    boot(
      host: PythonHost | RemoteHost,
      disk: MountedDisk,
      unbuffered: boolean,
      environment: string,
      searchPath: string,
    ): void;
  };
  const unbuffered =
    interpreterArguments(argv.slice(1)).includes('-u') || (env['PYTHONUNBUFFERED'] ?? '') !== '';
  boot.boot(host, mounted, unbuffered, joined(env), absoluteSearchPath(env['PYTHONPATH'] ?? '', cwd));
  // Not earlier: a signal that comes meanwhile is for the program, not for what boots it.
  python.setInterruptBuffer(port.control.subarray(Control.signal, Control.signal + 1));
  const runner = python.pyimport('_sandbox_run') as { main: PythonFunction };
  return Number(
    await (host.suspends ? runner.main.callPromising(argv.slice(1)) : runner.main(argv.slice(1))),
  );
}

/** Boots an interpreter for no program and writes its memory to the disk. */
async function saveSnapshot({ start }: ProcessPort, path: string): Promise<number> {
  const python = await interpreterForSnapshot(start.assets);
  SharedFs.attach(start.disk, start.pid).writeFile(path, takeSnapshot(python));
  return 0;
}

/** An environment in one string: names and values in turn, each ended by a NUL. */
function joined(env: Readonly<Record<string, string>>): string {
  const entries = Object.entries({ HOME: layout.home, ...env });
  return entries.flatMap(([name, value]) => [`${name}\0`, `${value}\0`]).join('');
}

function connectStreams(python: PyodideInterface, port: Outside): void {
  const writer = (stream: 'stdout' | 'stderr') => ({
    isatty: false,
    write: (bytes: Uint8Array): number => {
      port.write(stream, bytes);
      return bytes.byteLength;
    },
  });
  python.setStdout(writer('stdout'));
  python.setStderr(writer('stderr'));
}

void main();
