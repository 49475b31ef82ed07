import type { JSHandle, Page } from 'playwright-core';
import type { FileMap, RawRequest, RawResponse, Sandbox } from '../../src/engines/engine.ts';
import '../../src/harness/api.ts';
import { answerMs, type Box, type Ended, type Failed, type Running, type Talk } from './box.ts';

/** A sandbox of the page, and what it has said so far. */
interface Kept {
  sandbox: Sandbox;
  listening: Set<number>;
  unsupported: string[];
}

interface KeptRun {
  ended: Promise<{ code: number; stdout: number[]; stderr: number[] }>;
  kill(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): void;
}

const bytesOf = (list: number[]) => Uint8Array.from(list);
const listOf = (data: string | Uint8Array) => [...(typeof data === 'string' ? Buffer.from(data) : data)];

/** A box over an embedded engine in the harness page; bytes cross the debugging protocol as lists of numbers. */
export class PageBox implements Box {
  readonly workdir = '/app';
  readonly paths = [];
  readonly #kept: JSHandle<Kept>;

  private constructor(kept: JSHandle<Kept>) {
    this.#kept = kept;
  }

  static async boot(page: Page, engine: 'node' | 'python'): Promise<PageBox> {
    const kept = await page.evaluateHandle(async (id): Promise<Kept> => {
      const sandbox = await (await window.decay?.createEngine(id))?.boot();
      if (sandbox === undefined) throw new Error('the harness page has no engine');
      const made: Kept = { sandbox, listening: new Set(), unsupported: [] };
      sandbox.on('listen', ({ port }) => made.listening.add(port));
      sandbox.on('unlisten', ({ port }) => made.listening.delete(port));
      sandbox.on('unsupported', ({ detail }) => made.unsupported.push(detail));
      return made;
    }, engine);
    return new PageBox(kept);
  }

  async mount(folder: string, files: FileMap): Promise<void> {
    const placed = Object.entries(files).map(([path, data]) => [`${folder}/${path}`, listOf(data)] as const);
    await this.#kept.evaluate(
      ({ sandbox }, list) =>
        sandbox.mount(Object.fromEntries(list.map(([path, data]) => [path, Uint8Array.from(data)]))),
      placed,
    );
  }

  readText(path: string): Promise<string | undefined> {
    return this.#kept.evaluate(async ({ sandbox }, name) => {
      const bytes = await sandbox.fs.readFile(name).catch(() => undefined);
      return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
    }, path);
  }

  async run(command: string, folder: string, env: Record<string, string>): Promise<Running> {
    const run = await this.#kept.evaluateHandle(
      async ({ sandbox }, { command, folder, env }): Promise<KeptRun> => {
        const child = await sandbox.spawn('bash', ['-c', command], { cwd: folder, env });
        const read = async () => {
          const parts: Record<'stdout' | 'stderr', number[]> = { stdout: [], stderr: [] };
          const reader = child.output.getReader();
          for (let next = await reader.read(); !next.done; next = await reader.read()) {
            for (const byte of next.value.bytes) parts[next.value.stream].push(byte);
          }
          return { code: await child.exit, ...parts };
        };
        return { ended: read(), kill: (signal) => child.kill(signal) };
      },
      { command, folder, env },
    );
    const ended = async (): Promise<Ended> => {
      const { code, stdout, stderr } = await run.evaluate(({ ended }) => ended);
      return { code, stdout: bytesOf(stdout), stderr: bytesOf(stderr) };
    };
    return { ended: ended(), kill: (signal) => run.evaluate((kept, name) => kept.kill(name), signal) };
  }

  listening(port: number, withinMs: number): Promise<boolean> {
    return this.#kept.evaluate(
      async ({ listening }, { port, withinMs }) => {
        const until = Date.now() + withinMs;
        while (!listening.has(port)) {
          if (Date.now() > until) return false;
          await new Promise((done) => setTimeout(done, 20));
        }
        return true;
      },
      { port, withinMs },
    );
  }

  async request(port: number, request: RawRequest): Promise<RawResponse | Failed> {
    const { body, ...head } = request;
    const answer = await this.#kept.evaluate(
      async ({ sandbox }, { port, head, body, withinMs }) => {
        const asked = body === undefined ? head : { ...head, body: Uint8Array.from(body) };
        try {
          const response = await sandbox.request(port, asked, AbortSignal.timeout(withinMs));
          return { ...response, body: [...response.body] };
        } catch (error) {
          const known = error instanceof Error && 'code' in error && typeof error.code === 'string';
          return { error: known ? String(error.code) : String(error) };
        }
      },
      { port, head, body: body === undefined ? undefined : [...body], withinMs: answerMs },
    );
    return 'body' in answer ? { ...answer, body: bytesOf(answer.body) } : { error: answer.error };
  }

  async talk(port: number, { writes, until }: Talk): Promise<Uint8Array | Failed> {
    const answer = await this.#kept.evaluate(
      async ({ sandbox }, { port, writes, until, withinMs }) => {
        let duplex;
        try {
          duplex = await sandbox.connect(port);
        } catch (error) {
          return { error: error instanceof Error && 'code' in error ? String(error.code) : String(error) };
        }
        const open = duplex;
        let timer: ReturnType<typeof setTimeout> | undefined;
        // A connection that is closed at this end says no more, not even that it has ended.
        const late = new Promise<void>((done) => (timer = setTimeout(done, withinMs)));
        const writer = open.writable.getWriter();
        const parts: number[] = [];
        const pattern = until === undefined ? undefined : new RegExp(until);
        const reading = (async () => {
          const reader = open.readable.getReader();
          for (let next = await reader.read(); !next.done; next = await reader.read()) {
            for (const byte of next.value) parts.push(byte);
            const text = parts.map((byte) => String.fromCharCode(byte)).join('');
            if (pattern?.test(text) === true) break;
          }
        })().catch(() => undefined);
        for (const bytes of writes) {
          await Promise.race([writer.write(Uint8Array.from(bytes)).catch(() => undefined), late]);
          if (writes.length > 1) await new Promise((done) => setTimeout(done, 60));
        }
        await Promise.race([reading, late]);
        clearTimeout(timer);
        open.close();
        return parts;
      },
      { port, writes: writes.map((bytes) => [...bytes]), until, withinMs: answerMs },
    );
    return Array.isArray(answer) ? bytesOf(answer) : answer;
  }

  unsupported(): Promise<string[]> {
    return this.#kept.evaluate(({ unsupported }) => unsupported);
  }

  async dispose(): Promise<void> {
    await this.#kept.evaluate(({ sandbox }) => sandbox.dispose());
    await this.#kept.dispose();
  }
}
