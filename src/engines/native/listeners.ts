import { readdir, readFile, readlink } from 'node:fs/promises';

/** A listening socket of the machine. */
export interface Listener {
  port: number;
  inode: string;
}

const listening = '0A';

/** All listening TCP sockets, from /proc; empty where there is no /proc. */
export async function machineListeners(): Promise<Listener[]> {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readFile(path, 'latin1').catch(() => '')),
  );
  const found: Listener[] = [];
  for (const line of tables.join('\n').split('\n')) {
    // slot, local address:port, remote, state, queues, timer, retransmits, uid, timeout, inode
    const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
    if (state !== listening || local === undefined || inode === undefined) continue;
    found.push({ port: Number.parseInt(local.slice(local.lastIndexOf(':') + 1), 16), inode });
  }
  return found;
}

/** The processes that carry `marker` in their first environment, and so belong to a sandbox; Linux only. */
export async function markedProcesses(marker: string): Promise<number[]> {
  const names = await readdir('/proc').catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  const marked = await Promise.all(
    pids.map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
      return environment.split('\0').includes(marker) ? [pid] : [];
    }),
  );
  return marked.flat();
}

/** Sockets held by a process, by inode. */
export async function socketsOf(pid: number): Promise<Set<string>> {
  const fds = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const targets = await Promise.all(fds.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')));
  return new Set(targets.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []));
}

const pollMs = 50;

/**
 * Reports ports that processes of a sandbox start and stop listening on. Looks at /proc, where the machine has one;
 * elsewhere it reports nothing.
 */
export class ListenWatch {
  readonly #marker: string;
  readonly #onChange: (event: 'listen' | 'unlisten', listener: { port: number; pid: number }) => void;
  readonly #mine = new Map<string, { port: number; pid: number }>();
  #others = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(
    marker: string,
    onChange: (event: 'listen' | 'unlisten', listener: { port: number; pid: number }) => void,
  ) {
    this.#marker = marker;
    this.#onChange = onChange;
  }

  /** Remembers what listens already, and starts to look. @returns ports in use by others. */
  async start(): Promise<Set<number>> {
    const before = await machineListeners();
    this.#others = new Set(before.map((listener) => listener.inode));
    this.#next();
    return new Set(before.map((listener) => listener.port));
  }

  /** True when somebody who is not of this sandbox listens on the port. */
  async isForeign(port: number): Promise<boolean> {
    return (await machineListeners()).some(
      (listener) => listener.port === port && this.#others.has(listener.inode),
    );
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #next(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#look()
        .catch(() => undefined)
        .finally(() => this.#next());
    }, pollMs);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    const now = await machineListeners();
    const inodes = new Set(now.map((listener) => listener.inode));
    for (const [inode, listener] of this.#mine) {
      if (inodes.has(inode)) continue;
      this.#mine.delete(inode);
      if (![...this.#mine.values()].some((other) => other.port === listener.port))
        this.#onChange('unlisten', listener);
    }
    const fresh = now.filter(({ inode }) => !this.#mine.has(inode) && !this.#others.has(inode));
    if (fresh.length === 0) return;
    const owners = await Promise.all(
      (await markedProcesses(this.#marker)).map(async (pid) => ({ pid, sockets: await socketsOf(pid) })),
    );
    for (const { inode, port } of fresh) {
      const owner = owners.find(({ sockets }) => sockets.has(inode));
      if (owner === undefined) {
        this.#others.add(inode);
        continue;
      }
      const known = [...this.#mine.values()].some((other) => other.port === port);
      this.#mine.set(inode, { port, pid: owner.pid });
      if (!known) this.#onChange('listen', { port, pid: owner.pid });
    }
  }
}
