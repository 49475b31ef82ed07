import { chmod, lstat, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { EngineError, type FileMap, type FileStat, type SandboxFs } from '../engine.ts';

function asEngineError(error: unknown, path: string): EngineError {
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'EIO';
  return new EngineError(code, `${code}: ${path}`, { cause: error });
}

function typeOf(entry: { isDirectory(): boolean; isSymbolicLink(): boolean }): FileStat['type'] {
  if (entry.isDirectory()) return 'directory';
  return entry.isSymbolicLink() ? 'symlink' : 'file';
}

/** The part of the machine's disk that belongs to one sandbox. */
export class NativeFs implements SandboxFs {
  readonly #root: string;
  readonly #workdir: string;

  /** Both absolute; nothing outside `root` is touched. */
  constructor(root: string, workdir: string) {
    this.#root = root;
    this.#workdir = workdir;
  }

  /** Absolute path on the machine. @throws EngineError EACCES when it lies outside the sandbox. */
  resolve(path: string): string {
    const absolute = resolve(this.#workdir, path);
    if (absolute !== this.#root && !absolute.startsWith(this.#root + sep)) {
      throw new EngineError('EACCES', `${path} is outside the sandbox`);
    }
    return absolute;
  }

  async mount(files: FileMap): Promise<void> {
    for (const [path, data] of Object.entries(files)) {
      const target = this.resolve(path);
      await this.#call(path, () => mkdir(dirname(target), { recursive: true }));
      await this.#call(path, () => writeFile(target, data));
    }
  }

  async readFile(path: string): Promise<Uint8Array> {
    return new Uint8Array(await this.#call(path, (target) => readFile(target)));
  }

  async writeFile(path: string, data: string | Uint8Array): Promise<void> {
    await this.#call(path, (target) => writeFile(target, data));
  }

  async mkdir(path: string, options: { recursive?: boolean } = {}): Promise<void> {
    await this.#call(path, (target) => mkdir(target, options));
  }

  async readdir(path: string): Promise<{ name: string; type: FileStat['type'] }[]> {
    const entries = await this.#call(path, (target) => readdir(target, { withFileTypes: true }));
    return entries
      .map((entry) => ({ name: entry.name, type: typeOf(entry) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async rm(path: string, options: { recursive?: boolean; force?: boolean } = {}): Promise<void> {
    await this.#call(path, (target) => rm(target, options));
  }

  async rename(from: string, to: string): Promise<void> {
    const target = this.resolve(to);
    await this.#call(from, (source) => rename(source, target));
  }

  async stat(path: string): Promise<FileStat> {
    return this.#call(path, async (target) => {
      // A link that leads nowhere is still there.
      const info = await stat(target).catch(() => lstat(target));
      return { type: typeOf(info), size: info.size, mode: info.mode, mtime: info.mtimeMs };
    });
  }

  async chmod(path: string, mode: number): Promise<void> {
    await this.#call(path, (target) => chmod(target, mode));
  }

  async #call<T>(path: string, act: (target: string) => Promise<T>): Promise<T> {
    const target = this.resolve(path);
    try {
      return await act(target);
    } catch (error) {
      throw asEngineError(error, path);
    }
  }
}
