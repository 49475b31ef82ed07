import type { LogLine, StageName, StageRecord } from '../domain/run.ts';
import type { Process } from '../engines/engine.ts';
import type { RunEvent } from './types.ts';

/** Characters of a line that is shown before its end has come. */
const longestLine = 4_096;
/** Lines of the evaluation's own and of the engine's that are kept. */
const mostNotes = 1_000;
/** What a line costs beyond its text, so that a flood of empty lines is a flood too. */
const lineCost = 16;

/** Takes a line of output that comes after the end of what is recorded. */
export type TakeLine = (stream: LogLine['stream'], text: string) => void;

/** Keeps the stages and the log of one run, with times in milliseconds since it began, and tells the caller. */
export class Recorder {
  readonly stages: StageRecord[] = [];
  readonly log: LogLine[] = [];
  logTruncated = false;
  readonly #began = performance.now();
  readonly #emit: (event: RunEvent) => void;
  readonly #outputBytes: number;
  #notes = 0;
  #takeOver: TakeLine | undefined;
  #current: { name: StageName; startedAt: number } = { name: 'boot', startedAt: 0 };

  /** @param outputBytes how much output of one process is kept */
  constructor(emit: (event: RunEvent) => void, outputBytes: number) {
    this.#emit = emit;
    this.#outputBytes = outputBytes;
  }

  /** Milliseconds since the run began. */
  now(): number {
    return Math.round((performance.now() - this.#began) * 10) / 10;
  }

  get stage(): StageName {
    return this.#current.name;
  }

  begin(name: StageName): void {
    this.#current = { name, startedAt: this.now() };
    this.#emit({ type: 'stage-start', stage: name, at: this.#current.startedAt });
  }

  /** Ends the stage that was begun last. */
  end(status: 'passed' | 'failed', why: { message?: string; exitCode?: number } = {}): void {
    const { name, startedAt } = this.#current;
    this.#put({ name, status, startedAt, ms: Math.round((this.now() - startedAt) * 10) / 10, ...why });
  }

  skip(name: StageName, message: string): void {
    this.#put({ name, status: 'skipped', startedAt: this.now(), ms: 0, message });
  }

  event(event: RunEvent): void {
    this.#emit(event);
  }

  /** A line of the evaluation's own, or of the engine's. */
  note(text: string): void {
    if (this.#takeOver === undefined) this.#notes += 1;
    if (this.#notes <= mostNotes) this.#line('system', text.slice(0, longestLine));
    else this.logTruncated = true;
  }

  /** From now on nothing more is recorded: lines go to the taker, however many come. */
  handOver(take: TakeLine): void {
    this.#takeOver = take;
  }

  /**
   * Reads a process's output to its end into the log. What goes beyond the limit is read and dropped.
   * Never rejects.
   */
  async follow(process: Process, name: string): Promise<void> {
    const lines = { stdout: new Lines(), stderr: new Lines() };
    let room = this.#outputBytes;
    const put = (stream: 'stdout' | 'stderr', texts: string[]) => {
      if (this.#takeOver !== undefined) return texts.forEach((text) => this.#line(stream, text));
      for (const text of texts) {
        const cost = text.length + lineCost;
        if (cost > room) {
          if (room > 0) this.#drop(name);
          room = 0;
          return;
        }
        room -= cost;
        this.#line(stream, text);
      }
    };
    try {
      const reader = process.output.getReader();
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        const { stream, bytes } = read.value;
        if (room > 0 || this.#takeOver !== undefined) put(stream, lines[stream].add(bytes));
      }
    } catch (error) {
      this.note(
        `the output of ${name} ended early: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
    if (room > 0 || this.#takeOver !== undefined)
      for (const stream of ['stdout', 'stderr'] as const) put(stream, lines[stream].end());
  }

  /** The reason with the line of the stage's output that says most about it, when there is one. */
  explain(reason: string): string {
    const errors = this.log.filter(
      ({ stage, stream }) => stage === this.#current.name && stream === 'stderr',
    );
    const texts = errors.map(({ text }) => text.trim()).filter((text) => text !== '');
    const line = texts.find((text) => telling.test(text)) ?? texts.at(-1);
    return line === undefined ? reason : `${reason}. Its output says: ${line.slice(0, longestReason)}`;
  }

  #drop(name: string): void {
    this.logTruncated = true;
    this.note(
      `${name} wrote more than ${this.#outputBytes / 2 ** 20} MiB; the rest of its output is dropped`,
    );
  }

  #line(stream: LogLine['stream'], text: string): void {
    if (this.#takeOver !== undefined) return this.#takeOver(stream, text);
    const line: LogLine = { at: this.now(), stage: this.#current.name, stream, text };
    this.log.push(line);
    this.#emit({ type: 'log', line });
  }

  #put(record: StageRecord): void {
    this.stages.push(record);
    this.#emit({ type: 'stage-end', record });
  }
}

const longestReason = 300;

/** Lines in which npm, pip, Node and Python say what went wrong, and not where. */
const telling =
  /^(npm error (?!code |A complete)|ERROR: |error: |(\w+\.)*[A-Z]\w*(Error|Exception)\b|bash: )/;

/** Cuts a stream of bytes into lines of text. */
class Lines {
  readonly #decoder = new TextDecoder();
  #rest = '';

  add(bytes: Uint8Array): string[] {
    const lines = (this.#rest + this.#decoder.decode(bytes, { stream: true })).split('\n');
    this.#rest = lines.pop() ?? '';
    const whole = lines.map((line) => line.replace(/\r$/, '')).flatMap(cut);
    while (this.#rest.length > longestLine) {
      whole.push(this.#rest.slice(0, longestLine));
      this.#rest = this.#rest.slice(longestLine);
    }
    return whole;
  }

  end(): string[] {
    const rest = this.#rest + this.#decoder.decode();
    this.#rest = '';
    return rest === '' ? [] : cut(rest);
  }
}

function cut(line: string): string[] {
  if (line.length <= longestLine) return [line];
  const parts: string[] = [];
  for (let at = 0; at < line.length; at += longestLine) parts.push(line.slice(at, at + longestLine));
  return parts;
}
