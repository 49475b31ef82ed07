import type { Frame } from '../../sandbox/frame.ts';
import { replies, type RuntimeBundle } from '../../sandbox/messages.ts';
import {
  EngineError,
  type Duplex,
  type FileMap,
  type Process,
  type RawRequest,
  type RawResponse,
  type Sandbox,
  type SandboxEvents,
  type SandboxFs,
  type SpawnOptions,
} from '../engine.ts';
import { layout } from '../kernel/layout.ts';
import { channelDuplex } from '../net/channel-duplex.ts';
import { Channel } from '../net/channel.ts';
import { HttpClient } from '../net/http1.ts';
import { PackageError, type PackageSource } from '../packages/types.ts';
import { EmbeddedProcess } from './embedded-process.ts';
import { KernelClient, type KernelEvent } from './kernel-client.ts';

type Listeners = { [K in keyof SandboxEvents]?: Set<(value: SandboxEvents[K]) => void> };

/** A sandbox whose kernel runs in a frame of this page. */
export class EmbeddedSandbox implements Sandbox {
  readonly workdir = layout.workdir;
  readonly fs: SandboxFs;
  readonly #client: KernelClient;
  readonly #frame: Frame;
  readonly #packages: PackageSource;
  readonly #loadPart: (name: string) => Promise<Uint8Array>;
  readonly #processes = new Map<number, EmbeddedProcess>();
  readonly #channels = new Map<number, Channel>();
  readonly #clients = new Map<number, HttpClient>();
  readonly #listeners: Listeners = {};
  #disposed = false;

  /** @param loadPart - loads a part of the runtimes that is sent only when a process asks for it. */
  constructor(
    frame: Frame,
    packages: PackageSource,
    runtimes: RuntimeBundle[],
    env: Record<string, string>,
    loadPart: (name: string) => Promise<Uint8Array>,
  ) {
    this.#frame = frame;
    this.#packages = packages;
    this.#loadPart = loadPart;
    this.#client = new KernelClient(
      frame.port,
      (event) => this.#take(event),
      (message) => this.fail(`the sandbox broke its protocol: ${message}`),
    );
    this.fs = sandboxFs(this.#client);
    this.#client.post({ type: 'boot', env, runtimes });
  }

  async mount(files: FileMap): Promise<void> {
    await this.#client.call({ method: 'mount', files: copyFiles(files) }, replies.nothing);
  }

  async spawn(command: string, args: readonly string[] = [], options: SpawnOptions = {}): Promise<Process> {
    options.signal?.throwIfAborted();
    const { cwd = layout.workdir, env = {} } = options;
    const pid = await this.#client.call({ method: 'spawn', command, args: [...args], cwd, env }, replies.pid);
    const process = this.#process(pid);
    const abort = () => process.kill('SIGKILL');
    options.signal?.addEventListener('abort', abort, { once: true });
    void process.exit.then(() => options.signal?.removeEventListener('abort', abort));
    return process;
  }

  async connect(port: number, signal?: AbortSignal): Promise<Duplex> {
    signal?.throwIfAborted();
    const reply = await this.#client.call({ method: 'connect', port }, replies.connection);
    const channel = new Channel(reply.channel, () => {
      this.#channels.delete(reply.connection);
      this.#client.post({ type: 'closed', connection: reply.connection });
    });
    this.#channels.set(reply.connection, channel);
    return channelDuplex(channel);
  }

  async request(port: number, request: RawRequest, signal?: AbortSignal): Promise<RawResponse> {
    let client = this.#clients.get(port);
    if (client === undefined) {
      client = new HttpClient((connectSignal) => this.connect(port, connectSignal), `localhost:${port}`);
      this.#clients.set(port, client);
    }
    return client.request(request, { signal });
  }

