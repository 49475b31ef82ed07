import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Substitution, Unsupported } from '../../engine.ts';
import { SharedFs } from '../../fs/shared-fs.ts';
import { layout } from '../../kernel/layout.ts';
import type { Program, ProgramContext } from '../../shell/program.ts';
import { entryOf, npmIndex, pypiIndex } from '../store-index.ts';
import { PackageError, type Ecosystem, type PackageSource } from '../types.ts';
import * as v from 'valibot';

/** The store that the build has put into public/store, read from the disk; there is no registry behind it. */
export class BuiltStore implements PackageSource {
  readonly asked: string[] = [];

  index(ecosystem: Ecosystem): Promise<string> {
    return Promise.resolve(readFileSync(storeFile(`${ecosystem}/index.json`), 'utf8'));
  }

  async archive(ecosystem: Ecosystem, name: string, version: string): Promise<Uint8Array> {
    const document: unknown = JSON.parse(await this.index(ecosystem));
    const file =
      ecosystem === 'npm'
        ? entryOf(v.parse(npmIndex, document).packages, name)?.stored[version]?.file
        : entryOf(v.parse(pypiIndex, document).packages, name)?.stored[version]?.file;
    if (file === undefined) throw new PackageError('not-stored', `${name} ${version}`);
    return readFileSync(storeFile(`${ecosystem}/${file}`));
  }

  registryMetadata(_ecosystem: Ecosystem, name: string): Promise<string> {
    this.asked.push(name);
    return Promise.reject(new PackageError('offline', 'there is no connection'));
  }

  registryArchive(): Promise<Uint8Array> {
    return Promise.reject(new PackageError('offline', 'there is no connection'));
  }
}

const storeFile = (path: string) =>
  fileURLToPath(new URL(`../../../../public/store/${path}`, import.meta.url));

/** A disk with a submission on it, and what a program did there. */
export class TestSandbox {
  readonly fs = SharedFs.create({ bytes: 128 * 2 ** 20, fileBytes: 64 * 2 ** 20, inodes: 50_000 });
  readonly unsupported: Unsupported[] = [];
  readonly substitutions: Substitution[] = [];
  readonly spawned: string[][] = [];
  stdout = '';
  stderr = '';
  /** Exit codes of spawned commands by their last argument; 0 for others. */
  codes: Record<string, number> = {};

  constructor(
    files: Record<string, string | object>,
    readonly packages: PackageSource,
  ) {
    for (const folder of [layout.workdir, layout.sitePackages, layout.bin, layout.tmp])
      this.fs.mkdirp(folder);
    for (const [path, data] of Object.entries(files)) {
      if (path.includes('/')) this.fs.mkdirp(`${layout.workdir}/${path.slice(0, path.lastIndexOf('/'))}`);
      this.fs.writeFile(`${layout.workdir}/${path}`, typeof data === 'string' ? data : JSON.stringify(data));
    }
  }

  /** Runs a program to its exit code; output adds up in `stdout` and `stderr`. */
  run(program: Program, ...args: string[]): Promise<number> {
    const context: ProgramContext = {
      pid: 1,
      args,
      env: { PATH: layout.path },
      cwd: layout.workdir,
      fs: this.fs,
      stdin: undefined,
      signal: new AbortController().signal,
      write: (stream, data) => {
        this[stream] += typeof data === 'string' ? data : new TextDecoder().decode(data);
      },
      spawn: (command, commandArgs) => {
        this.spawned.push([command, ...commandArgs]);
        return Promise.resolve({
          pid: 2,
          exit: Promise.resolve(this.codes[commandArgs.at(-1) ?? ''] ?? 0),
          kill: () => undefined,
        });
      },
      connect: () => Promise.reject(new Error('nothing listens')),
      kill: () => false,
      packages: this.packages,
      progress: () => undefined,
      unsupported: (what) => this.unsupported.push(what),
      substitution: (what) => this.substitutions.push(what),
    };
    return program(context);
  }
}
