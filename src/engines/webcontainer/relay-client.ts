import * as v from 'valibot';
import { EngineError, type Duplex } from '../engine.ts';
import { fromBase64, toBase64 } from '../net/base64.ts';
import { Mux } from '../net/mux.ts';
import type { ClientProcess } from './client/types.ts';
import { LineReader, LineWriter } from './lines.ts';
import {
  decodeMessage,
  encodeMessage,
  isMessage,
  type Call,
  type PageMessage,
  type RelayMessage,
} from './messages.ts';
import { relayMessage } from './schema.ts';

/** What the relay says without being asked. */
export type RelayEvent = Exclude<RelayMessage, { type: 'hello' | 'reply' | 'failure' }>;

/** What the relay says first: the version of Node, where its files are, whether the system has no shell. */
export type Hello = Extract<RelayMessage, { type: 'hello' }>;

interface Waiting {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

const base64 = { encode: toBase64, decode: fromBase64 };
/** Of what the relay prints beside its frames, the end is kept: it says why a relay died. */
const keptNoise = 2_000;

/** The page's side of the relay: calls with answers, events, and connections that the relay opens. */
export class RelayClient {
  /** Resolves when the relay runs; rejects when it does not start. */
  readonly ready: Promise<Hello>;
  readonly #input: WritableStreamDefaultWriter<string>;
  readonly #writer = new LineWriter('p', base64);
  readonly #mux: Mux;
  readonly #opened = new Map<number, Duplex>();
  readonly #waiting = new Map<number, Waiting>();
  readonly #onEvent: (event: RelayEvent) => void;
  readonly #onLost: (reason: string) => void;
  #started: { resolve(hello: Hello): void; reject(error: unknown): void } | undefined;
  #nextId = 1;
  #noise = '';
  #closed: EngineError | undefined;

  /** @param onLost - the relay ended, or said something that is not of the protocol; it is of no use any more. */
  constructor(
    process: ClientProcess,
    onEvent: (event: RelayEvent) => void,
    onLost: (reason: string) => void,
  ) {
    this.#onEvent = onEvent;
    this.#onLost = onLost;
    this.#input = process.input.getWriter();
    this.#input.closed.catch(() => undefined);
    this.ready = new Promise((resolve, reject) => (this.#started = { resolve, reject }));
    this.ready.catch(() => undefined);
    this.#mux = new Mux(
      (frame) => this.#send(frame),
      (connection, label) => this.#opened.set(label, connection),
    );
    void this.#read(process);
  }

  /** @throws EngineError with the relay's code; ESANDBOX when the relay is gone. */
  async call<T extends v.GenericSchema>(call: Call, reply: T): Promise<v.InferOutput<T>> {
    if (this.#closed !== undefined) throw this.#closed;
    const id = this.#nextId++;
    const value = await new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.post({ type: 'call', id, call });
    });
    return v.parse(reply, value);
  }

  post(message: PageMessage): void {
    this.#send(encodeMessage(message));
  }

  /** The connection that the relay has opened under this label. @throws EngineError ECONNRESET. */
  connection(label: number): Duplex {
    const found = this.#opened.get(label);
    this.#opened.delete(label);
    if (found === undefined) throw new EngineError('ECONNRESET', 'the relay closed the connection');
    return found;
  }

  /** Fails what is under way; nothing is sent any more. */
  close(error: EngineError): void {
    if (this.#closed !== undefined) return;
    this.#closed = error;
    this.#started?.reject(error);
    this.#mux.close();
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  #send(frame: Uint8Array): void {
    if (this.#closed !== undefined) return;
    this.#input.write(this.#writer.line(frame)).catch(() => undefined);
  }

  async #read(process: ClientProcess): Promise<void> {
    const lines = new LineReader('r', base64, {
      onFrame: (frame) => this.#take(frame),
      onNoise: (line) => (this.#noise = `${this.#noise}${line}\n`.slice(-keptNoise)),
      onBroken: (reason) => this.#lose(reason),
    });
    const reader = process.output.getReader();
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) lines.push(next.value);
    } catch (error) {
      this.#lose(String(error));
    }
    const code = await process.exit.catch(() => -1);
    this.#lose(`it exited with code ${code}`);
  }

  #take(frame: Uint8Array): void {
    if (this.#closed !== undefined) return;
    if (!isMessage(frame)) return this.#mux.receive(frame);
    let message: RelayMessage;
    try {
      message = v.parse(relayMessage, decodeMessage(frame));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return this.#lose(`it sent a message that is not of the protocol (${reason})`);
    }
    switch (message.type) {
      case 'hello':
        return this.#started?.resolve(message);
      case 'reply':
      case 'failure': {
        const waiting = this.#waiting.get(message.id);
        this.#waiting.delete(message.id);
        if (message.type === 'reply') waiting?.resolve(message.value);
        else waiting?.reject(new EngineError(message.code, message.message));
        return;
      }
      default:
        this.#onEvent(message);
    }
  }

  #lose(reason: string): void {
    if (this.#closed !== undefined) return;
    const said = this.#noise.trim();
    this.#onLost(said === '' ? reason : `${reason}; it printed: ${said}`);
  }
}
