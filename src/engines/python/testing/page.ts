import { Channel } from '../../net/channel.ts';

/** The page of the engine's browser tests: a kernel worker with the Python runtime alone, driven from Node. */

interface RunOptions {
  args: string[];
  env?: Record<string, string>;
  cwd?: string;
  stdin?: string;
  command?: string;
}

interface RunResult {
  stdout: string;
  stderr: string;
  code: number;
}

interface Running {
  stdout: string;
  stderr: string;
  exit: Promise<number>;
}

const decoder = new TextDecoder();

class Bench {
  readonly events: Record<string, unknown>[] = [];
  readonly #kernel: MessagePort;
  readonly #pending = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (error: Error) => void }
  >();
  readonly #running = new Map<number, Running & { end: (code: number) => void }>();
  #nextId = 1;

  private constructor(kernel: MessagePort) {
    this.#kernel = kernel;
    kernel.onmessage = (event: MessageEvent<Record<string, unknown>>) => this.#take(event.data);
  }

  static async boot(): Promise<Bench> {
    const manifest = (await (await fetch('manifest.json')).json()) as Record<'data' | 'wasm', string[]>;
    const bytes = async (name: string): Promise<[string, Uint8Array]> => [
      name,
      new Uint8Array(await (await fetch(name)).arrayBuffer()),
    ];
    const { port1, port2 } = new MessageChannel();
    const bench = new Bench(port1);
    const worker = new Worker('kernel.js');
    worker.onerror = (event) => bench.events.push({ type: 'kernel error', message: event.message });
    worker.postMessage(null, [port2]);
    const runtime = {
      commands: ['python', 'python3'],
      script: await (await fetch('python.js')).text(),
      data: Object.fromEntries(await Promise.all(manifest.data.map(bytes))),
      wasm: Object.fromEntries(await Promise.all(manifest.wasm.map(bytes))),
    };
    port1.postMessage({ type: 'boot', env: {}, runtimes: [runtime] });
    return bench;
  }

  call(method: string, values: object): Promise<unknown> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#kernel.postMessage({ type: 'call', id, call: { method, ...values } });
    });
  }

  async mount(files: Record<string, string | Uint8Array>): Promise<void> {
    await this.call('mount', { files });
  }

  async start(options: RunOptions): Promise<number> {
    const { args, env = {}, cwd = '/app', command = 'python3' } = options;
    const pid = Number(await this.call('spawn', { command, args, cwd, env }));
    let end: (code: number) => void = () => undefined;
    const exit = new Promise<number>((resolve) => (end = resolve));
    const early = this.#running.get(pid);
    if (early === undefined) this.#running.set(pid, { stdout: '', stderr: '', exit, end });
    const bytes = new TextEncoder().encode(options.stdin ?? '');
    if (bytes.byteLength > 0) this.#kernel.postMessage({ type: 'stdin', pid, bytes });
    this.#kernel.postMessage({ type: 'stdin', pid, bytes: null });
    return pid;
  }

  async run(options: RunOptions): Promise<RunResult> {
    return this.finish(await this.start(options));
  }

  async finish(pid: number): Promise<RunResult> {
    const running = this.#running.get(pid);
    if (running === undefined) throw new Error(`no process ${pid}`);
    const code = await running.exit;
    return { stdout: running.stdout, stderr: running.stderr, code };
  }

  output(pid: number): { stdout: string; stderr: string } {
    const { stdout = '', stderr = '' } = this.#running.get(pid) ?? {};
    return { stdout, stderr };
  }

  kill(pid: number, signal: number): void {
    this.#kernel.postMessage({ type: 'kill', pid, signal });
  }

  /** Waits until somebody listens on the port. */
  async listening(port: number): Promise<void> {
    while (!this.events.some((event) => event['type'] === 'listen' && event['port'] === port)) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Sends raw bytes and returns all that comes back until the server closes. */
  async exchange(port: number, request: string): Promise<string> {
    const reply = (await this.call('connect', { port })) as { connection: number; channel: MessagePort };
    const channel = new Channel(reply.channel);
    return new Promise((resolve, reject) => {
      let text = '';
      channel.open({
        onData: (bytes) => (text += decoder.decode(bytes)),
        onEnd: () => {
          channel.end();
          this.#kernel.postMessage({ type: 'closed', connection: reply.connection });
          resolve(text);
        },
        onReset: () => reject(new Error(`connection reset after ${text.length} characters`)),
      });
      channel.send(new TextEncoder().encode(request));
    });
  }

  #process(pid: number): (Running & { end: (code: number) => void }) | undefined {
    const known = this.#running.get(pid);
    if (known !== undefined) return known;
    let end: (code: number) => void = () => undefined;
    const exit = new Promise<number>((resolve) => (end = resolve));
    const running = { stdout: '', stderr: '', exit, end };
    this.#running.set(pid, running);
    return running;
  }

  #take(message: Record<string, unknown>): void {
    switch (message['type']) {
      case 'reply':
        this.#pending.get(Number(message['id']))?.resolve(message['value']);
        return;
      case 'failure':
        this.#pending.get(Number(message['id']))?.reject(new Error(String(message['message'])));
        return;
      case 'output': {
        const running = this.#process(Number(message['pid']));
        const stream = message['stream'] as 'stdout' | 'stderr';
        if (running !== undefined) running[stream] += decoder.decode(message['bytes'] as Uint8Array);
        return;
      }
      case 'exit':
        this.#process(Number(message['pid']))?.end(Number(message['code']));
        return;
      default:
        this.events.push(message);
    }
  }
}

declare global {
  interface Window {
    bench: Promise<Bench>;
  }
}

window.bench = Bench.boot();

export type { Bench };
