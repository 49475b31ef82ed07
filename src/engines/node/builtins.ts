import { utf8 } from './host.ts';

/** Byte range of a source in `natives.txt`. */
type Range = [offset: number, length: number];

const parametersByPrefix: readonly [prefix: string, parameters: string][] = [
  ['internal/bootstrap/realm', 'process, getLinkedBinding, getInternalBinding, primordials'],
  ['internal/per_context/', 'exports, primordials, privateSymbols, perIsolateSymbols'],
  ['internal/main/', 'process, require, internalBinding, primordials'],
  ['internal/bootstrap/', 'process, require, internalBinding, primordials'],
  ['', 'exports, require, module, process, internalBinding, primordials'],
];

const evaluate = globalThis.eval;

/** Node's own library: its sources, compiled one by one as they are asked for. */
export class Builtins {
  readonly #index: Record<string, Range>;
  readonly #text: Uint8Array;

  constructor(index: Uint8Array, text: Uint8Array) {
    this.#index = JSON.parse(utf8.decode(index)) as Record<string, Range>;
    this.#text = text;
  }

  source(id: string): string | undefined {
    const range = Object.hasOwn(this.#index, id) ? this.#index[id] : undefined;
    return range === undefined ? undefined : utf8.decode(this.#text.subarray(range[0], range[0] + range[1]));
  }

  /** The module's function; its parameters depend on where in the library it lies. */
  compile(id: string): (...args: unknown[]) => unknown {
    const source = this.source(id);
    if (source === undefined) throw new Error(`No such built-in module: ${id}`);
    const parameters = parametersByPrefix.find(([prefix]) => id.startsWith(prefix))?.[1] ?? '';
    return evaluate(`(function (${parameters}) {${source}\n})\n//# sourceURL=node:${id}`) as () => unknown;
  }
}
