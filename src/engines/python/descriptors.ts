import type { ProcessPort } from '../kernel/process-port.ts';
import { SyscallError } from '../kernel/process-port.ts';
import { type Address, type Code, type Endpoint, FreshSocket, Listener } from './endpoints.ts';
import { Ports } from './ports.ts';

/** Descriptors of sockets and pipes start above those of files; `_sandbox_os.py` has the same number. */
export const FIRST_DESCRIPTOR = 5_000;
const STDIN = 0;

/** What a process has open beside files: endpoints by descriptor, and what each was told. Python calls the public methods. */
export class Descriptors {
  protected readonly endpoints = new Map<number, Endpoint>();
  protected readonly port: ProcessPort;
  /** Ports and paths that sockets of this process are bound to. */
  protected readonly ports: Ports;
  #next = FIRST_DESCRIPTOR;

  constructor(port: ProcessPort, stdin: Endpoint) {
    this.port = port;
    this.endpoints.set(STDIN, stdin);
    this.ports = new Ports({
      claim: (number) => called(() => Number(port.callSync({ call: 'listen', port: number }).value)),
      release: (number) => port.unlisten(number),
      claimPath: (path) => called(() => (port.callSync({ call: 'listenPath', path }), '')),
      releasePath: (path) => port.unlistenPath(path, true),
    });
  }

  endpoint(fd: number): Endpoint | undefined {
    return this.endpoints.get(fd);
  }

  isOpen(fd: number): boolean {
    return this.endpoints.has(fd);
  }

  /** Family, type and protocol of a socket; nothing of a pipe, null of what is not open. */
  describe(fd: number): number[] | null {
    const endpoint = this.endpoints.get(fd);
    if (endpoint === undefined) return null;
    return endpoint.kind === undefined ? [] : [endpoint.kind.family, endpoint.kind.type, endpoint.kind.proto];
  }

  localAddress(fd: number): (string | number)[] | string | undefined {
    return shown(this.endpoints.get(fd)?.local);
  }

  peerAddress(fd: number): (string | number)[] | string | undefined {
    const endpoint = this.endpoints.get(fd);
    return endpoint instanceof FreshSocket ? undefined : shown(endpoint?.peer);
  }

  isListening(fd: number): boolean {
    return this.endpoints.get(fd) instanceof Listener;
  }

  dup(fd: number): number {
    const endpoint = this.endpoints.get(fd);
    if (endpoint === undefined) return -1;
    endpoint.references++;
    return this.add(endpoint);
  }

  /** Lets `other` stand for what `fd` stands for, and closes what it stood for; false when `fd` is not open. */
  dupTo(fd: number, other: number): boolean {
    const endpoint = this.endpoints.get(fd);
    if (endpoint === undefined) return false;
    if (fd === other) return true;
    endpoint.references++;
    this.close(other);
    this.endpoints.set(other, endpoint);
    this.#next = Math.max(this.#next, other + 1);
    return true;
  }

  close(fd: number): boolean {
    const endpoint = this.endpoints.get(fd);
    if (endpoint === undefined) return false;
    this.endpoints.delete(fd);
    this.release(endpoint);
    return true;
  }

  /** Takes one reference away; the last one closes. */
  release(endpoint: Endpoint): void {
    endpoint.references--;
    if (endpoint.references > 0) return;
    this.ports.release(endpoint);
    endpoint.close();
  }

  isBlocking(fd: number): boolean {
    return this.endpoints.get(fd)?.blocking ?? true;
  }

  setBlocking(fd: number, blocking: boolean): void {
    const endpoint = this.endpoints.get(fd);
    if (endpoint !== undefined) endpoint.blocking = blocking;
  }

  option(fd: number, level: number, name: number): number {
    return this.endpoints.get(fd)?.option(level, name) ?? 0;
  }

  /** An option that was set, or nothing. */
  storedOption(fd: number, level: number, name: number): number | undefined {
    return this.endpoints.get(fd)?.options.get(`${level}:${name}`);
  }

  setOption(fd: number, level: number, name: number, value: number): void {
    this.endpoints.get(fd)?.options.set(`${level}:${name}`, value);
  }

  protected add(endpoint: Endpoint): number {
    const fd = this.#next++;
    this.endpoints.set(fd, endpoint);
    return fd;
  }

  /** Puts another endpoint behind all descriptors of a socket: it has connected, or listens. */
  protected replace(old: FreshSocket, endpoint: Endpoint): void {
    endpoint.inherit(old);
    for (const [fd, entry] of this.endpoints) if (entry === old) this.endpoints.set(fd, endpoint);
    old.replaced();
  }
}

/** An address as Python takes it. */
export function shown(address: Address | undefined): (string | number)[] | string | undefined {
  return typeof address === 'object' ? [...address] : address;
}

export function codeOf(error: unknown): Code {
  return error instanceof SyscallError ? error.code : 'EIO';
}

/** What a call to the kernel answers, or the code of its error. */
export function called<T>(call: () => T): T | Code {
  try {
    return call();
  } catch (error) {
    return codeOf(error);
  }
}
