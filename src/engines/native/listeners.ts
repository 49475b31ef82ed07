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

/** What tells the processes of a sandbox from all others. */
export interface Belonging {
  /** `NAME=value` in the environment they inherit. */
  readonly marker: string;
  /** Sessions they live in: pids of what the sandbox started. A submission may clear the environment. */
  readonly sessions: ReadonlySet<number>;
}

/** The processes that belong to a sandbox; Linux only, empty elsewhere. */
export async function processesOf({ marker, sessions }: Belonging): Promise<number[]> {
  const names = await readdir('/proc').catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  const own = await Promise.all(
    pids.map(async (pid) => {
      const [environment, stat] = await Promise.all(
        ['environ', 'stat'].map((name) => readFile(`/proc/${pid}/${name}`, 'latin1').catch(() => '')),
      );
      // After the name, which may hold anything but is closed by the last parenthesis: state, parent, group, session.
      const session = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[3];
      return sessions.has(Number(session)) || environment?.split('\0').includes(marker) === true ? [pid] : [];
    }),
  );
  return own.flat();
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
  readonly #belonging: Belonging;
  readonly #onChange: (event: 'listen' | 'unlisten', listener: { port: number; pid: number }) => void;
  readonly #mine = new Map<string, { port: number; pid: number }>();
  #others = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(
    belonging: Belonging,
    onChange: (event: 'listen' | 'unlisten', listener: { port: number; pid: number }) => void,
  ) {
    this.#belonging = belonging;
    this.#onChange = onChange;
  }

  /** Remembers what listens already, and starts to look. */
  async start(): Promise<void> {
    this.#others = new Set((await machineListeners()).map((listener) => listener.inode));
    this.#next();
  }

  /**
   * True when somebody who is not of this sandbox listens on the port. Somebody may have come after the sandbox, so
   * whoever is not known yet is looked at now.
   */
  async isForeign(port: number): Promise<boolean> {
    const mine = () => [...this.#mine.values()].some((listener) => listener.port === port);
    if (mine()) return false;
    const listening = (await machineListeners()).filter((listener) => listener.port === port);
    if (listening.length === 0) return false;
    await this.#look();
    return !mine() && listening.some(({ inode }) => this.#others.has(inode));
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
      (await processesOf(this.#belonging)).map(async (pid) => ({ pid, sockets: await socketsOf(pid) })),
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
