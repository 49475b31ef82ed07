import { rm } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { limits } from '../../domain/limits.ts';
import {
  EngineError,
  type BootOptions,
  type Duplex,
  type FileMap,
  type Process,
  type RawRequest,
  type RawResponse,
  type Sandbox,
  type SandboxEvents,
  type SpawnOptions,
} from '../engine.ts';
import { HttpClient } from '../net/http1.ts';
import { createVenv, environmentOf, type Places } from './environment.ts';
import { NativeFs } from './files.ts';
import { ListenWatch, processesOf, type Belonging } from './listeners.ts';
import { signalGroup, startProcess, type NativeProcess } from './process.ts';
import { connectLocal } from './sockets.ts';
import type { Toolchain } from './toolchain.ts';

type Listeners = { [K in keyof SandboxEvents]: Set<(value: SandboxEvents[K]) => void> };

const pythonPrograms =
  /^(python[\d.]*|pip[\d.]*|uv|flask|gunicorn|uvicorn|waitress-serve|django-admin|alembic)$/;
const pythonFiles = /(\.py|^requirements.*\.txt|^pyproject\.toml)$/;

export interface SandboxParts {
  places: Places;
  tools: Toolchain;
  /** Name of the sandbox, in the environment of each of its processes. */
  id: string;
  options: BootOptions;
  onDispose: () => void;
}

/** A sandbox of real processes in a private directory. It confines nothing: what runs in it can do what its user can. */
export class NativeSandbox implements Sandbox {
  readonly workdir: string;
  readonly fs: NativeFs;
  readonly #parts: SandboxParts;
  readonly #env: Record<string, string>;
  readonly #sessions = new Set<number>();
  readonly #belonging: Belonging;
  readonly #watch: ListenWatch;
  readonly #processes = new Set<NativeProcess>();
  readonly #clients = new Map<number, HttpClient>();
  readonly #listeners: Listeners = {
    listen: new Set(),
    unlisten: new Set(),
    exit: new Set(),
    log: new Set(),
    query: new Set(),
    progress: new Set(),
    substitution: new Set(),
    unsupported: new Set(),
  };
  #venv: Promise<void> | undefined;
  #disposing: Promise<void> | undefined;

  constructor(parts: SandboxParts) {
    this.#parts = parts;
    const marker = `DECAY_SANDBOX=${parts.id}`;
    this.#belonging = { marker, sessions: this.#sessions };
    this.workdir = parts.places.workdir;
    this.fs = new NativeFs(parts.places.root, parts.places.workdir);
    this.#env = { ...environmentOf(parts.places, parts.tools, marker), ...parts.options.env };
    this.#watch = new ListenWatch(this.#belonging, (event, listener) => this.#emit(event, listener));
  }

  /** Starts to watch ports; called once, before the sandbox is handed out. */
  open(): Promise<void> {
    return this.#watch.start();
  }

  async mount(files: FileMap): Promise<void> {
    await this.fs.mount(files);
    if (Object.keys(files).some((path) => pythonFiles.test(path))) await this.#ensureVenv();
  }

  async spawn(command: string, args: readonly string[] = [], options: SpawnOptions = {}): Promise<Process> {
    this.#checkAlive();
    options.signal?.throwIfAborted();
    if (pythonPrograms.test(basename(command))) await this.#ensureVenv();
    const env = { ...this.#env, ...options.env };
    const cwd = resolve(this.workdir, options.cwd ?? '.');
    const child = await startProcess(command, args, { cwd, env });
    this.#processes.add(child);
    this.#sessions.add(child.pid);
    const abort = () => child.kill('SIGKILL');
    options.signal?.addEventListener('abort', abort, { once: true });
    if (options.signal?.aborted === true) abort();
    void child.exit.then((code) => {
      options.signal?.removeEventListener('abort', abort);
      this.#emit('exit', { pid: child.pid, command: [command, ...args].join(' '), code });
    });
    return child;
  }

  async connect(port: number, signal?: AbortSignal): Promise<Duplex> {
    this.#checkAlive();
    if (await this.#watch.isForeign(port)) this.#refuseForeign(port);
    return connectLocal(port, signal);
  }

  request(port: number, request: RawRequest, signal?: AbortSignal): Promise<RawResponse> {
    let client = this.#clients.get(port);
    if (client === undefined) {
      client = new HttpClient((during) => this.connect(port, during), `localhost:${port}`);
      this.#clients.set(port, client);
    }
    return client.request(request, { signal });
  }

  on<K extends keyof SandboxEvents>(event: K, listener: (value: SandboxEvents[K]) => void): () => void {
    this.#listeners[event].add(listener);
    return () => void this.#listeners[event].delete(listener);
  }

  dispose(): Promise<void> {
    this.#disposing ??= this.#end();
    return this.#disposing;
  }

  #emit<K extends keyof SandboxEvents>(event: K, value: SandboxEvents[K]): void {
    for (const listener of this.#listeners[event]) listener(value);
  }

  #checkAlive(): void {
    if (this.#disposing !== undefined) throw new EngineError('ENODEV', 'the sandbox has been disposed of');
  }

  #ensureVenv(): Promise<void> {
    this.#venv ??= createVenv(this.#parts.places, this.#parts.tools);
    return this.#venv;
  }

  /** A server of somebody else must never be judged in place of the submission's. */
  #refuseForeign(port: number): never {
    const detail = `port ${port} of this machine is in use by another program; stop it and run again`;
    this.#emit('unsupported', { reason: 'resource', detail });
    throw new EngineError('EADDRINUSE', detail);
  }

  async #end(): Promise<void> {
    this.#watch.stop();
    for (const client of this.#clients.values()) client.close();
    for (const child of this.#processes) if (child.running) signalGroup(child.pid, 'SIGTERM');
    await this.#settled(limits.killGraceMs);
    for (const child of this.#processes) signalGroup(child.pid, 'SIGKILL');
    // What left its group (a daemon) is still in its session or carries the sandbox's name.
    for (const pid of await processesOf(this.#belonging)) killOne(pid);
    await this.#settled(5_000);
    await rm(this.#parts.places.root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    this.#parts.onDispose();
  }

  /** Waits until every process has ended, but not for ever. */
  async #settled(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((done) => (timer = setTimeout(done, ms)));
    await Promise.race([Promise.all([...this.#processes].map((child) => child.exit)), late]);
    clearTimeout(timer);
  }
}

function killOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // ESRCH: it has just ended.
  }
}
