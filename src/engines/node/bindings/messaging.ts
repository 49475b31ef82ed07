import type { Binding, RealmContext } from '../context.ts';
import { host } from '../host.ts';
import { handleClassOf } from './handle.ts';

interface Queued {
  data: unknown;
  ports: unknown[];
}

/** The `messaging` binding: ports within one process, and structured clones. */
export function createMessagingBinding(realm: RealmContext, perContext: Record<string, unknown>): Binding {
  const oninit = realm.symbols['oninit'] ?? Symbol('oninit');
  const noMessage = realm.symbols['no_message_symbol'];
  const DOMException = perContext['DOMException'] as new (message: string, name: string) => Error;

  const clone = (value: unknown, transfer: readonly unknown[] = []): unknown => {
    const natives = transfer.filter((item): item is ArrayBuffer => item instanceof ArrayBuffer);
    try {
      return host.structuredClone(value, { transfer: natives });
    } catch (error) {
      if (error instanceof host.DOMException) throw new DOMException(error.message, error.name);
      throw error;
    }
  };

  class MessagePort extends handleClassOf(realm) {
    peer: MessagePort | undefined;
    readonly #queue: Queued[] = [];
    #started = false;

    constructor() {
      super('MESSAGEPORT');
      const init: unknown = Reflect.get(this, oninit);
      if (typeof init === 'function') Reflect.apply(init, this, []);
    }

    postMessage(value: unknown, options?: unknown): boolean {
      const listed: unknown = Array.isArray(options)
        ? options
        : typeof options === 'object' && options !== null
          ? Reflect.get(options, 'transfer')
          : undefined;
      const transfer = Array.isArray(listed) ? (listed as unknown[]) : [];
      const ports = transfer.filter((item) => item instanceof MessagePort);
      this.peer?.receive({ data: clone(value, transfer), ports });
      return true;
    }

    receive(message: Queued): void {
      if (this.closed) return;
      this.#queue.push(message);
      if (this.#started) realm.complete(() => this.drain());
    }

    start(): void {
      if (this.#started) return;
      this.#started = true;
      this.setActive(true);
      realm.complete(() => this.drain());
    }

    stop(): void {
      this.#started = false;
      this.setActive(false);
    }

    drain(): void {
      while (this.#started && !this.closed) {
        const message = this.#queue.shift();
        if (message === undefined) return;
        const emit = perContext['emitMessage'] as (data: unknown, ports: unknown[], type: string) => void;
        realm.callback(emit, this, message.data, message.ports, 'message');
      }
    }

    take(): Queued | undefined {
      return this.#queue.shift();
    }

    override onClose(): void {
      const { peer } = this;
      this.peer = undefined;
      if (peer !== undefined) realm.complete(() => peer.close());
    }
  }

  class MessageChannel {
    readonly port1 = new MessagePort();
    readonly port2 = new MessagePort();
    constructor() {
      this.port1.peer = this.port2;
      this.port2.peer = this.port1;
    }
  }

  class JSTransferable {}

  return {
    MessageChannel,
    MessagePort,
    JSTransferable,
    DOMException,
    structuredClone: function structuredClone(value: unknown, options?: { transfer?: unknown[] }): unknown {
      if (arguments.length === 0) {
        const { codes } = realm.require('internal/errors') as {
          codes: Record<'ERR_MISSING_ARGS', new (name: string) => Error>;
        };
        throw new codes.ERR_MISSING_ARGS('The "value" argument');
      }
      return clone(value, options?.transfer);
    },
    setDeserializerCreateObjectFunction: () => undefined,
    stopMessagePort: (port: MessagePort) => port.stop(),
    checkMessagePort: (port: unknown) => port instanceof MessagePort,
    drainMessagePort: (port: MessagePort | undefined) => port?.drain(),
    receiveMessageOnPort: (port: MessagePort) => port.take()?.data ?? noMessage,
    moveMessagePortToContext: (port: MessagePort) => port,
    broadcastChannel: () => realm.missing('BroadcastChannel'),
  };
}
