import { limits } from '../../domain/limits.ts';
import type { Duplex, OutputChunk, Process } from '../engine.ts';
import { OutputGate } from '../kernel/output-gate.ts';

const signals = { SIGINT: 2, SIGKILL: 9, SIGTERM: 15 } as const;
const killedBy = (signal: number): number => 128 + signal;

/** How long the host may take to end a process that was killed. */
const endMs = 5_000;

/** A process that the relay has started. */
export class WebContainerProcess implements Process {
  readonly output: ReadableStream<OutputChunk>;
  readonly input: WritableStream<Uint8Array>;
  readonly exit: Promise<number>;
  readonly #signal: (signal: number) => void;
  #resolveExit: (code: number) => void = () => undefined;
  #running = true;

  /**
   * @param stdout - Carries standard output one way and input the other.
   * @param signal - Sends a signal to the process and what it started.
   */
  constructor(
    readonly pid: number,
    stdout: Duplex,
    stderr: Duplex,
    signal: (signal: number) => void,
  ) {
    this.#signal = signal;
    this.exit = new Promise((resolve) => (this.#resolveExit = resolve));
    this.output = merged({ stdout: stdout.readable, stderr: stderr.readable });
    this.input = inputOf(stdout.writable);
    stderr.writable.close().catch(() => undefined);
  }

  kill(name: keyof typeof signals = 'SIGTERM'): void {
    if (!this.#running) return;
    const number = signals[name];
    this.#signal(number);
    if (number === signals.SIGKILL) {
      setTimeout(() => this.finish(killedBy(number)), endMs);
      return;
    }
    setTimeout(() => this.#running && this.kill('SIGKILL'), limits.killGraceMs);
  }

  /** Its end is known. */
  finish(code: number): void {
    this.#running = false;
    this.#resolveExit(code);
  }
}

/** Both streams as one; it ends when both have ended, which may be later than the process. */
function merged(
  sources: Record<OutputChunk['stream'], ReadableStream<Uint8Array>>,
): ReadableStream<OutputChunk> {
  const gate = new OutputGate(limits.outputBytes);
  let open = 2;
  let cancelled = false;
  let wake: (() => void) | undefined;
  return new ReadableStream<OutputChunk>(
    {
      start(controller) {
        const read = async (stream: OutputChunk['stream']) => {
          const reader = sources[stream].getReader();
          try {
            for (let next = await reader.read(); !next.done; next = await reader.read()) {
              // What nobody wants is read all the same, so that the process does not stand still.
              if (cancelled) continue;
              for (const bytes of gate.take(next.value)) controller.enqueue({ stream, bytes });
              while (!cancelled && (controller.desiredSize ?? 1) <= 0) {
                await new Promise<void>((go) => (wake = go));
              }
            }
          } catch {
            // The sandbox is gone, or the process closed its output hard: that is its end.
          }
          open -= 1;
          if (open === 0 && !cancelled) controller.close();
        };
        void read('stdout');
        void read('stderr');
      },
      pull: () => wake?.(),
      cancel() {
        cancelled = true;
        wake?.();
      },
    },
    { highWaterMark: limits.outputInFlightBytes, size: (chunk) => chunk.bytes.byteLength },
  );
}

/** A process may end without reading its input: that is no error of the writer's. */
function inputOf(target: WritableStream<Uint8Array>): WritableStream<Uint8Array> {
  const writer = target.getWriter();
  writer.closed.catch(() => undefined);
  const quietly = (done: Promise<void>) => done.catch(() => undefined);
  return new WritableStream<Uint8Array>({
    write: (bytes) => quietly(writer.write(bytes)),
    close: () => quietly(writer.close()),
    abort: () => quietly(writer.close()),
  });
}
