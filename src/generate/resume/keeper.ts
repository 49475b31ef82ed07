import { recordFiles } from '../../domain/files.ts';
import { limits } from '../../domain/limits.ts';
import type { FileMap } from '../../engines/engine.ts';
import type { Answer, ModelClient } from '../client/types.ts';
import { rememberAnswers, type AnswerMemory } from '../scaffolds/remember.ts';
import { canBeKept, sizeOf, type GenerationStart, type KeptGeneration } from './kept-generation.ts';

/** Generations that are kept; the oldest go when there are more. */
const mostGenerations = 20;
/** Characters of all answers of a generation; further ones are not kept. */
const mostCharacters = 64 * 2 ** 20;

export interface KeeperParts {
  readonly generations: {
    list(): Promise<KeptGeneration[]>;
    put(row: KeptGeneration): Promise<void>;
    remove(id: string): Promise<void>;
  };
  readonly answers: AnswerMemory & { forget(generation: string): Promise<void> };
  /** Knows what other tabs are asking for; see `WebLocks`. */
  readonly locks: {
    hold(id: string): () => void;
    held(): Promise<ReadonlySet<string>>;
  };
  /** Something could not be written: closing the tab would lose it. */
  onLost(error: unknown): void;
}

/** Keeps the answers of generations under way, so that one whose tab was closed goes on without paying twice. */
export class GenerationKeeper {
  readonly #parts: KeeperParts;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
  }

  /** Those that no tab works at, newest first, and the ids of those that one does. */
  async interrupted(): Promise<{ offers: KeptGeneration[]; underWay: string[] }> {
    const [rows, held] = await Promise.all([this.#parts.generations.list(), this.#parts.locks.held()]);
    rows.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
    const free = rows.filter(({ id }) => !held.has(id));
    for (const { id } of free.slice(mostGenerations)) await this.forget(id);
    return {
      offers: free.slice(0, mostGenerations),
      underWay: rows.flatMap(({ id }) => (held.has(id) ? [id] : [])),
    };
  }

  /** Begins a generation. Nothing is written before its first answer. */
  begin(start: GenerationStart): HeldGeneration {
    const fresh = {
      version: 1,
      id: crypto.randomUUID(),
      createdAt: new Date().toISOString(),
      start,
    } as const;
    return this.#hold({ ...fresh, answers: 0, characters: 0, cost: 0, finished: false });
  }

  /**
   * Goes on with one that was interrupted.
   * @param budget - US dollars for all of it, the kept answers included; undefined for no limit
   * @returns undefined when it is gone, or another tab works at it
   */
  async goOn(id: string, budget?: number): Promise<HeldGeneration | undefined> {
    const { offers } = await this.interrupted();
    const row = offers.find((one) => one.id === id);
    if (row === undefined) return undefined;
    const { budget: _, ...start } = row.start;
    return this.#hold({
      ...row,
      start: { ...start, ...(budget !== undefined && { budget }) },
      finished: false,
    });
  }

  async forget(id: string): Promise<void> {
    await this.#parts.generations.remove(id);
    await this.#parts.answers.forget(id);
  }

  #hold(row: KeptGeneration): HeldGeneration {
    return new HeldGeneration(row, this.#parts, this.#parts.locks.hold(row.id), () => this.forget(row.id));
  }
}

/** A generation that this tab works at. */
export class HeldGeneration {
  readonly #parts: KeeperParts;
  readonly #release: () => void;
  readonly #forget: () => Promise<void>;
  /** As it is kept; it has no place on the disk before its first answer. */
  #row: KeptGeneration;
  #writing: Promise<void> = Promise.resolve();

  constructor(row: KeptGeneration, parts: KeeperParts, release: () => void, forget: () => Promise<void>) {
    this.#row = row;
    this.#parts = parts;
    this.#release = release;
    this.#forget = forget;
  }

  get start(): GenerationStart {
    return this.#row.start;
  }

  /** The client, but that what was answered before is not asked again, and what is answered now is kept at once. */
  client(client: ModelClient): ModelClient {
    if (!canBeKept(this.start)) {
      this.#parts.onLost(new RangeError('The example is too large to be kept.'));
      return client;
    }
    const { answers } = this.#parts;
    const memory: AnswerMemory = {
      find: (key) => answers.find(key),
      keep: (key, answer) => this.#keep(key, answer),
    };
    return rememberAnswers(client, memory, `${this.#row.id}/generation`);
  }

  /** What the answers gave so far. */
  files(files: FileMap): void {
    const recorded = recordFiles(files);
    const { files: _, ...row } = this.#row;
    this.#row = sizeOf(recorded) > limits.submissionBytes ? row : { ...row, files: recorded };
    void this.#write();
  }

  /** All is there, but not run: it stays with this tab, and is kept until it is run. */
  async finished(): Promise<void> {
    this.#row = { ...this.#row, finished: true };
    await this.#write();
  }

  /** It ended before its time: from here on it is offered. */
  async leave(): Promise<void> {
    await this.#writing;
    this.#release();
  }

  /** Its run is kept: what it was made of is not needed any more. */
  async done(): Promise<void> {
    await this.#writing;
    await this.#forget().catch((error: unknown) => this.#parts.onLost(error));
    this.#release();
  }

  async #keep(key: string, answer: Answer): Promise<void> {
    const { answers, characters, cost } = this.#row;
    const size = sizeOfAnswer(answer);
    if (characters + size > mostCharacters) {
      this.#parts.onLost(new RangeError('There are more answers than are kept.'));
      return;
    }
    const { cost: _, ...row } = this.#row;
    this.#row = {
      ...row,
      answers: answers + 1,
      characters: characters + size,
      ...(cost !== undefined && answer.cost !== undefined && { cost: cost + answer.cost }),
    };
    // Neither waits for the other: what is lost of a tab that is closed at this moment is as little as can be.
    await Promise.all([this.#settle(this.#parts.answers.keep(key, answer)), this.#write()]);
  }

  /** One after the other, and always the newest. */
  #write(): Promise<void> {
    this.#writing = this.#writing.then(() =>
      this.#row.answers === 0 ? undefined : this.#settle(this.#parts.generations.put(this.#row)),
    );
    return this.#writing;
  }

  /** An answer that cannot be written is still an answer: the generation goes on. */
  #settle(writing: Promise<void>): Promise<void> {
    return writing.catch((error: unknown) => this.#parts.onLost(error));
  }
}

const sizeOfAnswer = ({ text, reasoning, toolCalls, broken }: Answer): number =>
  [text, reasoning, ...toolCalls.map((call) => call.arguments), ...broken].reduce(
    (sum, { length }) => sum + length,
    0,
  );
