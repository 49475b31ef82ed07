import * as v from 'valibot';
import { EngineError } from '../engines/engine.ts';

/** Messages of the frame itself; everything else goes over the port. */
const frameMessage = v.variant('type', [
  v.object({ type: v.literal('frame-ready') }),
  v.object({ type: v.literal('frame-error'), message: v.pipe(v.string(), v.maxLength(10_000)) }),
]);

const READY_MS = 30_000;

export interface Frame {
  /** Leads to the kernel. */
  readonly port: MessagePort;
  /** Removes the frame and with it every worker in it. */
  remove(): void;
}

/**
 * Start of the SHA-256 of public/sandbox.html, in its address: so it can stay in the browser's cache for ever, and a page
 * that has once run something goes on when the network is gone.
 */
export const frameHash = 'a047790f6bff';

/**
 * Opens a frame of opaque origin and starts the kernel in it: no storage, no cookies, no network, no way to the page
 * but the port. See docs/threat-model.md.
 * @param kernel - source text of the kernel worker.
 * @param onError - the kernel's worker failed after it had started.
 * @throws EngineError EBOOT.
 */
export async function openFrame(
  kernel: string,
  onError: (message: string) => void,
  signal?: AbortSignal,
): Promise<Frame> {
  signal?.throwIfAborted();
  const iframe = document.createElement('iframe');
  iframe.setAttribute('sandbox', 'allow-scripts');
  iframe.allow = 'cross-origin-isolated';
  iframe.title = 'Sandbox of a run';
  iframe.hidden = true;
  iframe.src = new URL(`sandbox.html?v=${frameHash}`, document.baseURI).href;
  const { port1, port2 } = new MessageChannel();

  const remove = () => {
    removeEventListener('message', listen);
    port1.close();
    iframe.remove();
  };
  let ready: () => void = () => undefined;
  let failed: (error: unknown) => void = () => undefined;
  let booted = false;
  function listen(event: MessageEvent<unknown>): void {
    // An opaque origin has no name to check; the window is what tells this frame from any other.
    if (event.source !== iframe.contentWindow || event.origin !== 'null') return;
    const message = v.safeParse(frameMessage, event.data);
    if (!message.success) return;
    if (message.output.type === 'frame-ready') ready();
    else if (booted) onError(message.output.message);
    else failed(new EngineError('EBOOT', `the sandbox's kernel could not start: ${message.output.message}`));
  }

  try {
    await new Promise<void>((resolve, reject) => {
      ready = resolve;
      failed = reject;
      addEventListener('message', listen);
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      const text =
        'the sandbox frame did not load; reload the page, and check that sandbox.html is served with its headers';
      setTimeout(() => reject(new EngineError('EBOOT', text)), READY_MS);
      document.body.append(iframe);
    });
    const started = new Promise<void>((resolve, reject) => {
      failed = reject;
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      port1.onmessage = () => resolve();
    });
    iframe.contentWindow?.postMessage(kernel, '*', [port2]);
    await started;
    booted = true;
    return { port: port1, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
