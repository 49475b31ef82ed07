import type { Engine, Language, Process, Sandbox } from '../engine.ts';

/** One requirement on every engine. Runs wherever the engine runs: in a page or in Node. */
export interface ContractCase {
  readonly name: string;
  run(kit: Kit): Promise<void>;
}

/** Programs that the cases need, in the engine's language. Each is a file's text. */
export interface Programs {
  readonly command: string;
  readonly extension: string;
  /** Prints argv after the script as JSON, the variable WORD, the working directory, and one line to stderr. Exits 7. */
  readonly report: string;
  /** Runs for ever without yielding. */
  readonly spin: string;
  /** Waits for ever. */
  readonly wait: string;
  /** Appends the letters given to the file given, 100 times. */
  readonly append: string;
  /** Copies standard input to standard output, upper-cased. */
  readonly upper: string;
  /**
   * HTTP server on the port given: `/text`, `/empty` (204), `/bytes` (all 256 values), `/big` (1 MiB of `x`),
   * `/headers` (Set-Cookie twice, X-Order before and after), `/chunked`, `/slow` (500 ms), `/echo` (body back,
   * request's target, method and X-Twice values in X-Seen), `/exit` (the process exits with 3 while it answers).
   */
  readonly server: string;
}

export class Kit {
  readonly #sandboxes: Sandbox[] = [];

  constructor(
    readonly engine: Engine,
    readonly language: Language,
    readonly programs: Programs,
    /** First of a range of ports that the case may use. */
    readonly port: number,
  ) {}

  async boot(): Promise<Sandbox> {
    const sandbox = await this.engine.boot();
    this.#sandboxes.push(sandbox);
    return sandbox;
  }

  async dispose(): Promise<void> {
    for (const sandbox of this.#sandboxes) await sandbox.dispose();
  }

  file(name: string): string {
    return `${name}.${this.programs.extension}`;
  }

  /** Starts one of the programs. */
  async start(
    sandbox: Sandbox,
    program: keyof Programs,
    args: string[] = [],
    env?: Record<string, string>,
  ): Promise<Process> {
    const file = this.file(program);
    await sandbox.mount({ [file]: this.programs[program] });
    return sandbox.spawn(this.programs.command, [file, ...args], env === undefined ? {} : { env });
  }

  /** Starts the server and waits until it answers. */
  async serve(sandbox: Sandbox, port = this.port): Promise<Process> {
    const process = await this.start(sandbox, 'server', [String(port)]);
    const output = collect(process);
    for (let tries = 0; ; tries++) {
      try {
        await sandbox.request(port, { method: 'GET', target: '/text', headers: [] });
        return process;
      } catch (error) {
        if (tries > 1_200)
          throw new Error(`the server did not start: ${JSON.stringify(await settled(output))}`, {
            cause: error,
          });
        await delay(50);
      }
    }
  }
}

export interface Collected {
  stdout: string;
  stderr: string;
  code: number;
}

/** All output of a process, and its exit code. */
export async function collect(process: Process): Promise<Collected> {
  const text = { stdout: '', stderr: '' };
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  const reader = process.output.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    const { stream, bytes } = next.value;
    text[stream] += decoders[stream].decode(bytes, { stream: true });
  }
  return { ...text, code: await process.exit };
}

async function settled(output: Promise<Collected>): Promise<Collected | 'still running'> {
  return Promise.race([output, delay(100).then(() => 'still running' as const)]);
}

export const delay = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export function equal(actual: unknown, expected: unknown, what: string): void {
  const [a, e] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== e) throw new Error(`${what}: expected ${e?.slice(0, 500)}, got ${a?.slice(0, 500)}`);
}

export function check(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

/** @returns the `code` of the error that `action` rejects with. */
export async function failure(action: Promise<unknown>): Promise<string> {
  try {
    await action;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
  return 'no error';
}
