import { removeSocket } from '../fs/remove-socket.ts';
import { FsError, S, type FileSystem } from '../fs/types.ts';
import type { Router } from './router.ts';
import { absolute } from './executables.ts';
import type { PackageClient } from './package-client.ts';
import { runToEnd } from './run-to-end.ts';
import { SyscallError } from './process-port.ts';
import type { KernelProcess, OutputSink, ProcessOptions } from './process.ts';
import type { ProcessTable } from './process-table.ts';
import type { SyncRequest } from './protocol.ts';
import { answer } from './sync-reply.ts';
import type { SystemCall, WorkerProcess } from './worker-process.ts';

type SpawnCall = Extract<SyncRequest, { call: 'spawn' | 'run' }>;

/** What a child is started with; see `Kernel`. */
export interface SpawnRequest {
  command: string;
  args: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string>>;
  ppid: number;
  output: OutputSink;
  stdin?: Uint8Array;
  /** See `ProcessOptions`. */
  piped?: boolean;
  channel?: MessagePort;
}

/** What system calls need of the kernel. */
export interface KernelServices {
  readonly fs: FileSystem;
  readonly router: Router;
  readonly processes: ProcessTable;
  readonly packages: PackageClient;
  /** @throws SyscallError. */
  spawn(request: SpawnRequest): KernelProcess;
  /** Starts a thread of a process. @throws SyscallError. */
  thread(
    process: WorkerProcess,
    options: ProcessOptions,
    call: Extract<SyncRequest, { call: 'thread' }>,
  ): KernelProcess;
}

/** Messages that are not system calls but go to the page as they are. */
type Report = Extract<SystemCall, { type: 'unsupported' | 'substitution' | 'query' }>;

/** Answers the system calls of processes that are workers. */
export class SystemCalls {
  readonly #kernel: KernelServices;
  readonly #report: (report: Report) => void;

  constructor(kernel: KernelServices, report: (report: Report) => void) {
    this.#kernel = kernel;
    this.#report = report;
  }

  take(process: WorkerProcess, call: SystemCall, options: ProcessOptions): void {
    const { router } = this.#kernel;
    switch (call.type) {
      case 'sync':
        return this.#sync(process, call.reply, call.request, options);
      case 'load':
        return this.#load(call.name, call.reply);
      case 'listen': {
        const port = router.listen(process.pid, call.port);
        if (typeof port === 'number') process.post({ type: 'listening', id: call.id, port });
        else process.post({ type: 'listenFailed', id: call.id, code: port });
        return;
      }
      case 'unlisten':
        return router.unlisten(process.pid, call.port);
      case 'unlistenPath':
        return this.#unlistenPath(process.pid, call.path, call.keep);
      case 'connect': {
        const reply = router.connect(process.pid, call.port);
        if (typeof reply === 'string') return process.post({ type: 'refused', id: call.id, code: reply });
        const { connection, channel, localPort } = reply;
        return process.post({ type: 'connected', id: call.id, connection, channel, localPort }, [channel]);
      }
      case 'connectPath': {
        const reply = this.#connectPath(process.pid, call.path);
        if (typeof reply === 'string') return process.post({ type: 'refused', id: call.id, code: reply });
        const { connection, channel } = reply;
        return process.post({ type: 'connected', id: call.id, connection, channel, localPort: 0 }, [channel]);
      }
      case 'closed':
        return router.close(process.pid, call.connection);
      case 'handOver':
        return router.handOver(process.pid, call.connection, call.pid);
      case 'spawn':
        return this.#spawnLater(process, call, options);
      case 'childInput':
        return this.#kernel.processes.get(call.pid)?.input(call.bytes);
      case 'kill':
        return void this.#kernel.processes.kill(call.pid, call.signal);
      default:
        this.#report(call);
    }
  }

