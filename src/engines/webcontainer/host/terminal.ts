import type { OutputChunk, Process } from '../../engine.ts';

const newline = 10;
const carriageReturn = 13;
const interrupt = '\u0003';
const endOfInput = '\u0004';

/** Output as a terminal shows it: both streams in one, lines ended by CR LF. */
export function toTerminal(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  let added = 0;
  for (const byte of bytes) if (byte === newline) added++;
  const result = new Uint8Array(bytes.length + added);
  let at = 0;
  for (const byte of bytes) {
    if (byte === newline) result[at++] = carriageReturn;
    result[at++] = byte;
  }
  return result;
}

/** Reads a process's output to its end. */
export async function follow(process: Process, write: (chunk: OutputChunk) => void): Promise<void> {
  const reader = process.output.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) write(next.value);
}

/** What is typed: Enter ends a line, Control-C interrupts, Control-D ends the input. Nothing is echoed. */
export class Keyboard {
  readonly #process: Process;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  #ended = false;

  constructor(process: Process) {
    this.#process = process;
    this.#writer = process.input.getWriter();
    this.#writer.closed.catch(() => undefined);
  }

  type(text: string): void {
    for (const line of text.replaceAll('\r', '\n').split(interrupt).entries()) {
      const [at, typed] = line;
      if (at > 0) this.#process.kill('SIGINT');
      this.#write(typed);
    }
  }

  #write(typed: string): void {
    const end = typed.indexOf(endOfInput);
    const text = end === -1 ? typed : typed.slice(0, end);
    if (text !== '' && !this.#ended) quietly(this.#writer.write(new TextEncoder().encode(text)));
    if (end === -1 || this.#ended) return;
    this.#ended = true;
    quietly(this.#writer.close());
  }
}

/** A process may be gone by now. */
function quietly(done: Promise<void>): void {
  done.catch(() => undefined);
}
