import type { Duplex, FileMap, RawRequest, RawResponse, Sandbox } from '../../src/engines/engine.ts';
import { answerMs, type Box, type Failed, type Running, type Talk } from './box.ts';

/** A box over a sandbox of this process: the native engine. */
export class SandboxBox implements Box {
  readonly workdir: string;
  paths: readonly (readonly [string, string])[] = [];
  #env: Record<string, string> = {};
  readonly #sandbox: Sandbox;
  readonly #listening = new Set<number>();
  readonly #unsupported: string[] = [];

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
    this.workdir = sandbox.workdir;
    sandbox.on('listen', ({ port }) => this.#listening.add(port));
    sandbox.on('unlisten', ({ port }) => this.#listening.delete(port));
    sandbox.on('unsupported', ({ detail }) => this.#unsupported.push(detail));
  }

  /** Sets what is the machine's own: variables for every run, and what real paths are called. */
  settle(env: Record<string, string>, paths: readonly (readonly [string, string])[]): void {
    this.#env = env;
    this.paths = paths;
  }

  async mount(folder: string, files: FileMap): Promise<void> {
    const placed = Object.entries(files).map(([path, data]) => [`${folder}/${path}`, data] as const);
    await this.#sandbox.mount(Object.fromEntries(placed));
  }

  async readText(path: string): Promise<string | undefined> {
    const bytes = await this.#sandbox.fs.readFile(path).catch(() => undefined);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  }

  async run(command: string, folder: string, env: Record<string, string>): Promise<Running> {
    // npm's own settings of this machine are no part of what is recorded.
    const own = { npm_config_userconfig: '/dev/null', ...this.#env, ...env };
    const child = await this.#sandbox.spawn('bash', ['-c', command], { cwd: folder, env: own });
    // As in the page, where nobody types.
    void child.input.close();
    const parts: Record<'stdout' | 'stderr', Uint8Array[]> = { stdout: [], stderr: [] };
    const read = async () => {
      for await (const { stream, bytes } of child.output) parts[stream].push(bytes);
      const code = await child.exit;
      return { code, stdout: Buffer.concat(parts.stdout), stderr: Buffer.concat(parts.stderr) };
    };
    return {
      ended: read(),
      kill: (signal) => Promise.resolve(child.kill(signal)),
    };
  }

  async listening(port: number, withinMs: number): Promise<boolean> {
    const until = Date.now() + withinMs;
    while (!this.#listening.has(port)) {
      if (Date.now() > until) return false;
      await new Promise((done) => setTimeout(done, 20));
    }
    return true;
  }

  async request(port: number, request: RawRequest): Promise<RawResponse | Failed> {
    try {
      return await this.#sandbox.request(port, request, AbortSignal.timeout(answerMs));
    } catch (error) {
      return failed(error);
    }
  }

  async talk(port: number, { writes, until }: Talk): Promise<Uint8Array | Failed> {
    const duplex = await this.#sandbox.connect(port).catch((error: unknown) => error);
    if (duplex instanceof Error) return failed(duplex);
    const { readable, writable, close } = duplex as Duplex;
    const timer = setTimeout(() => (duplex as Duplex).close(), answerMs);
    const writer = writable.getWriter();
    const parts: Uint8Array[] = [];
    const pattern = until === undefined ? undefined : new RegExp(until);
    const reading = (async () => {
      for await (const bytes of readable) {
        parts.push(bytes);
        if (pattern?.test(Buffer.concat(parts).toString('latin1')) === true) break;
      }
    })().catch(() => undefined);
    for (const bytes of writes) {
      await writer.write(bytes).catch(() => undefined);
      if (writes.length > 1) await new Promise((done) => setTimeout(done, 60));
    }
    await reading;
    clearTimeout(timer);
    close.call(duplex);
    return Buffer.concat(parts);
  }

  unsupported(): Promise<string[]> {
    return Promise.resolve(this.#unsupported);
  }

  dispose(): Promise<void> {
    return this.#sandbox.dispose();
  }
}

function failed(error: unknown): Failed {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string')
    return { error: error.code };
  return { error: String(error) };
}
