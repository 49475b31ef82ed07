import type { Task } from '../domain/task.ts';
import type { Duplex, Engine, FileMap, Sandbox } from '../engines/engine.ts';
import { EngineFault, UnsupportedLog } from '../evaluate/faults.ts';
import { waitForHealth } from '../evaluate/health.ts';
import { defaultLimits, type RunLimits } from '../evaluate/limits.ts';
import { install, startServer, type Failed } from '../evaluate/processes.ts';
import { Recorder } from '../evaluate/recorder.ts';
import type { RunEvent } from '../evaluate/types.ts';

/** Why a submission cannot be served, and whose fault that is. */
export interface HostFailure {
  blame: 'submission' | 'engine';
  message: string;
}

/** A submission that answers its health check and goes on running. */
export interface Hosted {
  /** Opens a connection to the submission's port. @throws EngineError ECONNREFUSED. */
  connect(): Promise<Duplex>;
  /** Resolves when run.sh ends by itself. */
  readonly ended: Promise<HostFailure>;
  /** Ends the submission and frees its sandbox. */
  stop(): Promise<void>;
}

export interface HostRequest {
  engine: Engine;
  task: Task;
  files: FileMap;
}

export interface HostOptions {
  signal: AbortSignal;
  onEvent?: (event: RunEvent) => void;
  limits?: RunLimits;
}

/**
 * Installs and starts a submission as an evaluation does, and keeps it running.
 * @returns the running submission, or why there is none
 * @throws AbortError when cancelled; the sandbox is gone then, as after a failure
 */
export async function host(request: HostRequest, options: HostOptions): Promise<Hosted | HostFailure> {
  const { engine } = request;
  const { signal } = options;
  let sandbox: Sandbox | undefined;
  try {
    sandbox = await engine.boot({}, signal);
    const hosted = await bringUp(sandbox, request, options);
    if ('connect' in hosted) return hosted;
    await sandbox.dispose();
    return hosted;
  } catch (error) {
    await sandbox?.dispose();
    signal.throwIfAborted();
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof EngineFault) return { blame: 'engine', message };
    return { blame: 'engine', message: `the ${engine.id} engine failed: ${message}` };
  }
}

async function bringUp(
  sandbox: Sandbox,
  request: HostRequest,
  options: HostOptions,
): Promise<Hosted | HostFailure> {
  const { engine, task, files } = request;
  const { signal, limits = defaultLimits } = options;
  const recorder = new Recorder(options.onEvent ?? (() => undefined), limits.outputBytes);
  const unsupported = new UnsupportedLog();
  unsupported.listen(sandbox);
  sandbox.on('log', ({ message }) => recorder.note(message));
  sandbox.on('unsupported', ({ detail }) => recorder.note(`not possible in this engine: ${detail}`));
  const listening = new Set<number>();
  sandbox.on('listen', ({ port }) => listening.add(port));
  sandbox.on('unlisten', ({ port }) => listening.delete(port));
  const blame = (message: string): HostFailure => {
    const cannot = unsupported.verdict;
    return cannot === undefined
      ? { blame: 'submission', message }
      : { blame: 'engine', message: `${message} (not possible in this engine: ${cannot.detail})` };
  };
  const failure = ({ message }: Failed): HostFailure => {
    recorder.end('failed', { message });
    return blame(message);
  };

  await sandbox.mount(files);
  const installMs = engine.capabilities.isolated ? limits.installMs : limits.nativeInstallMs;
  const context = { sandbox, task, files, recorder, limits, installMs, signal };
  recorder.begin('install');
  const notInstalled = await install(context);
  if (notInstalled !== undefined) return failure(notInstalled);
  recorder.end('passed');
  recorder.begin('start');
  const started = await startServer(context);
  if (!('server' in started)) return failure(started);
  const { process } = started.server;
  const watched = { sandbox, port: task.port, listening, exit: process.exit };
  const unhealthy = await waitForHealth(watched, limits, signal, () => undefined);
  if (unhealthy !== undefined) return failure(unhealthy);
  recorder.end('passed');

  let stopped = false;
  const ended = new Promise<HostFailure>((done) => {
    void process.exit.then((code) => {
      // A run.sh that leaves its server in the background has done its work; the server goes on.
      const inBackground = code === 0 && listening.has(task.port);
      if (!stopped && !inBackground) done(blame(`run.sh exited with code ${code}`));
    });
  });
  const stop = async () => {
    stopped = true;
    await sandbox.dispose();
  };
  return { connect: () => sandbox.connect(task.port), ended, stop };
}
