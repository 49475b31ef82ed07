import * as v from 'valibot';
import { hostMessage, type Call, type HostMessage } from '../../sandbox/messages.ts';
import { FsError, S } from '../fs/types.ts';
import { normalize } from '../shell/disk-adapter.ts';
import { Kernel } from './kernel.ts';
import { layout } from './layout.ts';
import { SyscallError } from './process-port.ts';

/** The kernel worker of a sandbox. Its first message carries the port on which it talks with the page. */
self.onmessage = (event: MessageEvent<unknown>) => {
  const [port] = event.ports;
  if (port === undefined) return;
  self.onmessage = null;
  const kernel = new Kernel((message, transfer = []) => port.postMessage(message, transfer));
  port.onmessage = (message: MessageEvent<unknown>) => take(kernel, port, v.parse(hostMessage, message.data));
  port.postMessage({ type: 'ready' });
};

function take(kernel: Kernel, port: MessagePort, message: HostMessage): void {
  switch (message.type) {
    case 'boot':
      return kernel.boot(message.env, message.runtimes);
    case 'call':
      return answer(kernel, port, message.id, message.call);
    case 'stdin':
      return kernel.input(message.pid, message.bytes);
    case 'kill':
      return void kernel.kill(message.pid, message.signal);
    case 'closed':
      return kernel.router.close(0, message.connection);
    default:
      return kernel.packages.answer(message);
  }
}

function answer(kernel: Kernel, port: MessagePort, id: number, call: Call): void {
  try {
    const { value, transfer } = perform(kernel, call);
    port.postMessage({ type: 'reply', id, value }, transfer ?? []);
  } catch (error) {
    const known = error instanceof FsError || error instanceof SyscallError;
    const text = error instanceof Error ? error.message : String(error);
    port.postMessage({
      type: 'failure',
      id,
      code: known ? error.code : 'EIO',
      message: text.slice(0, 2_000),
    });
  }
}

interface Answer {
  value: unknown;
  transfer?: Transferable[];
}

function perform(kernel: Kernel, call: Call): Answer {
  const { fs } = kernel;
  const nothing: Answer = { value: null };
  switch (call.method) {
    case 'mount': {
      for (const [path, data] of Object.entries(call.files)) {
        const target = inWorkdir(path);
        fs.mkdirp(target.slice(0, target.lastIndexOf('/')));
        fs.writeFile(target, data);
      }
      return nothing;
    }
    case 'readFile': {
      const bytes = fs.readFile(inWorkdir(call.path));
      return { value: bytes, transfer: [bytes.buffer as ArrayBuffer] };
    }
    case 'writeFile':
      fs.writeFile(inWorkdir(call.path), call.data);
      return nothing;
    case 'mkdir':
      if (call.recursive) fs.mkdirp(inWorkdir(call.path));
      else fs.mkdir(inWorkdir(call.path));
      return nothing;
    case 'readdir':
      return {
        value: fs
          .readdir(inWorkdir(call.path))
          .map(({ name, type }) => ({ name, type: type === 'socket' ? 'file' : type })),
      };
    case 'rm':
      if (call.force && !fs.exists(inWorkdir(call.path))) return nothing;
      if (call.recursive) fs.remove(inWorkdir(call.path));
      else fs.unlink(inWorkdir(call.path));
      return nothing;
    case 'rename':
      fs.rename(inWorkdir(call.from), inWorkdir(call.to));
      return nothing;
    case 'stat': {
      const { mode, size, mtime } = fs.stat(inWorkdir(call.path));
      const type = (mode & S.IFMT) === S.IFDIR ? 'directory' : 'file';
      return { value: { type, size, mode: mode & 0o7777, mtime } };
    }
    case 'chmod':
      fs.chmod(inWorkdir(call.path), call.mode);
      return nothing;
    case 'spawn':
      return { value: kernel.spawnForHost(call) };
    case 'connect': {
      const reply = kernel.router.connect(0, call.port);
      if (typeof reply === 'string') throw new SyscallError(reply, `connect 127.0.0.1:${call.port}`);
      const { connection, channel } = reply;
      return { value: { connection, channel }, transfer: [channel] };
    }
  }
}

function inWorkdir(path: string): string {
  return normalize(path.startsWith('/') ? path : `${layout.workdir}/${path}`);
}
