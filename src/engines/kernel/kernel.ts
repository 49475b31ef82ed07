import { limits } from '../../domain/limits.ts';
import type { GuestMessage, RuntimeBundle } from '../../sandbox/messages.ts';
import { SharedFs } from '../fs/shared-fs.ts';
import { Channel } from '../net/channel.ts';
import { releaseLocksOf } from '../node/addons/sqlite/locks.ts';
import { bashProgram, utilityProgram } from '../shell/bash.ts';
import { shellCommands, utilities } from '../shell/command-names.ts';
import type { Child, ChildOptions, Program, ProgramContext } from '../shell/program.ts';
import { absolute, findExecutable, installProgram } from './executables.ts';
import { layout } from './layout.ts';
import { OutputGate } from './output-gate.ts';
import { PackageClient } from './package-client.ts';
import { ProcessTable } from './process-table.ts';
import { SyscallError } from './process-port.ts';
import { type KernelProcess, type ProcessOptions } from './process.ts';
import { ProgramProcess } from './program-process.ts';
import type { SyncRequest } from './protocol.ts';
import { programs } from './programs.ts';
import { Router } from './router.ts';
import { workerRuntime } from './runtime.ts';
import { SystemCalls, type KernelServices, type SpawnRequest } from './system-calls.ts';
import { WorkerProcess, type WorkerRuntime } from './worker-process.ts';

export type Post = (message: GuestMessage, transfer?: Transferable[]) => void;

/** The operating system of one sandbox: its disk, its processes, its ports. */
export class Kernel implements KernelServices {
  readonly fs = SharedFs.create();
  readonly router: Router;
  readonly packages: PackageClient;
  readonly #post: Post;
  readonly processes: ProcessTable;
  readonly #calls: SystemCalls;
  readonly #runtimes = new Map<string, WorkerRuntime>();
  #env: Record<string, string> = {};

  constructor(post: Post) {
    this.#post = post;
    this.packages = new PackageClient(post);
    this.processes = new ProcessTable((process, code) => this.#exited(process, code));
    this.#calls = new SystemCalls(this, post);
    this.router = new Router(
      {
        onListen: (port, pid) => post({ type: 'listen', port, pid }),
        onUnlisten: (port, pid) => post({ type: 'unlisten', port, pid }),
        deliver: (pid, port, peerPort, connection, channel) =>
          this.#worker(pid)?.post({ type: 'accept', port, peerPort, connection, channel }, [channel]),
        deliverPath: (pid, path, connection, channel) =>
          this.#worker(pid)?.post({ type: 'acceptPath', path, connection, channel }, [channel]),
        onGone: (endpoint, connection) => {
          if (endpoint === 0) post({ type: 'gone', connection });
          else this.#worker(endpoint)?.post({ type: 'gone', connection });
        },
      },
      limits.connections,
    );
  }

  /** Lays out the disk and takes over the runtimes. */
  boot(env: Record<string, string>, runtimes: readonly RuntimeBundle[]): void {
    this.#env = env;
    for (const path of [
      layout.workdir,
      layout.home,
      layout.tmp,
      layout.bin,
      '/usr/bin',
      '/bin',
      '/etc',
      '/dev',
      '/home',
    ]) {
      this.fs.mkdirp(path);
    }
    for (const name of ['bash', 'sh']) installProgram(this.fs, '/bin', name);
    for (const name of [...utilities, ...shellCommands]) installProgram(this.fs, '/usr/bin', name);
    for (const name of programs.keys()) installProgram(this.fs, layout.bin, name);
    this.fs.writeFile('/etc/hosts', '127.0.0.1 localhost\n');
    for (const bundle of runtimes) {
      const runtime = workerRuntime(bundle);
      for (const command of bundle.commands) {
        installProgram(this.fs, layout.bin, command);
        this.#runtimes.set(command, runtime);
      }
    }
  }

  /** Starts a command for the page; its output and exit are posted. @throws SyscallError. */
  spawnForHost(call: {
    command: string;
    args: readonly string[];
    cwd: string;
    env: Record<string, string>;
  }): number {
    const gate = new OutputGate(limits.outputBytes);
    const process = this.spawn({
      ...call,
      cwd: absolute(layout.workdir, call.cwd === '' ? layout.workdir : call.cwd),
      env: { ...this.#env, ...call.env },
      ppid: 1,
      output: (stream, bytes) => {
        for (const part of gate.take(bytes))
          this.#post({ type: 'output', pid: process.pid, stream, bytes: part }, [part.buffer]);
      },
    });
    return process.pid;
  }

  input(pid: number, bytes: Uint8Array | null): void {
    this.processes.get(pid)?.input(bytes);
  }

  kill(pid: number, signal: number): boolean {
    const exists = this.processes.get(pid) !== undefined;
    if (signal !== 0) this.processes.kill(pid, signal);
    return exists;
  }

  #worker(pid: number): WorkerProcess | undefined {
    const process = this.processes.get(pid);
    return process instanceof WorkerProcess ? process : undefined;
  }

  #exited(process: KernelProcess, code: number): void {
    this.router.processGone(process.pid);
    releaseLocksOf(this.fs, process.pid);
    if (process.isThread) return;
    this.#post({ type: 'exit', pid: process.pid, command: process.command.slice(0, 1_000), code });
  }

