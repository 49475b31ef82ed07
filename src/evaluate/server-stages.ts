import type { Task } from '../domain/task.ts';
import type { Engine, FileMap, Sandbox, SandboxFs, Substitution } from '../engines/engine.ts';
import { abortError, cancellable } from './cancel.ts';
import { describeError, EngineFault, UnsupportedLog } from './faults.ts';
import { waitForHealth } from './health.ts';
import type { RunLimits } from './limits.ts';
import {
  install,
  startServer,
  stopServer,
  type Failed,
  type Server,
  type StageContext,
} from './processes.ts';
import type { Recorder } from './recorder.ts';

const mostSubstitutions = 500;

/** What the stages up to a healthy server are made of. */
export interface ServerParts {
  readonly engine: Engine;
  readonly task: Task;
  readonly files: FileMap;
  readonly limits: RunLimits;
  readonly recorder: Recorder;
  readonly signal: AbortSignal;
  /** Versions of the packages that an install left in the sandbox. */
  readonly installedPackages: (fs: SandboxFs, language: Task['language']) => Promise<Record<string, string>>;
  /** Called between install and start. */
  readonly beforeStart?: (sandbox: Sandbox) => Promise<void>;
}

/** A server that answers its health check. */
export interface Healthy {
  readonly server: Server;
  readonly context: StageContext;
  /** Ports somebody in the sandbox listens on, by the process that does. */
  readonly listening: ReadonlyMap<number, number>;
}

/** Boot, install, start and health, for a run and for a server that is started without one. */
export class ServerStages {
  readonly unsupported = new UnsupportedLog();
  readonly substitutions = new Map<string, Substitution>();
  packages: Record<string, string> = {};
  readonly #parts: ServerParts;

  constructor(parts: ServerParts) {
    this.#parts = parts;
  }

  /** An empty sandbox with the files in it. @throws EngineFault, AbortError */
  async boot(): Promise<Sandbox> {
    const { engine, files, recorder, signal } = this.#parts;
    recorder.begin('boot');
    const booting = engine.boot(
      { onProgress: (progress) => recorder.event({ type: 'progress', stage: 'boot', progress }) },
      signal,
    );
    let sandbox: Sandbox;
    try {
      sandbox = await cancellable(booting, signal);
    } catch (error) {
      void booting.then((late) => late.dispose()).catch(() => {});
      if (signal.aborted) throw abortError();
      throw new EngineFault(`the ${engine.id} engine did not boot: ${describeError(error)}`, {
        cause: error,
      });
    }
    this.#listen(sandbox);
    try {
      await cancellable(sandbox.mount(files), signal);
    } catch (error) {
      await sandbox.dispose();
      if (signal.aborted) throw abortError();
      throw new EngineFault(`the files could not be placed in the sandbox: ${describeError(error)}`, {
        cause: error,
      });
    }
    recorder.end('passed');
    return sandbox;
  }

  #listen(sandbox: Sandbox): void {
    const { recorder } = this.#parts;
    this.unsupported.listen(sandbox);
    sandbox.on('log', ({ message }) => recorder.note(message));
    sandbox.on('progress', (progress) =>
      recorder.event({ type: 'progress', stage: recorder.stage, progress }),
    );
    sandbox.on('substitution', (what) => {
      if (this.substitutions.size < mostSubstitutions)
        this.substitutions.set(`${what.package} ${what.detail}`, what);
    });
    sandbox.on('unsupported', ({ detail }) => recorder.note(`not possible in this engine: ${detail}`));
  }

  /**
   * Installs and starts. The stage that failed has not been ended.
   * @returns the healthy server, or why there is none
   * @throws EngineFault, AbortError
   */
  async serve(sandbox: Sandbox): Promise<Healthy | Failed> {
    const { task, files, engine, limits, recorder, signal, beforeStart } = this.#parts;
    const installMs = engine.capabilities.isolated ? limits.installMs : limits.nativeInstallMs;
    const context = { sandbox, task, files, recorder, limits, installMs, signal };
    const listening = new Map<number, number>();
    sandbox.on('listen', ({ port, pid }) => listening.set(port, pid));
    sandbox.on('unlisten', ({ port }) => listening.delete(port));

    recorder.begin('install');
    const notInstalled = await install(context);
    if (notInstalled !== undefined) return notInstalled;
    this.packages = await cancellable(this.#installedPackages(sandbox), signal);
    recorder.end('passed', { exitCode: 0 });
    await beforeStart?.(sandbox);
    const started = await bringUp(context, listening);
    return 'server' in started ? { ...started, context, listening } : started;
  }

  async #installedPackages(sandbox: Sandbox): Promise<Record<string, string>> {
    const { installedPackages, task, recorder } = this.#parts;
    try {
      return await installedPackages(sandbox.fs, task.language);
    } catch (error) {
      recorder.note(`the installed packages could not be listed: ${describeError(error)}`);
      return {};
    }
  }
}

/**
 * Starts run.sh and waits until its server is healthy: the stages start and health. The one that failed has not been
 * ended.
 * @throws EngineFault, AbortError
 */
export async function bringUp(
  context: StageContext,
  listening: ReadonlyMap<number, number>,
): Promise<{ server: Server } | Failed> {
  const { sandbox, task, limits, recorder, signal } = context;
  recorder.begin('start');
  const started = await startServer(context);
  if (!('server' in started)) return started;
  const { server } = started;
  const toHealth = () => {
    recorder.end('passed');
    recorder.begin('health');
  };
  const watched = { sandbox, port: task.port, listening, exit: server.process.exit };
  const unhealthy = await waitForHealth(watched, limits, signal, toHealth).catch((error: unknown) => {
    server.process.kill('SIGKILL');
    throw error;
  });
  if (unhealthy !== undefined) {
    await stopServer(server, context);
    const { exitCode, message } = unhealthy;
    return exitCode === undefined ? unhealthy : { exitCode, message: recorder.explain(message) };
  }
  if (recorder.stage === 'start') toHealth();
  recorder.end('passed');
  return { server };
}
