import type { Binding, RealmContext } from '../context.ts';
import { handleClassOf } from '../bindings/handle.ts';
import { BroadcastGroups } from './broadcast.ts';
import { MessageCodec } from './message.ts';
import { PortData, type WirePort } from './port-data.ts';

type Emit = (data: unknown, ports: object[], type: string) => void;

/** What other parts of the engine do with ports. */
interface Ports {
  /** A port made of what another thread sent. */
  adopt(wire: WirePort): object;
  pair(): { port1: object; port2: object };
  /** Takes a port out of use here. */
  send(port: object, transfer: Transferable[]): WirePort;
}

const realms = new WeakMap<RealmContext, Ports>();

/** The ports of a realm; its `messaging` binding must have been made. */
export function portsOf(realm: RealmContext): Ports {
  realm.binding('messaging');
  const ports = realms.get(realm);
  if (ports === undefined) throw new Error('The messaging binding has no ports');
  return ports;
}

/** Only the engine makes ports. */
const permit = Symbol('permit');

/** The `messaging` binding: ports between threads, structured clones. */
export function createMessagingBinding(realm: RealmContext, perContext: Record<string, unknown>): Binding {
  const oninit = realm.symbols['oninit'] ?? Symbol('oninit');
  const onclose = realm.symbols['handle_onclose'] ?? Symbol('handle_onclose');
  const cloneMethod = realm.symbols['messaging_clone_symbol'] ?? Symbol('messaging_clone_symbol');
  const noMessage = realm.symbols['no_message_symbol'];
  const DOMException = perContext['DOMException'] as new (message: string, name: string) => Error;
  const clone = (message: string): Error => new DOMException(message, 'DataCloneError');
  const typeError = (code: string, message: string): Error => Object.assign(new TypeError(message), { code });

  class JSTransferable {
    readonly #brand = true;
    static is(value: object): boolean {
      return #brand in value && value.#brand;
    }
  }

  /** What keeps a port's thread alive, and delivers to the port. */
  class PortHandle extends handleClassOf(realm) {
    readonly #port: object;
    #data: PortData | undefined;
    #started = false;
    #scheduled = false;

    constructor(port: object, data: PortData) {
      super('MESSAGEPORT');
      this.#port = port;
      this.#data = data;
    }

    open(): void {
      this.setActive(true);
      if (this.#data !== undefined) this.#data.owner = { wake: () => this.#schedule() };
      this.#schedule();
    }

    get data(): PortData | undefined {
      return this.#data;
    }

    start(): void {
      this.#started = true;
      this.#schedule();
    }

    stop(): void {
      this.#started = false;
    }

    /** Delivers all that has come, now. */
    drain(): void {
      while (this.#started && this.#deliver());
    }

    receive(): unknown {
      const message = this.#data?.next();
      return message === undefined ? noMessage : codec.read(message).value;
    }

    /** Takes the port out of use, for another to be made of its data. */
    detach(): PortData {
      const data = this.#data;
      if (data === undefined || this.closed) throw clone('MessagePort in transfer list is already detached');
      this.#data = undefined;
      data.owner = undefined;
      this.close();
      return data;
    }

    override onClose(): void {
      this.#data?.close();
      this.#data = undefined;
      // The library keeps what is to be done on the port itself.
      const done: unknown = Reflect.get(this.#port, onclose);
      if (typeof done === 'function')
        Reflect.set(this, onclose, () => void Reflect.apply(done, this.#port, []));
    }

    #schedule(): void {
      if (this.#scheduled || this.closed) return;
      this.#scheduled = true;
      realm.loop.post(() => {
        this.#scheduled = false;
        const data = this.#data;
        if (data === undefined) return;
        if (this.#started) this.#deliver();
        else data.poll();
        if (this.#data !== data) return;
        if (data.queue.length > 0) {
          if (this.#started) this.#schedule();
        } else if (data.peerClosed) this.close();
      });
    }

    /** Delivers one message; each has a turn of the loop to itself. */
    #deliver(): boolean {
      const message = this.#data?.next();
      if (message === undefined) return false;
      const emit = perContext['emitMessage'] as Emit;
      realm.callback(() => {
        const { value, ports } = codec.read(message);
        Reflect.apply(emit, this.#port, [value, ports, 'message']);
      }, this);
      return true;
    }
  }

  const handles = new WeakMap<object, PortHandle>();
  const handleOf = (port: unknown): PortHandle | undefined =>
    typeof port === 'object' && port !== null ? handles.get(port) : undefined;
  const isPort = (value: unknown): boolean => handleOf(value) !== undefined;

  /** Its prototype is exchanged by the library, so nothing is inherited and nothing is kept in it. */
  class MessagePort {
    constructor(key?: symbol, data?: PortData) {
      if (key !== permit || data === undefined)
        throw typeError('ERR_CONSTRUCT_CALL_INVALID', 'Constructor cannot be called');
      const handle = new PortHandle(this, data);
      handles.set(this, handle);
      const init: unknown = Reflect.get(this, oninit);
      if (typeof init === 'function') Reflect.apply(init, this, []);
      handle.open();
    }

    postMessage(value: unknown, options?: unknown): boolean | undefined {
      if (arguments.length === 0)
        throw typeError('ERR_MISSING_ARGS', 'The "message" argument must be specified');
      const message = codec.write(value, transferListOf(options), this);
      const handle = handleOf(this);
      const data = handle?.data;
      if (data === undefined) return undefined;
      const lost = message.enclosures.some(
        (enclosure) => enclosure.kind === 'port' && data.isPeerOf(enclosure.data),
      );
      if (!lost) {
        data.send(message);
        return true;
      }
      const { emitWarning } = realm.process as { emitWarning?: (text: string) => void };
      emitWarning?.('The target port was posted to itself, and the communication channel was lost');
      handle?.close();
      return true;
    }

    start(): void {
      handleOf(this)?.start();
    }

    close(): void {
      handleOf(this)?.close();
    }

    drain(): void {
      handleOf(this)?.drain();
    }

    ref(): void {
      handleOf(this)?.ref();
    }

    unref(): void {
      handleOf(this)?.unref();
    }

    hasRef(): boolean | undefined {
      const handle = handleOf(this);
      if (handle === undefined) throw new TypeError('Illegal invocation');
      return handle.closed ? undefined : handle.hasRef();
    }
  }

  const detach = (port: object): PortData => {
    const data = handleOf(port)?.detach();
    if (data === undefined) throw clone('MessagePort in transfer list is already detached');
    return data;
  };
  const codec = new MessageCodec(
    realm,
    { clone, typeError },
    {
      isPort,
      detach,
      attach: (data) => new MessagePort(permit, data),
    },
    (value) => JSTransferable.is(value) || typeof Reflect.get(value, cloneMethod) === 'function',
  );
  const pair = (): { port1: MessagePort; port2: MessagePort } => {
    const [one, two] = PortData.pair(realm.fs);
    return { port1: new MessagePort(permit, one), port2: new MessagePort(permit, two) };
  };

  /** @throws TypeError ERR_INVALID_ARG_TYPE. */
  function transferListOf(options: unknown): unknown[] {
    if (options === undefined || options === null) return [];
    const invalid = (what: string): Error =>
      typeError('ERR_INVALID_ARG_TYPE', `Optional ${what} must be an iterable`);
    if (typeof options !== 'object') throw invalid('transferList argument');
    if (Symbol.iterator in options) return [...(options as Iterable<unknown>)];
    const listed: unknown = Reflect.get(options, 'transfer');
    if (listed === undefined || listed === null) return [];
    if (typeof listed !== 'object' || !(Symbol.iterator in listed))
      throw invalid('options.transfer argument');
    return [...(listed as Iterable<unknown>)];
  }

  class MessageChannel {
    readonly port1: MessagePort;
    readonly port2: MessagePort;
    constructor() {
      const made = pair();
      this.port1 = made.port1;
      this.port2 = made.port2;
    }
  }

  const groups = new BroadcastGroups(realm);
  realms.set(realm, {
    pair,
    adopt: (wire) => new MessagePort(permit, PortData.fromWire(realm.fs, wire)),
    send: (port, transfer) => detach(port).toWire(transfer),
  });

  return {
    MessageChannel,
    MessagePort,
    JSTransferable,
    DOMException,
    structuredClone: function structuredClone(value: unknown, options?: { transfer?: unknown[] }): unknown {
      if (arguments.length === 0) throw typeError('ERR_MISSING_ARGS', 'The value argument must be specified');
      return codec.read(codec.write(value, transferListOf(options))).value;
    },
    setDeserializerCreateObjectFunction: (make: (info: string) => object) => codec.onCreate(make),
    stopMessagePort: (port: unknown) => handleOf(port)?.stop(),
    checkMessagePort: isPort,
    drainMessagePort: (port: unknown) => handleOf(port)?.drain(),
    receiveMessageOnPort(port: unknown): unknown {
      const handle = handleOf(port);
      if (handle !== undefined) return handle.receive();
      throw typeError('ERR_INVALID_ARG_TYPE', 'The "port" argument must be a MessagePort instance');
    },
    moveMessagePortToContext: () => realm.missing('worker_threads.moveMessagePortToContext'),
    broadcastChannel: (name: string) => new MessagePort(permit, groups.join(name)),
  };
}
