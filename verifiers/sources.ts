/** A text file of a submission. */
export class Source {
  #lineStarts: number[] | undefined;

  /** @param path relative, `/`-separated */
  constructor(
    readonly path: string,
    readonly text: string,
  ) {}

  /** Line and column of an offset into the text, both from 1. */
  locate(offset: number): { line: number; column: number } {
    const starts = (this.#lineStarts ??= findLineStarts(this.text));
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }
}

/** Lock files name every optional driver of a package, so they are evidence of nothing. */
const lockFiles = new Set(['package-lock.json', 'yarn.lock', 'pnpm-lock.yaml']);

/** The text files of a submission by path; content that is not UTF-8 is left out. */
export function readSources(files: Record<string, string | Uint8Array>): Source[] {
  const sources: Source[] = [];
  for (const path of Object.keys(files).sort()) {
    const content = files[path];
    const text = content instanceof Uint8Array ? decode(content) : content;
    if (text !== undefined) sources.push(new Source(path, text));
  }
  return sources;
}

export function isLockFile(path: string): boolean {
  return lockFiles.has(path.slice(path.lastIndexOf('/') + 1));
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
