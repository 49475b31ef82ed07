import type { PyodideInterface } from 'pyodide';
import { layout } from '../kernel/layout.ts';
import type { RuntimeAssets, StartMessage } from '../kernel/protocol.ts';
import { interpreterArguments } from './command-line.ts';
import { loadInterpreter } from './load.ts';
import { unpackPages } from './snapshot.ts';
import { hasStackSwitching } from './waiter.ts';

/** The interpreter of a process: the one that was booted before the process was known, or one of its own. */

/** Options and variables that are applied after the interpreter has started; all others it must see when it starts. */
const LATE_OPTIONS = new Set(['-u']);
const LATE_VARIABLES = new Set(['PYTHONUNBUFFERED', 'PYTHONPATH', 'PYTHONDONTWRITEBYTECODE']);

export class Preparation {
  #interpreter: Promise<PyodideInterface> | undefined;

  /** Boots an interpreter for a process to come. */
  begin(assets: RuntimeAssets): void {
    this.#interpreter = usualInterpreter(assets);
    // A failure shows when the process starts: it boots again, and reports what happens then.
    this.#interpreter.catch(() => undefined);
  }

  /** The interpreter for a process. @throws when it could not be loaded. */
  async take({
    argv,
    env,
    assets,
  }: Pick<StartMessage, 'argv' | 'env' | 'assets'>): Promise<PyodideInterface> {
    const interpreterArgs = interpreterArguments(argv.slice(1));
    if (startsAsUsual(interpreterArgs, env)) {
      return (await this.#interpreter?.catch(() => undefined)) ?? usualInterpreter(assets);
    }
    this.#interpreter = undefined;
    return loadInterpreter({
      assets,
      env: withoutSearchPath(env),
      interpreterArgs,
      executable: layout.pythonPath,
    });
  }
}

/** Everything that differs between processes is set by `_sandbox_boot`. */
async function usualInterpreter(assets: RuntimeAssets): Promise<PyodideInterface> {
  const options = { assets, env: { HOME: layout.home }, interpreterArgs: [], executable: layout.pythonPath };
  if (assets.snapshot !== undefined && hasStackSwitching()) {
    try {
      return await loadInterpreter({ ...options, snapshot: unpackPages(assets.snapshot) });
    } catch {
      // Then without: what it holds can be had by starting.
    }
  }
  return loadInterpreter(options);
}

/** An interpreter of which a snapshot can be taken. */
export function interpreterForSnapshot(assets: RuntimeAssets): Promise<PyodideInterface> {
  return loadInterpreter({
    assets,
    env: { HOME: layout.home },
    interpreterArgs: [],
    executable: layout.pythonPath,
    snapshot: 'make',
  });
}

/** True when an interpreter that knows nothing of the process can become it. */
export function startsAsUsual(options: readonly string[], env: Readonly<Record<string, string>>): boolean {
  return (
    options.every((option) => LATE_OPTIONS.has(option)) &&
    Object.keys(env).every((name) => !name.startsWith('PYTHON') || LATE_VARIABLES.has(name))
  );
}

/** The interpreter starts before it has a working directory or a disk; `_sandbox_boot` sets the search path. */
function withoutSearchPath(env: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ HOME: layout.home, ...env }).filter(([name]) => name !== 'PYTHONPATH'),
  );
}
