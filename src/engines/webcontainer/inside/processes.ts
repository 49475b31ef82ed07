import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import type { Duplex } from '../../engine.ts';
import type { SpawnCall } from '../messages.ts';
import { findProgram } from './find-program.ts';
import { pumpIn, pumpOut } from './pump.ts';

export interface Spawned {
  /** A number of the relay's own: a host may not know the process's at once. */
  readonly pid: number;
  /** Labels of the connections: standard output and, the other way, input; standard error. */
  readonly stdout: number;
  readonly stderr: number;
}

export interface ProcessesOptions {
  /** Opens a connection to the page. */
  open(): { connection: Duplex; label: number };
  onExit(pid: number, code: number): void;
  /** Runs scripts of the shell when the system has no bash. */
  readonly shell: readonly string[] | undefined;
  /** Environment of every process, below its own. */
  readonly env: Readonly<Record<string, string>>;
}

/** The processes that the page has started. */
export class Processes {
  readonly #options: ProcessesOptions;
  readonly #children = new Map<number, ChildProcess>();
  #last = 0;

  constructor(options: ProcessesOptions) {
    this.#options = options;
  }

  /** @throws an Error with a POSIX `code`. */
  async start(call: SpawnCall): Promise<Spawned> {
    const env = { ...this.#options.env, ...call.env };
    const found = findProgram(call.command, env['PATH'] ?? '', call.cwd, this.#options.shell);
    const child = spawn(found.file, [...found.args, ...call.args], {
      cwd: call.cwd,
      env,
      stdio: 'pipe',
      // At the head of a group of its own, so that what it starts can be ended with it.
      detached: true,
    });
    const exit = new Promise<number>((done) => {
      child.once('exit', (code, signal) =>
        done(code ?? 128 + (signal === null ? 0 : constants.signals[signal])),
      );
    });
    await new Promise<void>((done, failed) => {
      child.once('spawn', () => done());
      child.once('error', failed);
    });
    child.on('error', () => undefined);
    const pid = ++this.#last;
    this.#children.set(pid, child);
    const out = this.#options.open();
    const err = this.#options.open();
    pumpOut(child.stdout, out.connection.writable);
    pumpOut(child.stderr, err.connection.writable);
    void pumpIn(out.connection.readable, child.stdin, () => child.stdin.destroy());
    void exit.then((code) => {
      this.#children.delete(pid);
      this.#options.onExit(pid, code);
    });
    return { pid, stdout: out.label, stderr: err.label };
  }

  /** Signals a process and what it started; one that is gone is no error. */
  kill(pid: number, signal: number): void {
    const child = this.#children.get(pid);
    if (child?.pid === undefined) return;
    try {
      process.kill(-child.pid, signal);
      return;
    } catch {
      // The group is gone, or the system has none.
    }
    try {
      child.kill(signal as NodeJS.Signals & number);
    } catch {
      // It has ended meanwhile.
    }
  }
}
