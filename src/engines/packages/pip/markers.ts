import { satisfies, valid } from '@renovatebot/pep440';

/** The environment of the benchmark's containers, which decides what a requirement asks for: CPython 3.12 on Linux. */
const environment: Readonly<Record<string, string>> = {
  os_name: 'posix',
  sys_platform: 'linux',
  platform_machine: 'x86_64',
  platform_python_implementation: 'CPython',
  platform_release: '6.1.0',
  platform_system: 'Linux',
  platform_version: '#1 SMP',
  python_version: '3.12',
  python_full_version: '3.12.8',
  implementation_name: 'cpython',
  implementation_version: '3.12.8',
};

/** Spellings of before PEP 508 that packages still use. */
const oldNames: Readonly<Record<string, string>> = {
  'os.name': 'os_name',
  'sys.platform': 'sys_platform',
  'platform.version': 'platform_version',
  'platform.machine': 'platform_machine',
  'platform.python_implementation': 'platform_python_implementation',
  python_implementation: 'platform_python_implementation',
};

/** Version that `Requires-Python` is compared with. */
export const PYTHON_VERSION = '3.12.8';

const TOKEN =
  /\s*(?:(?<string>'[^']*'|"[^"]*")|(?<operator><=|>=|===|==|!=|~=|<|>|\(|\))|(?<word>[A-Za-z_][\w.]*))/y;
const MAX_DEPTH = 32;

/** A marker that does not follow PEP 508. */
export class MarkerError extends Error {
  override readonly name = 'MarkerError';
}

/**
 * Whether an environment marker holds, with each of the extras in turn (PEP 508: `extra` has one value at a time).
 * @throws MarkerError
 */
export function holds(marker: string, extras: readonly string[] = []): boolean {
  const tokens = tokenize(marker);
  return (extras.length === 0 ? [''] : ['', ...extras]).some((extra) =>
    new Evaluation(tokens, extra).result(),
  );
}

interface Token {
  readonly kind: 'string' | 'operator' | 'word';
  readonly text: string;
}

function tokenize(marker: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN);
  const text = marker.trim();
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const groups = pattern.exec(text)?.groups;
    if (groups === undefined) throw new MarkerError(`not understood from "${text.slice(at, at + 40)}"`);
    const { string, operator, word } = groups;
    if (string !== undefined) tokens.push({ kind: 'string', text: string.slice(1, -1) });
    else if (operator !== undefined) tokens.push({ kind: 'operator', text: operator });
    else tokens.push({ kind: 'word', text: word ?? '' });
  }
  return tokens;
}

/** One evaluation by recursive descent: or, and, parentheses, comparison. */
class Evaluation {
  readonly #tokens: readonly Token[];
  readonly #extra: string;
  #position = 0;

  constructor(tokens: readonly Token[], extra: string) {
    this.#tokens = tokens;
    this.#extra = extra;
  }

  result(): boolean {
    const value = this.#or(0);
    if (this.#position < this.#tokens.length) throw new MarkerError('there is more after the marker');
    return value;
  }

  #or(depth: number): boolean {
    let value = this.#and(depth);
    while (this.#accept('or')) value = this.#and(depth) || value;
    return value;
  }

  #and(depth: number): boolean {
    let value = this.#one(depth);
    while (this.#accept('and')) value = this.#one(depth) && value;
    return value;
  }

  #one(depth: number): boolean {
    if (depth > MAX_DEPTH) throw new MarkerError('it is nested too deeply');
    if (!this.#accept('(')) return this.#comparison();
    const value = this.#or(depth + 1);
    if (!this.#accept(')')) throw new MarkerError('a ")" is missing');
    return value;
  }

  #comparison(): boolean {
    const left = this.#operand();
    const operator = this.#operator();
    const right = this.#operand();
    if (operator === 'in') return right.value.includes(left.value);
    if (operator === 'not in') return !right.value.includes(left.value);
    const versions = left.versions || right.versions;
    if (
      versions &&
      valid(left.value) !== null &&
      satisfies(left.value, `${operator}${right.value}`, { prereleases: true })
    ) {
      return true;
    }
    if (versions && valid(left.value) !== null) return false;
    return compareText(left.value, operator, right.value);
  }

  #operand(): { value: string; versions: boolean } {
    const token = this.#tokens[this.#position++];
    if (token?.kind === 'string') return { value: token.text, versions: false };
    if (token?.kind !== 'word') throw new MarkerError('a name or a string is missing');
    if (token.text === 'extra') return { value: this.#extra, versions: false };
    const name = Object.hasOwn(oldNames, token.text) ? oldNames[token.text] : token.text;
    const value = name !== undefined && Object.hasOwn(environment, name) ? environment[name] : undefined;
    if (value === undefined) throw new MarkerError(`there is no variable ${token.text}`);
    return { value, versions: /_version$/.test(token.text) && token.text !== 'platform_version' };
  }

  #operator(): string {
    const token = this.#tokens[this.#position++];
    if (token?.kind === 'operator' && !'()'.includes(token.text)) return token.text;
    if (token?.text === 'in') return 'in';
    if (token?.text === 'not' && this.#accept('in')) return 'not in';
    throw new MarkerError('a comparison is missing');
  }

  #accept(text: string): boolean {
    const token = this.#tokens[this.#position];
    if (token === undefined || token.kind === 'string' || token.text !== text) return false;
    this.#position += 1;
    return true;
  }
}

function compareText(left: string, operator: string, right: string): boolean {
  const a = left.replaceAll(/[-_.]+/g, '-').toLowerCase();
  const b = right.replaceAll(/[-_.]+/g, '-').toLowerCase();
  if (operator === '==' || operator === '===') return a === b;
  if (operator === '!=') return a !== b;
  throw new MarkerError(`${operator} does not compare texts`);
}
