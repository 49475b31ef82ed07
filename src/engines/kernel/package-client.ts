import type { GuestMessage, HostMessage, PackageRequest } from '../../sandbox/messages.ts';
import { PackageError, type Ecosystem, type PackageSource } from '../packages/types.ts';

type Value = string | Uint8Array;

/** The kernel's side of the package store: asks the page by message. */
export class PackageClient implements PackageSource {
  readonly #post: (message: GuestMessage) => void;
  readonly #pending = new Map<number, { resolve: (value: Value) => void; reject: (error: Error) => void }>();
  #nextId = 1;

  constructor(post: (message: GuestMessage) => void) {
    this.#post = post;
  }

  index(ecosystem: Ecosystem): Promise<string> {
    return this.#text({ kind: 'index', ecosystem });
  }

  archive(ecosystem: Ecosystem, name: string, version: string): Promise<Uint8Array> {
    return this.#bytes({ kind: 'archive', ecosystem, name, version });
  }

  registryMetadata(ecosystem: Ecosystem, name: string): Promise<string> {
    return this.#text({ kind: 'registryMetadata', ecosystem, name });
  }

  registryArchive(ecosystem: Ecosystem, url: string, integrity: string): Promise<Uint8Array> {
    return this.#bytes({ kind: 'registryArchive', ecosystem, url, integrity });
  }

  /** A part of a runtime that the page did not send at the start; the page keeps what it has loaded. */
  part(name: string): Promise<Uint8Array> {
    return this.#bytes({ kind: 'runtimePart', name });
  }

  answer(message: Extract<HostMessage, { type: 'package' | 'packageError' }>): void {
    const waiting = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.type === 'package') waiting?.resolve(message.value);
    else waiting?.reject(new PackageError(packageCode(message.code), message.message));
  }

  #ask(request: PackageRequest): Promise<Value> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#post({ type: 'package', id, request });
    });
  }

  async #text(request: PackageRequest): Promise<string> {
    const value = await this.#ask(request);
    return typeof value === 'string' ? value : new TextDecoder().decode(value);
  }

  async #bytes(request: PackageRequest): Promise<Uint8Array> {
    const value = await this.#ask(request);
    return typeof value === 'string' ? new TextEncoder().encode(value) : value;
  }
}

const codes = ['not-stored', 'integrity', 'offline', 'not-found', 'too-large'] as const;

function packageCode(code: string): PackageError['code'] {
  return codes.find((known) => known === code) ?? 'offline';
}
