/**
 * The part of `@webcontainer/api` that the engine uses. The package's own `WebContainer` fits; tests give one of
 * theirs.
 */

export interface ClientProcess {
  readonly output: ReadableStream<string>;
  readonly input: WritableStream<string>;
  readonly exit: Promise<number>;
  kill(): void;
}

export type ClientTree = Record<
  string,
  { directory: ClientTree } | { file: { contents: string | Uint8Array } }
>;

export interface ClientFs {
  readFile(path: string): Promise<Uint8Array>;
  writeFile(path: string, data: string | Uint8Array): Promise<void>;
  readdir(
    path: string,
    options: { withFileTypes: true },
  ): Promise<{ name: string; isFile(): boolean; isDirectory(): boolean }[]>;
  rm(path: string, options?: { force?: boolean; recursive?: boolean }): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  mkdir(path: string, options?: { recursive: boolean }): Promise<unknown>;
}

export interface Client {
  /** Absolute. */
  readonly workdir: string;
  readonly fs: ClientFs;
  mount(tree: ClientTree): Promise<void>;
  spawn(
    command: string,
    args: string[],
    options?: { cwd?: string; env?: Record<string, string> },
  ): Promise<ClientProcess>;
  on(event: 'port', listener: (port: number, type: 'open' | 'close', url: string) => void): () => void;
  on(event: 'error', listener: (error: { message: string }) => void): () => void;
  teardown(): void;
}
