import { limits } from '../../domain/limits.ts';
import { SyscallError } from './process-port.ts';
import { killed, SIGKILL, type KernelProcess } from './process.ts';

/** Whoever's parent has exited belongs to this pid. */
const INIT = 1;

/** The processes of a sandbox as a tree: killing one kills what it started, as a terminal does with its group. */
export class ProcessTable {
  readonly #processes = new Map<number, KernelProcess>();
  readonly #parents = new Map<number, number>();
  /** By the pid of a shell, the child that stands in its place: `exec`. */
  readonly #replacements = new Map<number, number>();
  readonly #onExit: (process: KernelProcess, code: number) => void;
  #nextPid = 2;

  constructor(onExit: (process: KernelProcess, code: number) => void) {
    this.#onExit = onExit;
  }

  get(pid: number): KernelProcess | undefined {
    return this.#processes.get(pid);
  }

  /** Starts what `create` makes under a new pid. @throws SyscallError EAGAIN when there are too many. */
  add(create: (pid: number) => KernelProcess): KernelProcess {
    if (this.#processes.size >= limits.processes) throw new SyscallError('EAGAIN', 'spawn');
    const process = create(this.#nextPid++);
    this.#processes.set(process.pid, process);
    this.#parents.set(process.pid, process.ppid);
    void process.exit.then((code) => {
      for (const child of this.#children(process.pid)) {
        if (child.isThread) this.#end(child, code);
        else this.#parents.set(child.pid, INIT);
      }
      this.#processes.delete(process.pid);
      this.#parents.delete(process.pid);
      this.#replacements.delete(process.pid);
      this.#onExit(process, code);
    });
    return process;
  }

  /** From now on `pid` is `child`: what is sent to it reaches the child alone. It ends as the child does. */
  replace(pid: number, child: number): void {
    this.#replacements.set(pid, child);
  }

  /** Sends a signal to a process and what it started; what has not ended after the grace period is ended. */
  kill(pid: number, signal: number): void {
    const process = this.#processes.get(pid);
    if (process === undefined) return;
    if (signal === SIGKILL) return this.#end(process, killed(signal), signal);
    for (const member of [...this.#descendants(pid), process])
      if (this.#standIn(member) === member) member.signal(signal, true);
    setTimeout(() => {
      if (this.#processes.get(pid) === process) this.#end(process, killed(signal), signal);
    }, limits.killGraceMs);
  }

  /** Sends a signal as kill(2) does: to the one process, whatever it does with it. False when there is none. */
  send(pid: number, signal: number): boolean {
    const named = this.#processes.get(pid);
    if (named === undefined || named.isThread) return false;
    const process = this.#standIn(named);
    if (signal === SIGKILL) process.terminate(killed(signal), signal);
    else if (signal !== 0) process.signal(signal);
    return true;
  }

  /** Sends a signal to a process and all that it started, as kill(2) does to a process group. */
  sendToGroup(pid: number, signal: number): boolean {
    const members = this.#descendants(pid).filter(({ isThread }) => !isThread);
    for (const member of members) if (this.#standIn(member) === member) this.send(member.pid, signal);
    const process = this.#processes.get(pid);
    if (process !== undefined && this.#standIn(process) !== process) return true;
    return this.send(pid, signal);
  }

  #standIn(process: KernelProcess): KernelProcess {
    const child = this.#processes.get(this.#replacements.get(process.pid) ?? 0);
    return child === undefined ? process : this.#standIn(child);
  }

  #end(process: KernelProcess, code: number, signal = 0): void {
    for (const child of this.#children(process.pid)) this.#end(child, code, signal);
    process.terminate(code, signal);
  }

  #children(pid: number): KernelProcess[] {
    return [...this.#processes.values()].filter((process) => this.#parents.get(process.pid) === pid);
  }

  #descendants(pid: number): KernelProcess[] {
    return this.#children(pid).flatMap((child) => [...this.#descendants(child.pid), child]);
  }
}
