/** One call into a WebAssembly core: what to write before it, and what to read after it. */
export interface WasmCall {
  readonly module: WebAssembly.Module;
  /** Bytes of memory that the core needs from where its buffer begins; 0 when it has enough. */
  readonly memory: number;
  /** Whether the core counts on zeros in that memory. */
  readonly zeroed?: boolean;
  /** Bytes to write, with their offsets in the buffer. */
  readonly writes: readonly (readonly [offset: number, bytes: Uint8Array])[];
  readonly run: readonly [name: string, ...values: number[]];
  readonly read: readonly [offset: number, length: number];
}

/** Runs calls one after the other and returns what each one's `read` names. */
export type WasmRunner = (calls: readonly WasmCall[]) => Uint8Array<ArrayBuffer>[];

/**
 * Makes a runner that keeps its instances. It also runs in helper workers, which get it as text: it uses nothing from
 * outside of itself.
 */
export function createRunner(): WasmRunner {
  const keptMemory = 80 * 1024 * 1024;
  interface Core {
    readonly exports: WebAssembly.Exports;
    readonly memory: WebAssembly.Memory;
    readonly start: number;
    /** The memory as the module sets it up: cores change their own tables while they run. */
    readonly fresh: Uint8Array;
  }
  const cores = new Map<WebAssembly.Module, Core>();
  const invoke = (exports: WebAssembly.Exports, name: string, ...values: number[]): unknown =>
    (exports[name] as (...args: number[]) => unknown)(...values);
  const make = (module: WebAssembly.Module): Core => {
    const { exports } = new WebAssembly.Instance(module);
    const start = 'Hash_GetBuffer' in exports ? (invoke(exports, 'Hash_GetBuffer') as number) : 0;
    const memory = exports['memory'] as WebAssembly.Memory;
    return { exports, memory, start, fresh: new Uint8Array(memory.buffer).slice() };
  };
  const one = ({ module, memory, zeroed, writes, run, read }: WasmCall): Uint8Array<ArrayBuffer> => {
    const core = cores.get(module) ?? make(module);
    cores.delete(module);
    const { exports } = core;
    if (
      core.memory.buffer.byteLength - core.start < memory &&
      invoke(exports, 'Hash_SetMemorySize', memory) === -1
    )
      throw new RangeError('WebAssembly.Memory(): could not allocate memory');
    const whole = new Uint8Array(core.memory.buffer);
    whole.set(core.fresh);
    if (zeroed === true) whole.fill(0, core.fresh.length, core.start + memory);
    for (const [offset, bytes] of writes) new Uint8Array(core.memory.buffer, core.start + offset).set(bytes);
    invoke(exports, ...run);
    const [offset, length] = read;
    const result = new Uint8Array(core.memory.buffer, core.start + offset, length).slice();
    if (core.memory.buffer.byteLength <= keptMemory) cores.set(module, core);
    return result;
  };
  return (calls) => calls.map(one);
}
