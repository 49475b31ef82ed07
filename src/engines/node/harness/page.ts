import { SharedFs } from '../../fs/shared-fs.ts';
import { Control, type ProcessMessage, type RuntimeAssets } from '../../kernel/protocol.ts';
import { Channel } from '../../net/channel.ts';

/** A kernel for tests of the realm alone, in a page: one process at a time, ports, no shell. */
export interface RunResult {
  stdout: string;
  stderr: string;
  code: number;
  reports: string[];
}

interface Running {
  readonly worker: Worker;
  readonly done: Promise<RunResult>;
  readonly listening: Promise<number>;
  connect(port: number): Channel;
}

const decoder = new TextDecoder();

export class TestKernel {
  readonly #url: string;
  readonly #assets: RuntimeAssets;
  readonly #fs: SharedFs;
  #pid = 10;
  #connection = 1;
  current: Running | undefined;

  constructor(script: string, assets: RuntimeAssets) {
    this.#url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    this.#assets = assets;
    this.#fs = SharedFs.create();
    for (const path of ['/app', '/tmp', '/root', '/usr/local/bin']) this.#fs.mkdirp(path);
  }

  get fs(): SharedFs {
    return this.#fs;
  }

  mount(files: Record<string, string | Uint8Array>): void {
    for (const [path, data] of Object.entries(files)) {
      this.#fs.mkdirp(path.slice(0, path.lastIndexOf('/')) || '/');
      this.#fs.writeFile(path, data);
    }
  }

  start(args: readonly string[], env: Record<string, string> = {}, cwd = '/app', stdin = ''): Running {
    const pid = this.#pid++;
    const worker = new Worker(this.#url, { type: 'module' });
    const control = new SharedArrayBuffer(Control.words * Int32Array.BYTES_PER_ELEMENT);
    const words = new Int32Array(control);
    const result: RunResult = { stdout: '', stderr: '', code: -1, reports: [] };
    const outputs = { stdout: new Array<Uint8Array>(), stderr: new Array<Uint8Array>() };
    let listened: (port: number) => void = () => undefined;
    const listening = new Promise<number>((resolve) => (listened = resolve));
    const done = new Promise<RunResult>((resolve) => {
      const end = (code: number): void => {
        worker.terminate();
        result.stdout = textOf(outputs.stdout);
        result.stderr = textOf(outputs.stderr);
        resolve({ ...result, code });
      };
      worker.onerror = (event) => {
        outputs.stderr.push(
          new TextEncoder().encode(`worker error: ${event.message} ${event.filename}:${event.lineno}\n`),
        );
        end(134);
      };
      worker.onmessage = (event: MessageEvent<ProcessMessage>) => {
        const message = event.data;
        switch (message.type) {
          case 'output':
            outputs[message.stream].push(message.bytes);
            Atomics.sub(words, Control.output, message.bytes.byteLength);
            Atomics.notify(words, Control.output);
            break;
          case 'exit':
            end(message.code);
            break;
          case 'listen':
            worker.postMessage({ type: 'listening', id: message.id, port: message.port });
            listened(message.port);
            break;
          case 'connect':
            this.#loopback(worker, message.id, message.port);
            break;
          case 'spawn':
            this.#spawn(worker, message);
            break;
          case 'unsupported':
            result.reports.push(message.detail);
            break;
          default:
        }
      };
    });
    worker.postMessage({
      type: 'start',
      pid,
      ppid: 1,
      argv: ['node', ...args],
      env: { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: '/root', ...env },
      cwd,
      disk: this.#fs.buffer,
      control,
      assets: this.#assets,
    });
    if (stdin !== '') worker.postMessage({ type: 'stdin', bytes: new TextEncoder().encode(stdin) });
    worker.postMessage({ type: 'stdin', bytes: null });
    const connect = (port: number): Channel => {
      const { port1, port2 } = new MessageChannel();
      const connection = this.#connection++;
      worker.postMessage(
        { type: 'accept', port, peerPort: 40_000 + connection, connection, channel: port2 },
        [port2],
      );
      return new Channel(port1);
    };
    this.current = { worker, done, listening, connect };
    return this.current;
  }

  /** The only program beside Node is `echo`, which has ended before its number is known. */
  #spawn(worker: Worker, { id, command, args }: { id: number; command: string; args: string[] }): void {
    if (command !== 'echo') {
      worker.postMessage({ type: 'spawnFailed', id, code: 'ENOENT' });
      return;
    }
    const pid = 100 + id;
    const bytes = new TextEncoder().encode(`${args.join(' ')}\n`);
    worker.postMessage({ type: 'childOutput', pid, stream: 'stdout', bytes });
    worker.postMessage({ type: 'childExit', pid, code: 0 });
    worker.postMessage({ type: 'spawned', id, pid });
  }

  #loopback(worker: Worker, id: number, port: number): void {
    const { port1, port2 } = new MessageChannel();
    const connection = this.#connection++;
    const localPort = 40_000 + connection;
    worker.postMessage({ type: 'accept', port, peerPort: localPort, connection, channel: port2 }, [port2]);
    worker.postMessage(
      { type: 'connected', id, localPort, connection: connection + 100_000, channel: port1 },
      [port1],
    );
  }

  /** Sends bytes on a fresh connection and gives what comes back until the other side ends. */
  exchange(port: number, request: string): Promise<string> {
    const channel = this.current?.connect(port);
    if (channel === undefined) throw new Error('nothing runs');
    return new Promise((resolve) => {
      const parts: Uint8Array[] = [];
      channel.open({
        onData: (bytes) => void parts.push(bytes),
        onEnd: () => resolve(textOf(parts)),
        onReset: () => resolve(`${textOf(parts)}<reset>`),
      });
      channel.send(new TextEncoder().encode(request));
    });
  }

  /** Keep-alive requests one after the other; requests per second. */
  async bench(port: number, request: string, count: number): Promise<number> {
    const channel = this.current?.connect(port);
    if (channel === undefined) throw new Error('nothing runs');
    const bytes = new TextEncoder().encode(request);
    let answered: () => void = () => undefined;
    channel.open({ onData: () => answered() });
    const begin = performance.now();
    for (let i = 0; i < count; i++) {
      const answer = new Promise<void>((resolve) => (answered = resolve));
      channel.send(bytes);
      await answer;
    }
    return (count * 1000) / (performance.now() - begin);
  }
}

function textOf(parts: readonly Uint8Array[]): string {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let offset = 0;
  for (const part of parts) {
    out.set(part, offset);
    offset += part.byteLength;
  }
  return decoder.decode(out);
}

Object.assign(globalThis, { TestKernel });
