import type { FileSystem } from '../../fs/types.ts';
import { host } from '../host.ts';
import { Kind, Mailbox, type MailRecord } from './mailbox.ts';

/** What travels beside the bytes of a message. */
export type Enclosure =
  | { kind: 'shared'; buffer: SharedArrayBuffer }
  | { kind: 'buffer'; buffer: ArrayBuffer }
  | { kind: 'port'; data: PortData }
  /** An object of the engine; only within one thread. */
  | { kind: 'native'; object: object };

export interface Message {
  bytes: Uint8Array<ArrayBuffer>;
  enclosures: Enclosure[];
}

/** A port on its way to another thread. */
export interface WirePort {
  native: MessagePort;
  inbox: number;
  outbox: number;
  backlog: WireMessage[];
}

interface WireMessage {
  bytes: Uint8Array<ArrayBuffer>;
  enclosures: (Exclude<Enclosure, { kind: 'port' | 'native' }> | { kind: 'port'; port: WirePort })[];
}

/** The port object that data belongs to. */
export interface PortOwner {
  /** Something has come, or the other side is closed. */
  wake(): void;
}

interface Remote {
  readonly native: MessagePort;
  readonly inbox: Mailbox;
  readonly outbox: Mailbox;
  /** Messages with enclosures, in order. */
  readonly arrivals: WireMessage[];
  readonly records: MailRecord[];
}

/** Says that something lies in the mailbox. */
const WAKE = 0;

/** What a port is made of: it outlives the port object when it is sent elsewhere. */
export class PortData {
  readonly queue: Message[] = [];
  owner: PortOwner | undefined;
  /** The other side is closed; what it sent before is still in the queue. */
  peerClosed = false;
  readonly #fs: FileSystem;
  #peer: PortData | undefined;
  #remote: Remote | undefined;

  constructor(fs: FileSystem) {
    this.#fs = fs;
  }

  static pair(fs: FileSystem): [PortData, PortData] {
    const pair: [PortData, PortData] = [new PortData(fs), new PortData(fs)];
    pair[0].#peer = pair[1];
    pair[1].#peer = pair[0];
    return pair;
  }

  static fromWire(fs: FileSystem, { native, inbox, outbox, backlog }: WirePort): PortData {
    const data = new PortData(fs);
    for (const message of backlog) data.queue.push(data.#fromWire(message));
    data.#connect(native, new Mailbox(fs, inbox), new Mailbox(fs, outbox));
    return data;
  }

  /** True when `other` is at the other end, within this thread. */
  isPeerOf(other: PortData): boolean {
    return this.#peer === other;
  }

  send(message: Message): void {
    if (this.#remote === undefined) {
      this.#peer?.queue.push(message);
      this.#peer?.owner?.wake();
    } else if (message.enclosures.length === 0) {
      this.#remote.outbox.put(Kind.message, message.bytes);
      this.#remote.native.postMessage(WAKE);
    } else {
      const transfer: Transferable[] = [];
      const wire = toWire(message, transfer);
      this.#remote.outbox.put(Kind.elsewhere, new Uint8Array());
      this.#remote.native.postMessage(wire, transfer);
    }
  }

  /** Moves what has come from the other thread into the queue. */
  poll(): void {
    const remote = this.#remote;
    if (remote === undefined) return;
    remote.records.push(...remote.inbox.take());
    for (let record = remote.records[0]; record !== undefined; record = remote.records[0]) {
      if (record.kind === Kind.elsewhere) {
        const message = remote.arrivals.shift();
        if (message === undefined) return;
        this.queue.push(this.#fromWire(message));
      } else if (record.kind === Kind.close) this.peerClosed = true;
      else this.queue.push({ bytes: record.body, enclosures: [] });
      remote.records.shift();
    }
  }

  next(): Message | undefined {
    this.poll();
    return this.queue.shift();
  }

  close(): void {
    const peer = this.#peer;
    const remote = this.#remote;
    this.owner = undefined;
    this.#peer = undefined;
    this.#remote = undefined;
    if (peer !== undefined) {
      peer.peerClosed = true;
      peer.#peer = undefined;
      peer.owner?.wake();
    }
    if (remote === undefined) return;
    remote.outbox.put(Kind.close, new Uint8Array());
    remote.native.postMessage(WAKE);
    remote.native.onmessage = null;
    host.setTimeout(() => remote.native.close(), 1_000);
    remote.inbox.release();
    remote.outbox.release();
  }

  /** Makes this a port that can be sent to another thread; nothing may use it here any more. */
  toWire(transfer: Transferable[]): WirePort {
    this.owner = undefined;
    if (this.#remote === undefined) this.#leave();
    const remote = this.#remote;
    if (remote === undefined) throw new Error('A closed port cannot be sent');
    this.poll();
    remote.native.onmessage = null;
    transfer.push(remote.native);
    const backlog = this.queue.splice(0).map((message) => toWire(message, transfer));
    // What was read but not passed on lies in the mailbox again, for whoever reads it next.
    for (const { kind, body } of remote.records.splice(0)) remote.inbox.put(kind, body);
    return { native: remote.native, inbox: remote.inbox.inode, outbox: remote.outbox.inode, backlog };
  }

  /** Puts two mailboxes and a channel of the browser between this port and its peer. */
  #leave(): void {
    const { port1, port2 } = new host.MessageChannel();
    const [inbox, outbox] = [new Mailbox(this.#fs), new Mailbox(this.#fs)];
    this.#fs.retain(inbox.inode);
    this.#fs.retain(outbox.inode);
    const peer = this.#peer;
    this.#peer = undefined;
    this.#connect(port1, inbox, outbox);
    if (peer === undefined) {
      inbox.put(Kind.close, new Uint8Array());
      return;
    }
    peer.#peer = undefined;
    peer.#connect(port2, outbox, inbox);
  }

  #connect(native: MessagePort, inbox: Mailbox, outbox: Mailbox): void {
    const remote: Remote = { native, inbox, outbox, arrivals: [], records: [] };
    this.#remote = remote;
    native.onmessage = (event: MessageEvent<WireMessage | typeof WAKE>) => {
      if (event.data !== WAKE) remote.arrivals.push(event.data);
      this.owner?.wake();
    };
  }

  #fromWire({ bytes, enclosures }: WireMessage): Message {
    return {
      bytes,
      enclosures: enclosures.map((enclosure) =>
        enclosure.kind === 'port'
          ? { kind: 'port', data: PortData.fromWire(this.#fs, enclosure.port) }
          : enclosure,
      ),
    };
  }
}

/** @throws Error when a thing of the engine is enclosed, which stays in its thread. */
function toWire({ bytes, enclosures }: Message, transfer: Transferable[]): WireMessage {
  return {
    bytes,
    enclosures: enclosures.map((enclosure) => {
      if (enclosure.kind === 'native') throw new Error('Objects of this kind stay within their thread');
      if (enclosure.kind === 'port') return { kind: 'port', port: enclosure.data.toWire(transfer) };
      if (enclosure.kind === 'buffer') transfer.push(enclosure.buffer);
      return enclosure;
    }),
  };
}
