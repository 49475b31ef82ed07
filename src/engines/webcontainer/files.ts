import { EngineError, type FileMap, type FileStat, type SandboxFs } from '../engine.ts';
import { fromBase64, toBase64 } from '../net/base64.ts';
import type { Client, ClientTree } from './client/types.ts';
import type { FsCall } from './messages.ts';
import type { RelayClient } from './relay-client.ts';
import { replies } from './schema.ts';

/** A submission's files as the client mounts them. */
export function toTree(files: FileMap): ClientTree {
  const root: ClientTree = emptyTree();
  for (const [path, contents] of Object.entries(files)) {
    const folders = path.split('/').filter((part) => part !== '' && part !== '.');
    const name = folders.pop();
    if (name === undefined || folders.includes('..')) {
      throw new EngineError('EINVAL', `${JSON.stringify(path)} is no path of a file`);
    }
    let tree = root;
    for (const folder of folders) {
      const known = tree[folder];
      const next = known !== undefined && 'directory' in known ? known.directory : emptyTree();
      tree[folder] = { directory: next };
      tree = next;
    }
    tree[name] = { file: { contents } };
  }
  return root;
}

/** Names come from hostile archives: `__proto__` is one like any other. */
const emptyTree = (): ClientTree => Object.create(null) as ClientTree;

/**
 * Files of a WebContainer. Inside the working directory they go through the client, which resolves all paths below it
 * and has no `stat` and no `chmod`; these, and other places, go through the relay.
 */
export function sandboxFs(client: Client, relay: () => RelayClient): SandboxFs {
  const { fs, workdir } = client;
  const inside = (path: string): string | undefined => {
    const parts = absolute(workdir, path).split('/');
    const base = workdir.split('/').filter((part) => part !== '');
    const own = parts.filter((part) => part !== '');
    if (base.some((part, at) => own[at] !== part)) return undefined;
    return own.slice(base.length).join('/') || '.';
  };
  const outside = (call: FsCall) => relay().call({ method: 'fs', ...call }, replies.nothing);
  const place = (path: string) => absolute(workdir, path);
  return {
    async readFile(path) {
      const own = inside(path);
      if (own !== undefined) return coded(fs.readFile(own), path);
      const call = { method: 'fs', operation: 'readFile', path: place(path) } as const;
      return fromBase64((await relay().call(call, replies.bytes)).base64);
    },
    async writeFile(path, data) {
      const own = inside(path);
      if (own !== undefined) return coded(fs.writeFile(own, data), path);
      const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
      await outside({ operation: 'writeFile', path: place(path), base64: toBase64(bytes) });
    },
    async mkdir(path, { recursive = false } = {}) {
      const own = inside(path);
      if (own === undefined) await outside({ operation: 'mkdir', path: place(path), recursive });
      else await coded(fs.mkdir(own, { recursive }), path);
    },
    async readdir(path) {
      const own = inside(path);
      if (own === undefined) {
        return relay().call({ method: 'fs', operation: 'readdir', path: place(path) }, replies.entries);
      }
      const entries = await coded(fs.readdir(own, { withFileTypes: true }), path);
      return entries.map((entry) => ({ name: entry.name, type: entry.isDirectory() ? 'directory' : 'file' }));
    },
    async rm(path, { recursive = false, force = false } = {}) {
      const own = inside(path);
      if (own === undefined) await outside({ operation: 'rm', path: place(path), recursive, force });
      else await coded(fs.rm(own, { recursive, force }), path);
    },
    async rename(from, to) {
      const [source, target] = [inside(from), inside(to)];
      if (source !== undefined && target !== undefined) await coded(fs.rename(source, target), from);
      else await outside({ operation: 'rename', path: place(from), to: place(to) });
    },
    stat: (path): Promise<FileStat> =>
      relay().call({ method: 'fs', operation: 'stat', path: place(path) }, replies.stat),
    async chmod(path, mode) {
      await outside({ operation: 'chmod', path: place(path), mode });
    },
  };
}

/** Resolves `.` and `..` by text alone. */
function absolute(workdir: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${workdir}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** The client's errors come without their codes; the message begins with it. */
async function coded<T>(action: Promise<T>, path: string): Promise<T> {
  try {
    return await action;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const code = /\bE[A-Z]{2,14}\b/.exec(message)?.[0] ?? 'EIO';
    throw new EngineError(code, `${path}: ${message}`, { cause });
  }
}
