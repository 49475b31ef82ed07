import './worker-kind.ts';
import './clock.ts';
import type { PyodideInterface } from 'pyodide';
import { SharedFs } from '../fs/shared-fs.ts';
import { layout } from '../kernel/layout.ts';
import { receiveStart, type ProcessPort } from '../kernel/process-port.ts';
import { Control } from '../kernel/protocol.ts';
import { absoluteSearchPath, interpreterArguments } from './command-line.ts';
import { mountDisk } from './disk.ts';
import { PythonHost, type PythonFunction } from './host.ts';
import { loadInterpreter, moduleOf } from './load.ts';
import { hasStackSwitching, PromiseWaiter } from './waiter.ts';

/** A Python process: the entry of its worker. */

/** Exit code of a process whose engine failed, as of one ended by SIGABRT. */
const ENGINE_FAULT = 134;
/** Characters of an error that are reported. */
const DETAIL_LIMIT = 4_000;
const PYTHON_VERSION = '3.14.2';

async function main(): Promise<void> {
  const port = await receiveStart();
  if (!hasStackSwitching()) {
    return fail(
      port,
      'this browser cannot suspend WebAssembly stacks (JSPI), which Python threads and sockets need',
    );
  }
  try {
    port.exit(await run(port));
  } catch (error) {
    fail(port, `the Python engine stopped: ${describe(error)}`);
  }
}

function describe(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return text.slice(0, DETAIL_LIMIT);
}

function fail(port: ProcessPort, detail: string): void {
  port.report({ type: 'unsupported', reason: 'engine', detail });
  port.write('stderr', new TextEncoder().encode(`python3: ${detail}\n`));
  port.exit(ENGINE_FAULT);
}

async function run(port: ProcessPort): Promise<number> {
  const { argv, env, assets, disk, pid } = port.start;
  const files = SharedFs.attach(disk, pid);
  const host = new PythonHost(
    port,
    new PromiseWaiter(),
    (code) => port.exit(code),
    (error) => fail(port, `a Python thread could not run: ${describe(error)}`),
  );
  const searchPath = env['PYTHONPATH'];
  const python = await loadInterpreter({
    assets,
    env: {
      HOME: layout.home,
      ...env,
      ...(searchPath === undefined ? {} : { PYTHONPATH: absoluteSearchPath(searchPath, port.start.cwd) }),
    },
    interpreterArgs: interpreterArguments(argv.slice(1)),
    executable: layout.pythonPath,
  });
  connectStreams(python, port);
  mountDisk(moduleOf(python), files);
  python.setInterruptBuffer(port.control.subarray(Control.signal, Control.signal + 1));
  port.report({
    type: 'substitution',
    package: 'python',
    kind: 'version',
    detail: `CPython ${PYTHON_VERSION} (Pyodide ${python.version}) stands in for CPython 3.12`,
  });
  const boot = python.pyimport('_sandbox_boot') as { boot(host: PythonHost, unbuffered: boolean): void };
  const unbuffered =
    interpreterArguments(argv.slice(1)).includes('-u') || (env['PYTHONUNBUFFERED'] ?? '') !== '';
  boot.boot(host, unbuffered);
  const runner = python.pyimport('_sandbox_run') as { main: PythonFunction };
  return Number(await runner.main.callPromising(argv.slice(1)));
}

function connectStreams(python: PyodideInterface, port: ProcessPort): void {
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
