import { removeSocket } from '../../fs/remove-socket.ts';
import type { Channel } from '../../net/channel.ts';
import { SyscallError } from '../../kernel/process-port.ts';
import type { Binding, RealmContext } from '../context.ts';
import { requestClassOf } from './async-wrap.ts';
import { IpcTransport } from './ipc.ts';
import { Stdio } from './stdio.ts';
import { channelTransport, streamClassOf, type StreamRequest, type Transport } from './stream.ts';

interface PathListener {
  accept(channel: Channel): void;
}

/** Servers of this process by the path of their socket. */
export class PathListeners {
  static readonly #realms = new WeakMap<RealmContext, PathListeners>();
  readonly #byPath = new Map<string, PathListener>();

  static of(realm: RealmContext): PathListeners {
    let listeners = PathListeners.#realms.get(realm);
    if (listeners === undefined) {
      listeners = new PathListeners();
      PathListeners.#realms.set(realm, listeners);
    }
    return listeners;
  }

  add(path: string, listener: PathListener): void {
    this.#byPath.set(path, listener);
  }

  remove(path: string): void {
    this.#byPath.delete(path);
  }

  accept(path: string, channel: Channel): void {
    const listener = this.#byPath.get(path);
    if (listener === undefined) channel.reset();
    else listener.accept(channel);
  }
}

const SERVER = 1;
const IPC = 2;

/** The `pipe_wrap` binding: standard streams, those of children, message channels, sockets with a name on the disk. */
export function createPipeBinding(realm: RealmContext): Binding {
  const stdio = Stdio.of(realm);
  const listeners = PathListeners.of(realm);
  let parentChannel = realm.port.start.channel;

  class Pipe extends streamClassOf(realm) implements PathListener {
    readonly ipc: boolean;
    /** Which standard stream it is, when it is one. */
    stdioFd: number | undefined;
    onconnection: (status: number, client?: Pipe) => void = () => undefined;
    #path: string | undefined;
    #listening = false;

    constructor(type: number) {
      super(type === SERVER ? 'PIPESERVERWRAP' : 'PIPEWRAP');
      this.ipc = type === IPC;
    }

    get fd(): number {
      return this.stdioFd ?? -1;
    }

    override attach(transport: Transport): void {
      super.attach(transport);
      if (transport instanceof IpcTransport) {
        transport.onHandle((handle) => Reflect.set(this, 'pendingHandle', handle));
      }
    }

    open(fd: number): number {
      if (this.ipc) {
        if (parentChannel === undefined) return realm.errno('EINVAL');
        this.attach(new IpcTransport(realm, parentChannel, realm.port.start.ppid));
        parentChannel = undefined;
        return 0;
      }
      const transport = stdio.transport(realm, fd);
      if (transport === undefined) return realm.errno('EINVAL');
      this.stdioFd = fd;
      this.attach(transport);
      return 0;
    }

    bind(path: string): number {
      if (this.#path !== undefined) return realm.errno('EINVAL');
      const absolute = path.startsWith('/') ? path : `${realm.cwd}/${path}`;
      try {
        realm.port.callSync({ call: 'listenPath', path: absolute });
      } catch (error) {
        const code = error instanceof SyscallError ? error.code : 'EINVAL';
        // As libuv says it of a directory that is not there.
        return realm.errno(code === 'ENOENT' ? 'EACCES' : code);
      }
      this.#path = absolute;
      return 0;
    }

    listen(): number {
      if (this.#path === undefined) return realm.errno('EINVAL');
      this.#listening = true;
      listeners.add(this.#path, this);
      this.setActive(true);
      return 0;
    }

    accept(channel: Channel): void {
      const client = new Pipe(0);
      client.attach(channelTransport(channel));
      realm.callback(this.onconnection, this, 0, client);
    }

    connect(request: StreamRequest, path: string): number {
      request.begin();
      const release = realm.hold();
      const finish = (status: number): void => {
        release();
        realm.callback(request.oncomplete, request, status, this, request, true, true);
      };
      realm.port.connectPath(path.startsWith('/') ? path : `${realm.cwd}/${path}`).then(
        (channel) => {
          if (this.closed) {
            channel.reset();
            release();
            return;
          }
          this.attach(channelTransport(channel));
          finish(0);
        },
        (error: unknown) => finish(realm.errno(error instanceof SyscallError ? error.code : 'ECONNREFUSED')),
      );
      return 0;
    }

    fchmod(): number {
      return 0;
    }

    override onClose(): void {
      if (this.#path !== undefined) {
        if (this.#listening) listeners.remove(this.#path);
        realm.port.unlistenPath(this.#path);
        removeSocket(realm.fs, this.#path);
        this.#path = undefined;
      }
      super.onClose();
    }
  }
  class PipeConnectWrap extends requestClassOf(realm) {
    constructor() {
      super('PIPECONNECTWRAP');
    }
  }
  return { constants: realm.constantsOf('pipe_wrap')['constants'], Pipe, PipeConnectWrap };
}
