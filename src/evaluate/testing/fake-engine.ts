import {
  EngineError,
  type Engine,
  type FileMap,
  type OutputChunk,
  type Process,
  type RawRequest,
  type RawResponse,
  type Sandbox,
  type SandboxEvents,
  type SpawnOptions,
} from '../../engines/engine.ts';

/** What a scripted process can do. */
export interface FakeProcessContext {
  readonly args: readonly string[];
  readonly sandbox: FakeSandbox;
  write(text: string, stream?: OutputChunk['stream']): void;
  /** Answers requests on a port until the process ends. */
  listen(port: number, handle: (request: RawRequest) => RawResponse | Promise<RawResponse>): void;
  /** Aborted when the process is killed. */
  readonly killed: AbortSignal;
}

/** Resolves with the exit code; never resolving means running until killed. */
export type FakeProgram = (context: FakeProcessContext) => Promise<number> | number;

export interface FakeScript {
  /** Programs by name; a missing one is ENOENT. */
  programs: Record<string, FakeProgram>;
  /** Called instead of booting. */
  boot?: (signal: AbortSignal | undefined) => Promise<void>;
  mount?: (files: FileMap) => Promise<void>;
}

type Listeners = { [K in keyof SandboxEvents]: Set<(value: SandboxEvents[K]) => void> };

/** An engine inside the test process whose programs are functions. */
export class FakeEngine implements Engine {
  readonly id = 'node';
  readonly capabilities = {
    languages: ['node', 'python'] as const,
    isolated: true,
    offline: true,
    maxSandboxes: 9,
  };
  readonly sandboxes: FakeSandbox[] = [];

  constructor(readonly script: FakeScript) {}

  versions(): Promise<Record<string, string>> {
    return Promise.resolve({ fake: '1.0.0' });
  }

  async boot(_options: unknown, signal?: AbortSignal): Promise<Sandbox> {
    await this.script.boot?.(signal);
    const sandbox = new FakeSandbox(this.script);
    this.sandboxes.push(sandbox);
    return sandbox;
  }
}

export class FakeSandbox implements Sandbox {
  readonly workdir = '/home/user/project';
  readonly files = new Map<string, string | Uint8Array>();
  readonly executable = new Set<string>();
  readonly #script: FakeScript;
  readonly #servers = new Map<number, (request: RawRequest) => RawResponse | Promise<RawResponse>>();
  readonly #processes = new Set<AbortController>();
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
  disposed = false;
  #lastPid = 0;

  constructor(script: FakeScript) {
    this.#script = script;
  }

  async mount(files: FileMap): Promise<void> {
    await this.#script.mount?.(files);
    for (const [path, content] of Object.entries(files)) this.files.set(path, content);
  }

  readonly fs: Sandbox['fs'] = {
    readFile: (path) => Promise.resolve(new TextEncoder().encode(String(this.#file(path)))),
    writeFile: (path, data) => Promise.resolve(void this.files.set(path, data)),
    mkdir: () => Promise.resolve(),
    readdir: (path) => Promise.resolve(this.#list(this.#inside(path))),
    rm: (path) => {
      const at = this.#inside(path);
      for (const file of this.files.keys())
        if (file === at || file.startsWith(`${at}/`)) this.files.delete(file);
      return Promise.resolve();
    },
    rename: () => Promise.resolve(),
    stat: async (path) => {
      if (this.disposed) throw new EngineError('EDISPOSED', 'the sandbox was disposed');
      if (path === this.workdir) return { type: 'directory', size: 0, mode: 0o755, mtime: 0 };
      return { type: 'file', size: String(this.#file(path)).length, mode: 0o644, mtime: 0 };
    },
    chmod: (path) => {
      this.#file(path);
      this.executable.add(path);
      return Promise.resolve();
    },
  };

  /** A path as the files' map has it: below the working directory, or absolute. */
  #inside(path: string): string {
    return path === this.workdir ? '' : path.replace(`${this.workdir}/`, '');
  }

  #list(directory: string): { name: string; type: 'file' | 'directory' }[] {
    const below = directory === '' ? '' : `${directory}/`;
    const found = new Map<string, 'file' | 'directory'>();
    for (const path of this.files.keys()) {
      if (!path.startsWith(below) || (below === '' && path.startsWith('/'))) continue;
      const [name = '', ...rest] = path.slice(below.length).split('/');
      found.set(name, rest.length > 0 ? 'directory' : 'file');
    }
    return [...found].map(([name, type]) => ({ name, type }));
  }

  async spawn(command: string, args: readonly string[] = [], options: SpawnOptions = {}): Promise<Process> {
    options.signal?.throwIfAborted();
    const program = this.#script.programs[command];
    if (program === undefined) throw new EngineError('ENOENT', `${command}: no such file`);
    if (command === './run.sh' && !this.executable.has('run.sh')) {
      throw new EngineError('EACCES', './run.sh: permission denied');
    }
    this.#lastPid += 1;
    const pid = this.#lastPid;
    const kill = new AbortController();
    this.#processes.add(kill);
    const killed = new Promise<number>((resolve) => {
      kill.signal.addEventListener('abort', () => resolve(143), { once: true });
    });
    const ports: number[] = [];
    let controller: ReadableStreamDefaultController<OutputChunk> | undefined;
    const output = new ReadableStream<OutputChunk>({ start: (given) => void (controller = given) });
    const context: FakeProcessContext = {
      args,
      sandbox: this,
      write: (text, stream = 'stdout') =>
        controller?.enqueue({ stream, bytes: new TextEncoder().encode(text) }),
      listen: (port, handle) => {
        ports.push(port);
        this.#servers.set(port, handle);
        this.emit('listen', { port, pid });
      },
      killed: kill.signal,
    };
    const exit = Promise.race([Promise.resolve().then(() => program(context)), killed]).then((code) => {
      if (code !== 0) for (const port of ports) this.#close(port, pid);
      controller?.close();
      controller = undefined;
      return code;
    });
    return { pid, output, input: new WritableStream(), exit, kill: () => kill.abort() };
  }

  connect(): Promise<never> {
    return Promise.reject(new EngineError('ENOSYS', 'the fake engine has no connections'));
  }

  async request(port: number, request: RawRequest, signal?: AbortSignal): Promise<RawResponse> {
    signal?.throwIfAborted();
    const handle = this.#servers.get(port);
    if (handle === undefined) throw new EngineError('ECONNREFUSED', `nobody listens on port ${port}`);
    return handle(request);
  }

  on<K extends keyof SandboxEvents>(event: K, listener: (value: SandboxEvents[K]) => void): () => void {
    this.#listeners[event].add(listener);
    return () => this.#listeners[event].delete(listener);
  }

  emit<K extends keyof SandboxEvents>(event: K, value: SandboxEvents[K]): void {
    for (const listener of this.#listeners[event]) listener(value);
  }

  /** Ends whatever listens on a port. */
  #close(port: number, pid: number): void {
    this.#servers.delete(port);
    this.emit('unlisten', { port, pid });
  }

  #file(path: string): string | Uint8Array {
    const content = this.files.get(path);
    if (content === undefined) throw new EngineError('ENOENT', `${path}: no such file`);
    return content;
  }

  dispose(): Promise<void> {
    this.disposed = true;
    for (const kill of this.#processes) kill.abort();
    return Promise.resolve();
  }
}
