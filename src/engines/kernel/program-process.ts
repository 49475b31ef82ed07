import { Input } from '../shell/input.ts';
import type { Child, Program, ProgramContext } from '../shell/program.ts';
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
  readonly #children = new Set<Promise<number>>();
  readonly #input = new Input();
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
    const given = context(this.#abort.signal);
    void this.#run(program, options.piped === true ? { ...given, input: this.#input } : given, onFault);
  }

  async #run(program: Program, context: ProgramContext, onFault: (error: unknown) => void): Promise<void> {
    try {
      // A program that does not wait for anything would else write and end before the kernel knows it.
      await Promise.resolve();
      const code = await program({
        ...context,
        spawn: async (...args) => this.#adopt(await context.spawn(...args)),
        write: (stream, data) => {
          if (!this.#done) context.write(stream, data);
        },
      });
      if (!this.#abort.signal.aborted) this.#finish(code);
    } catch (error) {
      if (this.#abort.signal.aborted) return;
      onFault(error);
      this.#finish(70);
    }
  }

  input(bytes: Uint8Array | null): void {
    if (!this.#done) this.#input.push(bytes);
  }

  signal(signal: number, group = false): void {
    if (this.#done || ignoredByDefault.has(signal)) return;
    if (!group) return this.terminate(killed(signal), signal);
    // Whoever reads its output has to hear the children out, as from a pipe.
    this.#abort.abort();
    void Promise.all(this.#children).then(() => this.terminate(killed(signal), signal));
  }

  terminate(code: number, signal = 0): void {
    if (!this.#done) this.endedBy = signal;
    this.#finish(code);
    this.#abort.abort();
  }

  #adopt(child: Child): Child {
    this.#children.add(child.exit);
    void child.exit.then(() => this.#children.delete(child.exit));
    return child;
  }

  #finish(code: number): void {
    if (this.#done) return;
    this.#done = true;
    this.#resolveExit(code & 0xff);
  }
}
