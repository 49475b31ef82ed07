import type { FileMap } from '../../engines/engine.ts';
import type { GenerationEvent } from '../../generate/scaffolds/index.ts';

/** How often what streams is shown anew, milliseconds. */
export const repaintMs = 150;
/** Of a text that streams, the end that is shown. */
const tailLength = 2_000;

/** What may come of a stream: text, thinking, pieces of files. */
export type Piece = Extract<GenerationEvent, { type: 'text' | 'reasoning' | 'file' }>;

/**
 * The answer under way, as it is looked at. What comes is taken at once and shown at the pace of `repaint`: a fast
 * model sends more pieces than a page can draw.
 */
export class AnswerStream {
  #tail = $state.raw('');
  #characters = $state(0);
  #paths = $state.raw<readonly string[]>([]);
  /** What streams into the editor: one object, so that the editor keeps its tabs. */
  #files: Record<string, string> = {};
  #raw = '';
  #dirty = false;
  #opened: string | undefined;

  /** The end of what streams. */
  get tail(): string {
    return this.#tail;
  }
  /** Characters of the answer under way, thinking included. */
  get characters(): number {
    return this.#characters;
  }
  /** Files of the answers so far. */
  get paths(): readonly string[] {
    return this.#paths;
  }

  take(piece: Piece): void {
    this.#dirty = true;
    if (piece.type === 'file') {
      const { event: file } = piece;
      if (file.type === 'open') this.#files[file.path] = '';
      if (file.type === 'append') this.#files[file.path] = (this.#files[file.path] ?? '') + file.text;
      return;
    }
    this.#raw = (this.#raw + piece.text).slice(-tailLength * 2);
    this.#characters += piece.text.length;
  }

  /** What streamed of this answer is void. */
  void(): void {
    this.#raw = '';
    this.#characters = 0;
    this.#files = {};
    this.#opened = undefined;
    this.#dirty = true;
  }

  /** The files are there as a whole. */
  settle(files: FileMap): void {
    this.#paths = Object.keys(files);
  }

  /**
   * Shows what came since the last time.
   * @param show - gets the files so far and, when it is not the one of before, the file that is written to; undefined
   * while something else is in the editor
   */
  repaint(show: ((files: FileMap, newest: string | undefined) => void) | undefined): void {
    if (!this.#dirty) return;
    this.#dirty = false;
    this.#tail = this.#raw.slice(-tailLength);
    const paths = Object.keys(this.#files);
    const newest = paths.at(-1);
    if (newest === undefined || show === undefined) return;
    this.#paths = paths;
    show(this.#files, newest === this.#opened ? undefined : newest);
    this.#opened = newest;
  }
}
