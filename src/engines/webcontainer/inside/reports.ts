import { closeSync, openSync, readSync, writeFileSync } from 'node:fs';
import type { RelayMessage } from '../messages.ts';

/** What a process of the sandbox tells the run through the relay: a line of JSON in a file that all append to. */
export type Report = Extract<RelayMessage, { type: 'substitution' | 'unsupported' }>;

const pollMs = 200;
const mostBytes = 256 * 1024;

/** Reads the reports of all processes as they come. */
export class ReportReader {
  readonly #path: string;
  readonly #onReport: (report: Report) => void;
  #position = 0;
  #rest = '';

  constructor(path: string, onReport: (report: Report) => void) {
    this.#path = path;
    this.#onReport = onReport;
    writeFileSync(path, '');
    setInterval(() => this.read(), pollMs).unref();
  }

  /** Takes in what has been written. Hostile code may write there too: what is no report is passed over. */
  read(): void {
    let added: string;
    try {
      added = this.#added();
    } catch {
      return;
    }
    const lines = (this.#rest + added).split('\n');
    this.#rest = (lines.pop() ?? '').slice(0, mostBytes);
    for (const line of lines) {
      const report = parse(line);
      if (report !== undefined) this.#onReport(report);
    }
  }

  #added(): string {
    if (this.#position >= mostBytes) return '';
    const handle = openSync(this.#path, 'r');
    try {
      const buffer = Buffer.alloc(mostBytes - this.#position);
      const length = readSync(handle, buffer, 0, buffer.length, this.#position);
      this.#position += length;
      return buffer.toString('utf8', 0, length);
    } finally {
      closeSync(handle);
    }
  }
}

function parse(line: string): Report | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const known =
    typeof value === 'object' && value !== null && 'type' in value && 'detail' in value
      ? value.type === 'substitution' || value.type === 'unsupported'
      : false;
  // The page checks the rest.
  return known ? (value as Report) : undefined;
}
