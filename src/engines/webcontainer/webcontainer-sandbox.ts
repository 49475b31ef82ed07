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
import { HttpClient } from '../net/http1.ts';
import type { Client } from './client/types.ts';
import { sandboxFs, toTree } from './files.ts';
import { files as relayFiles } from './inside/environment.ts';
import { RelayClient, type RelayEvent } from './relay-client.ts';
import { replies } from './schema.ts';
import { WebContainerProcess } from './webcontainer-process.ts';

type Listeners = { [K in keyof SandboxEvents]?: Set<(value: SandboxEvents[K]) => void> };

/** Nobody says whose port it is. */
const unknownPid = 0;
const mostUnheard = 100;
const mostEarlyExits = 1_000;

/** What scripts/engines/webcontainer.mjs has built to be placed inside. */
export interface PlacedFiles {
  names(): Promise<readonly string[]>;
  load(name: string): Promise<Uint8Array | string>;
}

export interface SandboxParts {
  readonly client: Client;
  readonly env: Readonly<Record<string, string>>;
  /** Frees what the client lives in, after its teardown. */
  release(): void;
}

/** A sandbox inside a WebContainer, reached through the package's client and a relay process of ours. */
export class WebContainerSandbox implements Sandbox {
  readonly workdir: string;
  readonly fs: SandboxFs;
  readonly #client: Client;
  readonly #env: Readonly<Record<string, string>>;
  readonly #release: () => void;
  readonly #processes = new Map<number, { process: WebContainerProcess; command: string }>();
  /** Exits that came before the answer that names the process. */
  readonly #exits = new Map<number, number>();
  readonly #http = new Map<number, HttpClient>();
  readonly #listeners: Listeners = {};
  /** What was said while nobody listened: a boot says things before its caller has the sandbox. */
  readonly #unheard: { event: keyof SandboxEvents; deliver: () => void }[] = [];
  #relay: RelayClient | undefined;
  #ended: EngineError | undefined;

  constructor({ client, env, release }: SandboxParts) {
    this.#client = client;
    this.#env = env;
    this.#release = release;
    this.workdir = client.workdir;
    this.fs = sandboxFs(client, () => this.#connected());
    client.on('port', (port, type) =>
      this.#emit(type === 'open' ? 'listen' : 'unlisten', { port, pid: unknownPid }),
    );
    client.on('error', ({ message }) => {
      this.#emit('log', { level: 'error', message });
      this.#emit('unsupported', { reason: 'engine', detail: `WebContainers: ${message}` });
    });
  }

  /**
   * Places the relay and starts it.
   * @param env - Variables of the relay's own process.
   * @returns the version of Node inside
   * @throws EngineError EBOOT.
   */
  async start(files: PlacedFiles, env: Readonly<Record<string, string>>): Promise<string> {
    const { folder, relay, shell } = relayFiles;
    const placed = (await files.names()).filter((name) => name !== shell);
    const contents = await Promise.all(placed.map(async (name) => [name, await files.load(name)] as const));
    await this.#client.mount({ [folder]: { directory: toTree(Object.fromEntries(contents)) } });
    const process = await this.#client.spawn('node', [`${folder}/${relay}`], { env: { ...env } });
    this.#relay = new RelayClient(
      process,
      (event) => this.#take(event),
      (reason) => this.#fail(`the relay inside the WebContainer is lost: ${reason}`),
    );
    try {
      const { node, directory, needsShell } = await this.#relay.ready;
      if (needsShell) await this.fs.writeFile(`${directory}/${shell}`, await files.load(shell));
      return node;
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new EngineError('EBOOT', reason, { cause });
    }
  }

  async mount(files: FileMap): Promise<void> {
    this.#refuse();
    await this.#client.mount(toTree(files));
  }

