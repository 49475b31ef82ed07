import type { Program, ProgramContext } from '../shell/program.ts';
import { ignoredByDefault, killed, type KernelProcess, type ProcessOptions } from './process.ts';

/** A process that is a function in the kernel: a shell, npm, pip, curl. Ends cooperatively, through its signal. */
export class ProgramProcess implements KernelProcess {
  readonly pid: number;
  readonly ppid: number;
  readonly command: string;
  readonly exit: Promise<number>;
  readonly isThread = false;
  endedBy = 0;
  readonly #abort = new AbortController();
  #resolveExit: (code: number) => void = () => undefined;
  #done = false;

  /** @param onFault - called when the program threw: a defect of ours, not the submission's. */
  constructor(
    options: ProcessOptions,
    program: Program,
    context: (signal: AbortSignal) => ProgramContext,
    onFault: (error: unknown) => void,
  ) {
    this.pid = options.pid;
    this.ppid = options.ppid;
    this.command = options.argv.join(' ');
    this.exit = new Promise((resolve) => (this.#resolveExit = resolve));
    void this.#run(program, context(this.#abort.signal), onFault);
  }

  async #run(program: Program, context: ProgramContext, onFault: (error: unknown) => void): Promise<void> {
    try {
      this.#finish(await program(context));
    } catch (error) {
      if (!this.#done) onFault(error);
      this.#finish(70);
    }
  }

  input(): void {
    // Programs of the kernel take their standard input whole, when they start.
  }

  signal(signal: number): void {
    if (!ignoredByDefault.has(signal)) this.terminate(killed(signal), signal);
  }

  terminate(code: number, signal = 0): void {
    if (!this.#done) this.endedBy = signal;
    this.#finish(code);
    this.#abort.abort();
  }

  #finish(code: number): void {
    if (this.#done) return;
    this.#done = true;
    this.#resolveExit(code & 0xff);
  }
}
