import * as v from 'valibot';
import { guestMessage, type Call, type GuestMessage, type HostMessage } from '../../sandbox/messages.ts';
import { EngineError } from '../engine.ts';

/** Events of the kernel that are not answers. */
export type KernelEvent = Exclude<GuestMessage, { type: 'ready' | 'reply' | 'failure' }>;

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

/** The page's side of the protocol with one kernel: calls with answers, and events. What arrives is parsed or ends the sandbox. */
export class KernelClient {
  readonly #port: MessagePort;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;
  #closed: EngineError | undefined;

  /** @param onViolation - the sandbox sent something that is not of the protocol. */
  constructor(
    port: MessagePort,
    onEvent: (event: KernelEvent) => void,
    onViolation: (message: string) => void,
  ) {
    this.#port = port;
    port.onmessageerror = () => onViolation('a message could not be read');
    port.onmessage = (event: MessageEvent<unknown>) => {
      const parsed = v.safeParse(guestMessage, event.data);
      if (!parsed.success) return onViolation(parsed.issues[0].message);
      const message = parsed.output;
      if (message.type === 'reply' || message.type === 'failure') this.#settle(message);
      else if (message.type !== 'ready') onEvent(message);
    };
  }

  post(message: HostMessage, transfer: Transferable[] = []): void {
    if (this.#closed === undefined) this.#port.postMessage(message, transfer);
  }

  /** @throws EngineError with the kernel's code, or `EDISPOSED`. */
  async call<T extends v.GenericSchema>(call: Call, reply: T): Promise<v.InferOutput<T>> {
    if (this.#closed !== undefined) throw this.#closed;
    const id = this.#nextId++;
    const value = await new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.post({ type: 'call', id, call });
    });
    return v.parse(reply, value);
  }

  close(error: EngineError): void {
    this.#closed ??= error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  #settle(message: Extract<GuestMessage, { type: 'reply' | 'failure' }>): void {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.type === 'reply') waiting?.resolve(message.value);
    else waiting?.reject(new EngineError(message.code, message.message));
  }
}
