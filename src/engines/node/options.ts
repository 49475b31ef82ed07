/** Node's command line, read as Node reads it: from the descriptions that the pinned binary gives of its options. */

export type OptionValue = string | number | boolean | string[] | { host: string; port: number } | undefined;

interface OptionInfo {
  readonly type: number;
  readonly defaultIsTrue: boolean;
  readonly envVarSettings: number;
}

export interface OptionsData {
  readonly values: Record<string, OptionValue>;
  readonly info: { options: [string, OptionInfo][]; aliases: [string, string[]][] };
  readonly types: Record<string, number>;
}

export interface NodeOptions {
  /** By name, negations included, as `getCLIOptionsValues()` gives them. */
  readonly values: Record<string, OptionValue>;
  /** Options as written, for `process.execArgv`. */
  readonly execArgv: string[];
  /** The script, if any, and its arguments. */
  readonly rest: string[];
  readonly hasEval: boolean;
}

/** A command line that Node refuses, with its own text. Exit code 9. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
}

interface ParserState {
  values: Record<string, OptionValue>;
  hasEval: boolean;
}

class OptionParser {
  readonly #info: Map<string, OptionInfo>;
  readonly #aliases: Map<string, string[]>;
  readonly #types: Record<string, number>;

  constructor(data: OptionsData) {
    this.#info = new Map(data.info.options);
    this.#aliases = new Map(data.info.aliases);
    this.#types = data.types;
  }

  defaults(values: Record<string, OptionValue>): Record<string, OptionValue> {
    const out: Record<string, OptionValue> = { ...values };
    for (const [name, info] of this.#info) {
      if (info.type !== this.#types['kBoolean'] || !name.startsWith('--')) continue;
      out[name] = info.defaultIsTrue;
      out[`--no-${name.slice(2)}`] = !info.defaultIsTrue;
    }
    out['--eval'] = undefined;
    return out;
  }

  /** Reads options off the front of `args`; returns how many arguments they took. */
  read(args: readonly string[], state: ParserState): number {
    const queue = [...args];
    const total = queue.length;
    let synthetic = 0;
    while (queue.length > 0) {
      const argument = queue[0] ?? '';
      if (argument === '--') {
        queue.shift();
        break;
      }
      if (argument.length < 2 || !argument.startsWith('-')) break;
      queue.shift();
      const equals = argument.startsWith('--') ? argument.indexOf('=') : -1;
      const name = (equals < 0 ? argument : argument.slice(0, equals)).replaceAll('_', '-');
      const inline = equals < 0 ? undefined : argument.slice(equals + 1);
      const expansion = this.#expand(name, inline, queue[0]);
      if (expansion !== undefined) {
        const added =
          inline === undefined ? expansion : [...expansion.slice(0, -1), `${expansion.at(-1)}=${inline}`];
        queue.unshift(...added);
        synthetic += added.length - 1;
        continue;
      }
      this.#apply(argument, name, inline, queue, state);
    }
    return total + synthetic - queue.length - synthetic;
  }

  #expand(name: string, inline: string | undefined, next: string | undefined): string[] | undefined {
    const withArgument = this.#aliases.get(`${name} <arg>`);
    if (withArgument !== undefined && inline === undefined && next !== undefined && !next.startsWith('-')) {
      return withArgument;
    }
    return this.#aliases.get(name);
  }

  #apply(
    written: string,
    name: string,
    inline: string | undefined,
    queue: string[],
    state: ParserState,
  ): void {
    const negated = name.startsWith('--no-') && !this.#info.has(name);
    const key = negated ? `--${name.slice(5)}` : name;
    const info = this.#info.get(key);
    if (info === undefined) throw new OptionError(`bad option: ${written}`);
    const types = this.#types;
    if (info.type === types['kBoolean']) {
      if (inline !== undefined) throw new OptionError(`${written} is an invalid negation or takes no value`);
      state.values[key] = !negated;
      state.values[`--no-${key.slice(2)}`] = negated;
      return;
    }
    if (negated)
      throw new OptionError(`${written} is an invalid negation because it is not a boolean option`);
    if (info.type === types['kNoOp'] || info.type === types['kV8Option']) return;
    const value = inline ?? queue.shift();
    if (value === undefined || (inline === undefined && value.startsWith('-') && value.length > 1)) {
      throw new OptionError(`${written} requires an argument`);
    }
    this.#store(key, info, value, state);
  }

  #store(key: string, info: OptionInfo, value: string, state: ParserState): void {
    const types = this.#types;
    if (info.type === types['kStringList']) {
      const list = state.values[key];
      state.values[key] = [...(Array.isArray(list) ? list : []), value];
    } else if (info.type === types['kInteger'] || info.type === types['kUInteger']) {
      state.values[key] = Number.parseInt(value, 10);
    } else if (info.type === types['kHostPort']) {
      state.values[key] = { host: '127.0.0.1', port: Number.parseInt(value, 10) };
    } else {
      state.values[key] = value;
      if (key === '--eval') state.hasEval = true;
    }
  }
}

const rejectionModes = new Set(['warn-with-error-code', 'throw', 'strict', 'warn', 'none']);

/** Splits NODE_OPTIONS at spaces, with double quotes and backslashes as Node understands them. */
export function splitNodeOptions(text: string): string[] {
  const out: string[] = [];
  let current: string | undefined;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i] ?? '';
    if (character === '\\' && quoted && i + 1 < text.length) {
      current = (current ?? '') + (text[++i] ?? '');
    } else if (character === '"') {
      quoted = !quoted;
      current ??= '';
    } else if (character === ' ' && !quoted) {
      if (current !== undefined) out.push(current);
      current = undefined;
    } else {
      current = (current ?? '') + character;
    }
  }
  if (current !== undefined) out.push(current);
  return out;
}

/**
 * Reads `node`'s arguments.
 * @param args What follows the program's name.
 * @param nodeOptions The environment variable NODE_OPTIONS.
 * @throws OptionError with Node's text.
 */
export function parseOptions(data: OptionsData, args: readonly string[], nodeOptions = ''): NodeOptions {
  const parser = new OptionParser(data);
  const state: ParserState = { values: parser.defaults(data.values), hasEval: false };
  parser.read(splitNodeOptions(nodeOptions), state);
  const used = parser.read(args, state);
  const rejections = state.values['--unhandled-rejections'];
  if (rejections !== '' && rejections !== undefined && !rejectionModes.has(String(rejections)))
    throw new OptionError('invalid value for --unhandled-rejections');
  const options = args.slice(0, used);
  const execArgv = options.at(-1) === '--' ? options.slice(0, -1) : options;
  return { values: state.values, execArgv, rest: args.slice(used), hasEval: state.hasEval };
}
