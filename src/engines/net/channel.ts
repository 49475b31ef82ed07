/**
 * One end of a byte connection over a MessagePort. Both ends may live in any realm: the page, the kernel, a
 * process. What arrives is hostile input: anything but the four known shapes resets the connection.
 *
 * Wire: `Uint8Array` data, never empty (flow control would not hold back a flood of those), `'fin'` half-close,
 * `'reset'`, or a positive number: bytes consumed (flow control).
 */

/** Kept from the realm's scope: inside the Node engine the global becomes Node's own, whose timers keep it alive. */
const later = globalThis.setTimeout.bind(globalThis);

export interface ChannelEvents {
  onData?: (bytes: Uint8Array) => void;
  /** The other side will send no more. */
  onEnd?: () => void;
  /** The connection is gone; nothing follows. */
  onReset?: () => void;
  /** Called whenever the other side has consumed something that was sent. */
  onDrain?: () => void;
}

export class Channel {
  readonly #port: MessagePort;
  #events: ChannelEvents | undefined;
  #early: unknown[];
  /** False for an end that was handed over: it may hear of bytes that the one before it sent. */
  readonly #first: boolean;
  #paused = false;
  #ended = false;
  #sentEnd = false;
  #dead = false;
  /** Bytes sent that the other side has not consumed yet. */
  buffered = 0;

  readonly #onClosed: (() => void) | undefined;

  /**
   * @param onClosed - called once, when nothing will be sent or received any more.
   * @param early - messages that an end before this one took from the port, see `detach`.
   */
  constructor(port: MessagePort, onClosed?: () => void, early?: unknown[]) {
    this.#port = port;
    this.#early = early ?? [];
    this.#first = early === undefined;
    this.#onClosed = onClosed;
    port.onmessage = (event: MessageEvent<unknown>) => {
      if (this.#events === undefined || this.#paused) this.#early.push(event.data);
      else this.#take(event.data);
    };
  }

  /** Lets go of the port, so that it can be sent to another realm; for an end that was never opened. */
  detach(): { port: MessagePort; early: unknown[] } {
    this.#port.onmessage = null;
    this.#dead = true;
    return { port: this.#port, early: this.#early };
  }

  /** Starts delivery; messages that came earlier are delivered at once, in order. */
  open(events: ChannelEvents): void {
    this.#events = events;
    this.#flush();
  }

  /** Stops delivery (and so, in the end, the sender) until `resume`. */
  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#flush();
  }

  get closed(): boolean {
    return this.#dead || (this.#ended && this.#sentEnd);
  }

  /** True once the other side has ended or reset. */
  get ended(): boolean {
    return this.#ended || this.#dead;
  }

  /** Sends a copy of the bytes; false when the connection can take no more writes. */
  send(bytes: Uint8Array): boolean {
    if (this.#dead || this.#sentEnd) return false;
    if (bytes.byteLength === 0) return true;
    const copy = new Uint8Array(bytes);
    this.buffered += copy.byteLength;
    this.#port.postMessage(copy, [copy.buffer]);
    return true;
  }

  end(): void {
    if (this.#dead || this.#sentEnd) return;
    this.#sentEnd = true;
    this.#port.postMessage('fin');
    this.#closeIfDone();
  }

  reset(): void {
    if (this.#dead) return;
    this.#port.postMessage('reset');
    this.#die(false);
  }

  /** Ends this side because the other is known to be gone (its process died). */
  abandon(): void {
    if (!this.#dead) this.#die(true);
  }

  /**
   * The process at the other side has ended: its sockets were closed for it, so that this side sees an end. What it
   * sent before comes by another way than the news of its end, and gets a moment to arrive.
   */
  hangUp(): void {
    later(() => {
      if (this.#ended || this.#dead) return;
      if (this.#events === undefined || this.#paused) this.#early.push('fin');
      else this.#take('fin');
    }, 20);
  }

  #flush(): void {
    while (!this.#paused && this.#events !== undefined && this.#early.length > 0)
      this.#take(this.#early.shift());
  }

  #take(message: unknown): void {
    if (this.#dead) return;
    if (message instanceof Uint8Array && message.byteLength > 0) {
      if (this.#ended) return;
      this.#port.postMessage(message.byteLength);
      this.#events?.onData?.(message);
    } else if (message === 'fin') {
      if (this.#ended) return;
      this.#ended = true;
      this.#events?.onEnd?.();
      this.#closeIfDone();
    } else if (this.#isCount(message)) {
      this.buffered = Math.max(0, this.buffered - message);
      this.#events?.onDrain?.();
    } else {
      this.#die(true);
    }
  }

  /** Nobody can take more than was sent: a flood of such news would cost its sender nothing. */
  #isCount(message: unknown): message is number {
    if (typeof message !== 'number' || !Number.isSafeInteger(message) || message <= 0) return false;
    return !this.#first || message <= this.buffered;
  }

  #closeIfDone(): void {
    // Kept open a moment: acknowledgements and data already under way still arrive on the port.
    if (!this.#ended || !this.#sentEnd) return;
    later(() => this.#port.close(), 1_000);
    this.#onClosed?.();
  }

  #die(notify: boolean): void {
    const open = !this.closed;
    this.#dead = true;
    if (open) this.#onClosed?.();
    later(() => this.#port.close(), 0);
    if (notify) this.#events?.onReset?.();
  }
}