  #sync(
    process: WorkerProcess,
    reply: SharedArrayBuffer,
    request: SyncRequest,
    options: ProcessOptions,
  ): void {
    try {
      const value = this.#perform(process, reply, request, options);
      if (value !== undefined) answer(reply, { value });
    } catch (error) {
      const known = error instanceof SyscallError || error instanceof FsError;
      answer(reply, { code: known ? error.code : 'EIO' });
    }
  }

  /** @returns the value, or undefined when the answer comes later. */
  #perform(
    process: WorkerProcess,
    reply: SharedArrayBuffer,
    request: SyncRequest,
    options: ProcessOptions,
  ): unknown {
    const { router, processes } = this.#kernel;
    switch (request.call) {
      case 'listen': {
        const port = router.listen(process.pid, request.port);
        if (typeof port === 'string') throw new SyscallError(port, 'listen');
        return port;
      }
      case 'listenPath':
        return this.#listenPath(process.pid, request.path);
      case 'spawn': {
        const { channel } = request;
        const child = this.#start(process, request, options, channel === undefined ? {} : { channel });
        this.#tellOfExit(process, child);
        return child.pid;
      }
      case 'run':
        runToEnd(
          request,
          (output, stdin) => this.#start(process, request, options, { output, stdin }),
          reply,
        );
        return undefined;
      case 'kill': {
        const { pid, signal } = request;
        const sent = pid < 0 ? processes.sendToGroup(-pid, signal) : processes.send(pid, signal);
        if (!sent) throw new SyscallError('ESRCH', 'kill');
        return null;
      }
      case 'thread': {
        const thread = this.#kernel.thread(process, options, request);
        this.#tellOfExit(process, thread);
        return thread.pid;
      }
    }
  }

  #load(name: string, reply: SharedArrayBuffer): void {
    this.#kernel.packages.part(name).then(
      (data) => answer(reply, { value: null, data }),
      () => answer(reply, { code: 'EIO' }),
    );
  }

  #tellOfExit(parent: WorkerProcess, child: KernelProcess): void {
    void child.exit.then((code) =>
      parent.post({ type: 'childExit', pid: child.pid, code, signal: child.endedBy }),
    );
  }

  #start(
    parent: WorkerProcess,
    call: SpawnCall,
    options: ProcessOptions,
    extra: { channel?: MessagePort; output?: OutputSink; stdin?: Uint8Array | undefined },
  ): KernelProcess {
    const cwd = absolute(options.cwd, call.cwd);
    this.#checkDirectory(cwd);
    const stdin = extra.stdin ?? this.#input(call);
    const piped: OutputSink =
      extra.output ??
      ((stream, bytes) => parent.post({ type: 'childOutput', pid: child.pid, stream, bytes }));
    const child: KernelProcess = this.#kernel.spawn({
      command: call.command,
      args: call.args,
      cwd,
      env: call.env,
      ppid: options.thread?.pid ?? parent.pid,
      output: this.#output(call, options, piped),
      ...(stdin === undefined ? { piped: true } : { stdin }),
      ...(extra.channel === undefined ? {} : { channel: extra.channel }),
    });
    this.#keepOpen(call, child);
    return child;
  }

  /** Files that a child writes to stay while it runs, though its parent closes them. */
  #keepOpen(call: SpawnCall, child: KernelProcess): void {
    const { fs } = this.#kernel;
    const inodes = [call.stdout, call.stderr].filter((target) => typeof target === 'number');
    for (const inode of inodes) fs.retain(inode);
    void child.exit.then(() => {
      for (const inode of inodes) fs.release(inode);
    });
  }

  #input({ stdin }: SpawnCall): Uint8Array | undefined {
    if (stdin === 'pipe') return undefined;
    if (stdin === 'ignore') return new Uint8Array();
    const { fs } = this.#kernel;
    const bytes = new Uint8Array(fs.statInode(stdin).size);
    return bytes.subarray(0, fs.read(stdin, bytes, 0));
  }

  #output(call: SpawnCall, options: ProcessOptions, piped: OutputSink): OutputSink {
    return (stream, bytes) => {
      const target = call[stream];
      if (target === 'pipe') piped(stream, bytes);
      else if (target === 'stdout' || target === 'stderr') options.output(target, bytes);
      else if (typeof target === 'number') this.#append(target, bytes);
    };
  }

  #append(inode: number, bytes: Uint8Array): void {
    try {
      this.#kernel.fs.append(inode, bytes);
    } catch (error) {
      // A full disk fails the writer natively; the kernel itself goes on.
      if (!(error instanceof FsError)) throw error;
    }
  }

  /** A child cannot start where there is no directory: execvp's ENOENT, as libuv reports it. */
  #checkDirectory(cwd: string): void {
    const { fs } = this.#kernel;
    if (!fs.exists(cwd)) throw new SyscallError('ENOENT', 'spawn');
    if ((fs.stat(cwd).mode & S.IFMT) !== S.IFDIR) throw new SyscallError('ENOTDIR', 'spawn');
  }

  #spawnLater(
    parent: WorkerProcess,
    call: Extract<SystemCall, { type: 'spawn' }>,
    options: ProcessOptions,
  ): void {
    try {
      const child: KernelProcess = this.#kernel.spawn({
        command: call.command,
        args: call.args,
        cwd: absolute(options.cwd, call.cwd),
        env: call.env,
        ppid: parent.pid,
        output: (stream, bytes) => parent.post({ type: 'childOutput', pid: child.pid, stream, bytes }),
      });
      parent.post({ type: 'spawned', id: call.id, pid: child.pid });
      this.#tellOfExit(parent, child);
    } catch (error) {
      const code = error instanceof SyscallError ? error.code : 'EIO';
      parent.post({ type: 'spawnFailed', id: call.id, code });
    }
  }

  /** A socket is a file of its own kind: nobody can listen where there is one already, used or not. */
  #listenPath(pid: number, path: string): null {
    const { fs, router } = this.#kernel;
    try {
      fs.makeSocket(path);
    } catch (error) {
      if (error instanceof FsError && error.code === 'EEXIST') throw new SyscallError('EADDRINUSE', 'bind');
      throw error;
    }
    router.listenPath(pid, path);
    return null;
  }

  #unlistenPath(pid: number, path: string, keep: boolean): void {
    const { fs, router } = this.#kernel;
    if (!router.unlistenPath(pid, path) || keep) return;
    removeSocket(fs, path);
  }

  #connectPath(pid: number, path: string): ReturnType<Router['connectPath']> | 'ENOENT' {
    return this.#kernel.fs.exists(path) ? this.#kernel.router.connectPath(pid, path) : 'ENOENT';
  }
}
