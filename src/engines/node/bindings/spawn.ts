import { SyscallError } from '../../kernel/process-port.ts';
import type { Binding, RealmContext } from '../context.ts';
import { copyBytes } from '../encoding.ts';
import { host } from '../host.ts';
import { describeProgram, signalNames, type SpawnOptions } from './child-stdio.ts';
import { handleClassOf } from './handle.ts';
import { IpcTransport } from './ipc.ts';
import { Feed, Sink, Stdio } from './stdio.ts';

type Take = (bytes: Uint8Array | null) => void;

/** The `process_wrap` binding: children by the kernel. */
export function createSpawnBinding(realm: RealmContext): Binding {
  const stdio = Stdio.of(realm);
  const names = signalNames(realm);

  class Process extends handleClassOf(realm) {
    onexit: (code: number, signal: string) => void = () => undefined;
    /** Undefined where nothing was started: the library tells by it whether the streams have another end. */
    pid: number | undefined;
    #alive = false;

    constructor() {
      super('PROCESSWRAP');
    }

    spawn(options: SpawnOptions): number {
      const program = describeProgram(realm, options);
      if ('code' in program) return realm.errno(program.code);
      const ipc = options.stdio.find(({ handle }) => handle?.ipc === true)?.handle;
      const ends = ipc === undefined ? undefined : new host.MessageChannel();
      let pid: number;
      try {
        const { value } = realm.port.callSync(
          { call: 'spawn', ...program, ...(ends === undefined ? {} : { channel: ends.port2 }) },
          ends === undefined ? [] : [ends.port2],
        );
        pid = value as number;
      } catch (error) {
        this.#openEnded(options);
        return realm.errno(error instanceof SyscallError ? error.code : 'EIO');
      }
      this.pid = pid;
      const channel = ends === undefined ? undefined : new IpcTransport(realm, ends.port1, pid);
      if (channel !== undefined) ipc?.attach(channel);
      this.#alive = true;
      this.setActive(true);
      this.#feedInput(options, pid);
      const outputs = [this.#output(options, 1), this.#output(options, 2)];
      stdio.addChild(pid, {
        output: (stream, bytes) => outputs[stream === 'stdout' ? 0 : 1]?.(bytes),
        exit: (code, signal) => {
          for (const output of outputs) output(null);
          channel?.finish();
          this.#exited(code, signal);
        },
      });
      return 0;
    }

    kill(signal: number): number {
      if (!this.#alive || this.pid === undefined) return realm.errno('ESRCH');
      try {
        realm.port.callSync({ call: 'kill', pid: this.pid, signal });
        return 0;
      } catch (error) {
        return realm.errno(error instanceof SyscallError ? error.code : 'ESRCH');
      }
    }

    /** The streams of a child that did not start are open, as libuv leaves them; nobody has the other end. */
    #openEnded(options: SpawnOptions): void {
      const [stdin] = options.stdio;
      if (stdin?.type === 'pipe' || stdin?.type === 'overlapped')
        stdin.handle?.attach(new Sink(() => undefined));
      for (const fd of [1, 2] as const) this.#output(options, fd)(null);
    }

    #feedInput({ stdio: [stdin] }: SpawnOptions, pid: number): void {
      if (stdin?.type !== 'pipe' && stdin?.type !== 'overlapped') return;
      stdin.handle?.attach(
        new Sink((bytes) => realm.port.childInput(pid, bytes === null ? null : copyBytes(bytes))),
      );
    }

    #output(options: SpawnOptions, fd: 1 | 2): Take {
      const target = options.stdio[fd];
      if (target?.handle === undefined || target.type === 'wrap') return () => undefined;
      const feed = new Feed();
      target.handle.attach(feed);
      return (bytes) => feed.push(bytes);
    }

    /** The streams of a child end, and are closed, before it does: libuv looks at signals last. */
    #exited(code: number, signal: number): void {
      this.#alive = false;
      const name = signal === 0 ? '' : (names.get(signal) ?? '');
      const report = (): void => {
        this.setActive(false);
        realm.callback(this.onexit, this, signal === 0 ? code : 0, name);
      };
      realm.complete(() => realm.complete(() => realm.complete(report)));
    }
  }
  return { Process };
}