  /** Starts a program. @throws SyscallError. */
  spawn(request: SpawnRequest): KernelProcess {
    const env = {
      HOME: layout.home,
      PATH: layout.path,
      USER: 'root',
      LANG: 'C.UTF-8',
      ...request.env,
    };
    const found = findExecutable(this.fs, request.command, env.PATH, request.cwd);
    const runtime = this.#runtimes.get(found.program);
    const program = this.#program(found.program);
    if (runtime === undefined && program === undefined) {
      if (found.program === 'node' || found.program.startsWith('python')) {
        this.#post({
          type: 'unsupported',
          reason: 'engine',
          detail: `this engine does not run ${found.program}`,
        });
      }
      throw new SyscallError('ENOENT', `spawn ${found.program}`);
    }
    const argv = [runtime === undefined ? request.command : found.path, ...found.prefix, ...request.args];
    if (found.prefix.length > 0 && runtime !== undefined) argv[0] = `${layout.bin}/${found.program}`;
    return this.processes.add((pid) => {
      const options: ProcessOptions = {
        pid,
        ppid: request.ppid,
        argv,
        env,
        cwd: request.cwd,
        output: request.output,
        ...(request.stdin === undefined ? {} : { stdin: request.stdin }),
        ...(request.piped === undefined ? {} : { piped: request.piped }),
        ...(request.channel === undefined ? {} : { channel: request.channel }),
      };
      if (runtime !== undefined) return this.#startWorker(options, runtime);
      return new ProgramProcess(
        options,
        program ?? (async () => 127),
        (signal) => this.#context(options, signal),
        (error) =>
          this.#fault(`${argv[0] ?? ''} failed: ${error instanceof Error ? error.message : String(error)}`),
      );
    });
  }

  thread(
    process: WorkerProcess,
    options: ProcessOptions,
    call: Extract<SyncRequest, { call: 'thread' }>,
  ): KernelProcess {
    const runtime = process.runtime;
    const of = options.thread ?? options;
    return this.processes.add((pid) =>
      this.#startWorker(
        {
          pid,
          ppid: process.pid,
          argv: call.argv,
          env: call.env,
          cwd: call.cwd,
          output: options.output,
          thread: { pid: of.pid, ppid: of.ppid, data: call.data, port: call.port },
        },
        runtime,
      ),
    );
  }

  #startWorker(options: ProcessOptions, runtime: WorkerRuntime): WorkerProcess {
    return new WorkerProcess(options, runtime, this.fs, {
      onCall: (process, call) => this.#calls.take(process, call, options),
      onFault: (process, message) =>
        this.#fault(`process ${process.pid} (${process.command}) failed: ${message}`),
    });
  }

  #program(name: string): Program | undefined {
    if (name === 'bash' || name === 'sh') return bashProgram;
    return programs.get(name) ?? (utilities.includes(name) ? utilityProgram(name) : undefined);
  }

  #fault(message: string): void {
    this.#post({ type: 'unsupported', reason: 'engine', detail: message.slice(0, 2_000) });
    this.#post({ type: 'log', level: 'error', message: message.slice(0, 2_000) });
  }

  #context(options: ProcessOptions, signal: AbortSignal): ProgramContext {
    const encoder = new TextEncoder();
    return {
      pid: options.pid,
      args: options.argv.slice(1),
      env: options.env,
      cwd: options.cwd,
      fs: this.fs,
      stdin: options.stdin,
      signal,
      packages: this.packages,
      write: (stream, data) => {
        options.output(stream, typeof data === 'string' ? encoder.encode(data) : data);
      },
      spawn: async (command, args, child = {}) => this.#spawnChild(options, command, args, child),
      kill: (pid, signalNumber) => this.kill(pid, signalNumber),
      connect: async (port) => this.#connectFor(options.pid, port),
      progress: (progress) => this.#post({ type: 'progress', ...progress }),
      unsupported: (what) => this.#post({ type: 'unsupported', ...what }),
      substitution: (what) => this.#post({ type: 'substitution', ...what }),
    };
  }

  #spawnChild(parent: ProcessOptions, command: string, args: readonly string[], child: ChildOptions): Child {
    const process = this.spawn({
      command,
      args,
      cwd: child.cwd ?? parent.cwd,
      env: child.env ?? parent.env,
      ppid: parent.pid,
      output: child.output ?? parent.output,
      ...(child.input === undefined ? { stdin: child.stdin ?? new Uint8Array() } : { piped: true }),
    });
    child.input?.forward((bytes) => process.input(bytes));
    if (child.replaces === true) this.#standIn(parent.pid, process);
    return { pid: process.pid, exit: process.exit, kill: (signal) => void this.kill(process.pid, signal) };
  }

  /** From now on a program is its child, and ends by the signal that ends the child. */
  #standIn(pid: number, child: KernelProcess): void {
    const program = this.processes.get(pid);
    this.processes.replace(pid, child.pid);
    void child.exit.then(() => {
      if (program instanceof ProgramProcess && child.endedBy !== 0) program.endedBy = child.endedBy;
    });
  }

  #connectFor(pid: number, port: number): Channel {
    const reply = this.router.connect(pid, port);
    if (typeof reply === 'string') throw new SyscallError(reply, 'connect');
    return new Channel(reply.channel, () => this.router.close(pid, reply.connection));
  }
}
