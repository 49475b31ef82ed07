/** Standard input that comes while a program runs: kept until somebody wants it. */
export class Input {
  readonly #parts: Uint8Array[] = [];
  #ended = false;
  #reader: ((bytes: Uint8Array | null) => void) | undefined;

  /** @param bytes - null at its end. */
  push(bytes: Uint8Array | null): void {
    if (this.#ended) return;
    if (bytes === null) this.#ended = true;
    if (this.#reader !== undefined) this.#reader(bytes);
    else if (bytes !== null) this.#parts.push(bytes);
  }

  /** Hands over what came and what comes; null at its end. The last one that asks gets the rest. */
  forward(reader: (bytes: Uint8Array | null) => void): void {
    this.#reader = reader;
    for (const part of this.#parts.splice(0)) reader(part);
    if (this.#ended) reader(null);
  }

  /** All of it, once it has ended. */
  async all(): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    await new Promise<void>((resolve) =>
      this.forward((bytes) => (bytes === null ? resolve() : parts.push(bytes))),
    );
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.byteLength;
    }
    return whole;
  }
}

/** How many operands a tool takes before its files; with none of those it reads standard input. */
const operandsBeforeFiles: Readonly<Record<string, number>> = {
  awk: 1,
  base64: 0,
  cat: 0,
  cut: 0,
  egrep: 1,
  expand: 0,
  fgrep: 1,
  fold: 0,
  grep: 1,
  gunzip: 0,
  gzip: 0,
  head: 0,
  jq: 1,
  md5sum: 0,
  nl: 0,
  od: 0,
  paste: 0,
  rev: 0,
  rg: 1,
  sed: 1,
  sha1sum: 0,
  sha224sum: 0,
  sha256sum: 0,
  sha384sum: 0,
  sha512sum: 0,
  sort: 0,
  strings: 0,
  tac: 0,
  tail: 0,
  tee: Infinity,
  tr: 2,
  unexpand: 0,
  uniq: 0,
  wc: 0,
  xargs: Infinity,
  yq: 1,
  zcat: 0,
};

/** Options that stand apart from their value, by tool. */
const optionsWithValue: Readonly<Record<string, string>> = {
  awk: '-F -v',
  cut: '-d -f -c -b',
  fold: '-w',
  grep: '-A -B -C -m',
  head: '-n -c',
  jq: '--indent',
  nl: '-b -s -w',
  paste: '-d',
  sort: '-k -t',
  tail: '-n -c',
};

/** Whether one of the shell's tools, called so, reads its standard input; others must not be made to wait for it. */
export function readsInput(tool: string, args: readonly string[]): boolean {
  const before = Object.hasOwn(operandsBeforeFiles, tool) ? operandsBeforeFiles[tool] : undefined;
  if (before === undefined || args.includes('--help') || args.includes('--version')) return false;
  const withValue = new Set(optionsWithValue[tool]?.split(' '));
  const scriptInOption = args.some((word) => word === '-e' || word === '-f') && before === 1;
  if (scriptInOption) for (const option of ['-e', '-f']) withValue.add(option);
  const operands = args.filter(
    (word, index) => (word === '-' || !word.startsWith('-')) && !withValue.has(args[index - 1] ?? ''),
  );
  return operands.includes('-') || operands.length <= (scriptInOption ? 0 : before);
}
