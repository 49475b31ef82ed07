import { openFrame } from './frame.ts';

/** What the worker of a sandbox finds in there. */
export interface SandboxProbe {
  /** Memory can be shared between the workers of a sandbox; no server runs without it. */
  readonly sharedMemory: boolean;
  /** WebAssembly can be compiled in there. */
  readonly webAssembly: boolean;
}

/** Told to the worker as its whole program; answers each message with what it finds. */
const program = `onmessage = ({ ports: [port] }) => {
  let webAssembly = false;
  try {
    new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
    webAssembly = true;
  } catch {}
  const found = { sharedMemory: crossOriginIsolated && typeof SharedArrayBuffer === 'function', webAssembly };
  port.onmessage = () => port.postMessage(found);
  port.postMessage('started');
};`;

/**
 * Opens a sandbox's frame with a worker that does nothing but look around, and removes both: the way that every run
 * goes, without an engine.
 * @throws EngineError EBOOT when the frame or its worker does not start; the signal's reason when it is aborted.
 */
export async function probeSandbox(signal: AbortSignal): Promise<SandboxProbe> {
  const frame = await openFrame(program, () => undefined, signal);
  try {
    return await new Promise<SandboxProbe>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      frame.port.onmessage = ({ data }: MessageEvent<SandboxProbe>) => resolve(data);
      frame.port.postMessage('look');
    });
  } finally {
    frame.remove();
  }
}