  on<K extends keyof SandboxEvents>(event: K, listener: (value: SandboxEvents[K]) => void): () => void {
    const set: Set<(value: SandboxEvents[K]) => void> = this.#listeners[event] ?? new Set();
    Object.assign(this.#listeners, { [event]: set });
    set.add(listener);
    return () => set.delete(listener);
  }

  get disposed(): boolean {
    return this.#disposed;
  }

  async dispose(): Promise<void> {
    this.#end(new EngineError('EDISPOSED', 'the sandbox was disposed'));
  }

  /** Ends the sandbox because it cannot be trusted or used any more. */
  fail(message: string): void {
    if (this.#disposed) return;
    this.#emit('unsupported', { reason: 'engine', detail: message });
    this.#end(new EngineError('ESANDBOX', message));
  }

  #end(error: EngineError): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#client.close(error);
    this.#frame.remove();
    for (const channel of [...this.#channels.values()]) channel.abandon();
    for (const process of this.#processes.values()) process.finish(137);
    this.#processes.clear();
  }

  #emit<K extends keyof SandboxEvents>(event: K, value: SandboxEvents[K]): void {
    for (const listener of this.#listeners[event] ?? []) listener(value);
  }

  /** Output may come before the answer that names the process. */
  #process(pid: number): EmbeddedProcess {
    const known = this.#processes.get(pid);
    if (known !== undefined) return known;
    const process = new EmbeddedProcess(pid, {
      input: (bytes) => this.#client.post({ type: 'stdin', pid, bytes }),
      kill: (signal) => this.#client.post({ type: 'kill', pid, signal }),
    });
    this.#processes.set(pid, process);
    if (this.#disposed) process.finish(137);
    return process;
  }

  #take(event: KernelEvent): void {
    switch (event.type) {
      case 'output': {
        const { stream, bytes, pid } = event;
        if (!this.#process(pid).receive({ stream, bytes }))
          this.fail('the sandbox sent more output than it may');
        return;
      }
      case 'exit': {
        const { pid, command, code } = event;
        this.#processes.get(pid)?.finish(code);
        return this.#emit('exit', { pid, command, code });
      }
      case 'gone':
        this.#channels.get(event.connection)?.abandon();
        return;
      case 'package':
        return void this.#answerPackage(event);
      case 'progress': {
        const { label, done, total } = event;
        return this.#emit('progress', { label, done, ...(total === undefined ? {} : { total }) });
      }
      case 'listen':
      case 'unlisten':
        return this.#emit(event.type, { port: event.port, pid: event.pid });
      case 'log':
        return this.#emit('log', { level: event.level, message: event.message });
      case 'query':
        return this.#emit('query', { sql: event.sql, engine: event.engine, ms: event.ms });
      case 'substitution':
        return this.#emit('substitution', { package: event.package, kind: event.kind, detail: event.detail });
      case 'unsupported':
        return this.#emit('unsupported', { reason: event.reason, detail: event.detail });
    }
  }

  async #answerPackage({ id, request }: Extract<KernelEvent, { type: 'package' }>): Promise<void> {
    try {
      const value = await this.#fetchPackage(request);
      // A copy: what is handed over must not stay shared with the page's cache.
      this.#client.post({
        type: 'package',
        id,
        value: typeof value === 'string' ? value : Uint8Array.from(value),
      });
    } catch (error) {
      const code = error instanceof PackageError ? error.code : 'offline';
      const message = error instanceof Error ? error.message : String(error);
      this.#client.post({ type: 'packageError', id, code, message: message.slice(0, 2_000) });
    }
  }

  #fetchPackage(request: Extract<KernelEvent, { type: 'package' }>['request']): Promise<string | Uint8Array> {
    switch (request.kind) {
      case 'index':
        return this.#packages.index(request.ecosystem);
      case 'archive':
        return this.#packages.archive(request.ecosystem, request.name, request.version);
      case 'registryMetadata':
        return this.#packages.registryMetadata(request.ecosystem, request.name);
      case 'registryArchive':
        return this.#packages.registryArchive(request.ecosystem, request.url, request.integrity);
      case 'runtimePart':
        return this.#loadPart(request.name);
    }
  }
}

function copyFiles(files: FileMap): Record<string, string | Uint8Array<ArrayBuffer>> {
  return Object.fromEntries(
    Object.entries(files).map(([path, data]) => [
      path,
      typeof data === 'string' ? data : Uint8Array.from(data),
    ]),
  );
}

function sandboxFs(client: KernelClient): SandboxFs {
  const nothing = async (call: Parameters<KernelClient['call']>[0]): Promise<void> => {
    await client.call(call, replies.nothing);
  };
  return {
    readFile: (path) => client.call({ method: 'readFile', path }, replies.bytes),
    writeFile: (path, data) =>
      nothing({ method: 'writeFile', path, data: typeof data === 'string' ? data : Uint8Array.from(data) }),
    mkdir: (path, { recursive = false } = {}) => nothing({ method: 'mkdir', path, recursive }),
    readdir: (path) => client.call({ method: 'readdir', path }, replies.entries),
    rm: (path, { recursive = false, force = false } = {}) =>
      nothing({ method: 'rm', path, recursive, force }),
    rename: (from, to) => nothing({ method: 'rename', from, to }),
    stat: (path) => client.call({ method: 'stat', path }, replies.stat),
    chmod: (path, mode) => nothing({ method: 'chmod', path, mode }),
  };
}