  async spawn(command: string, args: readonly string[] = [], options: SpawnOptions = {}): Promise<Process> {
    const { signal, cwd = this.workdir } = options;
    signal?.throwIfAborted();
    const relay = this.#connected();
    const { pid, stdout, stderr } = await relay.call(
      {
        method: 'spawn',
        command,
        args,
        cwd: cwd.startsWith('/') ? cwd : `${this.workdir}/${cwd}`,
        env: { ...this.#env, ...options.env },
      },
      replies.spawned,
    );
    const process = new WebContainerProcess(
      pid,
      relay.connection(stdout),
      relay.connection(stderr),
      (number) => relay.post({ type: 'kill', pid, signal: number }),
    );
    this.#processes.set(pid, { process, command: [command, ...args].join(' ') });
    const code = this.#ended === undefined ? this.#exits.get(pid) : 137;
    if (code !== undefined) this.#exited(pid, code);
    const abort = () => process.kill('SIGKILL');
    signal?.addEventListener('abort', abort, { once: true });
    void process.exit.then(() => signal?.removeEventListener('abort', abort));
    if (signal?.aborted === true) abort();
    return process;
  }

  async connect(port: number, signal?: AbortSignal): Promise<Duplex> {
    signal?.throwIfAborted();
    const relay = this.#connected();
    const { label } = await relay.call({ method: 'connect', port }, replies.connected);
    const connection = relay.connection(label);
    if (signal?.aborted === true) connection.close();
    signal?.throwIfAborted();
    return connection;
  }

  async request(port: number, request: RawRequest, signal?: AbortSignal): Promise<RawResponse> {
    let client = this.#http.get(port);
    if (client === undefined) {
      client = new HttpClient((connectSignal) => this.connect(port, connectSignal), `localhost:${port}`);
      this.#http.set(port, client);
    }
    return client.request(request, { signal });
  }

  on<K extends keyof SandboxEvents>(event: K, listener: (value: SandboxEvents[K]) => void): () => void {
    const set: Set<(value: SandboxEvents[K]) => void> = this.#listeners[event] ?? new Set();
    Object.assign(this.#listeners, { [event]: set });
    set.add(listener);
    const late = this.#unheard.filter((entry) => entry.event === event);
    for (const entry of late) {
      this.#unheard.splice(this.#unheard.indexOf(entry), 1);
      entry.deliver();
    }
    return () => set.delete(listener);
  }

  async dispose(): Promise<void> {
    this.#end(new EngineError('EDISPOSED', 'the sandbox was disposed'));
  }

  #connected(): RelayClient {
    this.#refuse();
    if (this.#relay === undefined) throw new EngineError('EBOOT', 'the relay has not been started');
    return this.#relay;
  }

  #refuse(): void {
    if (this.#ended !== undefined) throw this.#ended;
  }

  #fail(message: string): void {
    if (this.#ended !== undefined) return;
    this.#emit('unsupported', { reason: 'engine', detail: message });
    this.#end(new EngineError('ESANDBOX', message));
  }

  #end(error: EngineError): void {
    if (this.#ended !== undefined) return;
    this.#ended = error;
    this.#relay?.close(error);
    for (const client of this.#http.values()) client.close();
    for (const pid of [...this.#processes.keys()]) this.#exited(pid, 137);
    try {
      this.#client.teardown();
    } catch {
      // The client says so when it has been torn down before: then that is done.
    }
    this.#release();
  }

  #take(event: RelayEvent): void {
    switch (event.type) {
      case 'exit':
        if (this.#processes.has(event.pid)) this.#exited(event.pid, event.code);
        else if (this.#exits.size < mostEarlyExits) this.#exits.set(event.pid, event.code);
        return;
      case 'substitution':
        return this.#emit('substitution', { package: event.package, kind: event.kind, detail: event.detail });
      case 'unsupported':
        return this.#emit('unsupported', { reason: event.reason, detail: event.detail });
    }
  }

  #exited(pid: number, code: number): void {
    const known = this.#processes.get(pid);
    this.#processes.delete(pid);
    this.#exits.delete(pid);
    if (known === undefined) return;
    known.process.finish(code);
    this.#emit('exit', { pid, command: known.command, code });
  }

  #emit<K extends keyof SandboxEvents>(event: K, value: SandboxEvents[K]): void {
    const deliver = () => {
      for (const listener of this.#listeners[event] ?? []) listener(value);
    };
    if (this.#listeners[event] !== undefined) deliver();
    else if (this.#unheard.length < mostUnheard) this.#unheard.push({ event, deliver });
  }
}
