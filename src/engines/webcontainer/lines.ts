/**
 * Frames as lines of text, for a channel that is a terminal: a process of a WebContainer has one stream of text each
 * way, which may echo what is typed, translate line ends and add colours. A line is `~`, the direction, a number that
 * counts up (base 36), `:`, the frame in base64, `~`. Whatever is not such a line is noise; a number that is missing
 * breaks the channel.
 */

/** `p`: from the page to the relay; `r`: from the relay to the page. */
export type Direction = 'p' | 'r';

export interface Base64 {
  encode(bytes: Uint8Array): string;
  /** @throws for what is no base64. */
  decode(text: string): Uint8Array;
}

/** Longest line that is put together, in characters. */
const longestLine = 64 * 2 ** 20;
const numberLength = 11;

/** Writes frames. */
export class LineWriter {
  readonly #direction: Direction;
  readonly #base64: Base64;
  #next = 0;

  constructor(direction: Direction, base64: Base64) {
    this.#direction = direction;
    this.#base64 = base64;
  }

  /** The line that carries a frame, with its end. */
  line(frame: Uint8Array): string {
    return `~${this.#direction}${(this.#next++).toString(36)}:${this.#base64.encode(frame)}~\n`;
  }
}

export interface LineEvents {
  onFrame(frame: Uint8Array): void;
  /** A line that is no frame: what somebody printed, an echo. */
  onNoise(line: string): void;
  /** A frame is missing or unreadable; nothing more is delivered. */
  onBroken(reason: string): void;
}

/** Reads frames out of text that comes in pieces. */
export class LineReader {
  readonly #direction: Direction;
  readonly #base64: Base64;
  readonly #events: LineEvents;
  #parts: string[] = [];
  #length = 0;
  #next = 0;
  #broken = false;

  constructor(direction: Direction, base64: Base64, events: LineEvents) {
    this.#direction = direction;
    this.#base64 = base64;
    this.#events = events;
  }

  push(text: string): void {
    const lines = text.split(/[\r\n]/);
    const rest = lines.pop() ?? '';
    for (const line of lines) {
      const whole = this.#parts.length === 0 ? line : this.#parts.join('') + line;
      this.#parts = [];
      this.#length = 0;
      if (whole !== '') this.#take(whole);
    }
    if (rest === '') return;
    this.#parts.push(rest);
    this.#length += rest.length;
    if (this.#length > longestLine) this.#break('a line has no end');
  }

  /** `~` is no letter of base64, so that it tells frames from each other and from what stands beside them. */
  #take(line: string): void {
    const pieces = line.split('~');
    let noise = pieces.length < 3;
    for (let at = 1; at < pieces.length - 1 && !this.#broken; at++) {
      const piece = pieces[at] ?? '';
      if (piece === '') continue;
      if (!piece.startsWith(this.#direction)) noise = true;
      else this.#frame(piece);
    }
    if (noise) this.#events.onNoise(line);
  }

  #frame(piece: string): void {
    const colon = piece.indexOf(':');
    if (colon < 2 || colon > numberLength) return this.#events.onNoise(piece);
    const number = Number.parseInt(piece.slice(1, colon), 36);
    if (number !== this.#next) return this.#break(`frame ${this.#next} is missing`);
    let frame: Uint8Array;
    try {
      frame = this.#base64.decode(piece.slice(colon + 1));
    } catch {
      return this.#break(`frame ${number} is garbled`);
    }
    this.#next += 1;
    this.#events.onFrame(frame);
  }

  #break(reason: string): void {
    if (this.#broken) return;
    this.#broken = true;
    this.#parts = [];
    this.#length = 0;
    this.#events.onBroken(reason);
  }
}
