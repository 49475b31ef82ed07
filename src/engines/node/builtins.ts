import { utf8 } from './host.ts';

/** What scripts/engines/natives.mjs writes: files of sources, and where in them each lies. */
interface Index {
  readonly packs: readonly string[];
  readonly sources: Readonly<Record<string, readonly [pack: number, offset: number, bytes: number]>>;
}

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
  readonly #index: Index;
  readonly #load: (file: string) => Uint8Array;
  readonly #packs = new Map<number, Uint8Array>();

  /** @param load - bytes of a file by its name; some are loaded only when a source in them is asked for. */
  constructor(load: (file: string) => Uint8Array) {
    this.#index = JSON.parse(utf8.decode(load('natives.json'))) as Index;
    this.#load = load;
  }

  has(id: string): boolean {
    return Object.hasOwn(this.#index.sources, id);
  }

  source(id: string): string | undefined {
    const range = this.has(id) ? this.#index.sources[id] : undefined;
    if (range === undefined) return undefined;
    const [pack, offset, bytes] = range;
    return utf8.decode(this.#pack(pack).subarray(offset, offset + bytes));
  }

  #pack(number: number): Uint8Array {
    const known = this.#packs.get(number);
    if (known !== undefined) return known;
    const loaded = this.#load(this.#index.packs[number] ?? '');
    this.#packs.set(number, loaded);
    return loaded;
  }

  /** The module's function; its parameters depend on where in the library it lies. */
  compile(id: string): (...args: unknown[]) => unknown {
    const source = this.source(id);
    if (source === undefined) throw new Error(`No such built-in module: ${id}`);
    const parameters = parametersByPrefix.find(([prefix]) => id.startsWith(prefix))?.[1] ?? '';
    return evaluate(`(function (${parameters}) {${source}\n})\n//# sourceURL=node:${id}`) as () => unknown;
  }
}
