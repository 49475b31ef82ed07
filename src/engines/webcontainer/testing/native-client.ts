import { spawn } from 'node:child_process';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { processesOf } from '../../native/listeners.ts';
import type { Client, ClientProcess, ClientTree } from '../client/types.ts';

/**
 * A client as `@webcontainer/api` has one, over real processes and a folder of this machine. Its terminal is a rude
 * one: it echoes, ends lines with CR LF, and colours.
 */
export async function nativeClient(): Promise<Client> {
  const root = await fs.mkdtemp(join(tmpdir(), 'decay-webcontainer-'));
  const workdir = join(root, 'app');
  const temporary = join(root, 'tmp');
  await Promise.all([fs.mkdir(workdir), fs.mkdir(temporary)]);
  const children = new Set<number>();
  const at = (path: string) => join(workdir, path);
  /** Ends what the children started in groups of their own, and removes the folder. */
  const tidy = async (): Promise<void> => {
    const left = await processesOf({ marker: `TMPDIR=${temporary}`, sessions: children });
    for (const pid of left) end(pid);
    await fs.rm(root, { recursive: true, force: true, maxRetries: 5 });
  };

  return {
    workdir,
    fs: {
      readFile: async (path) => new Uint8Array(await bare(fs.readFile(at(path)))),
      writeFile: (path, data) => bare(fs.writeFile(at(path), data)),
      readdir: (path, options) => bare(fs.readdir(at(path), options)),
      rm: (path, options) => bare(fs.rm(at(path), options)),
      rename: (from, to) => bare(fs.rename(at(from), at(to))),
      mkdir: (path, options) => bare(fs.mkdir(at(path), options)),
    },
    mount: (tree) => place(workdir, tree),
    async spawn(command, args, options = {}) {
      const child = spawn(command, args, {
        cwd: workdir,
        env: { ...process.env, TMPDIR: temporary, ...options.env },
        stdio: 'pipe',
        detached: true,
      });
      const { pid } = child;
      if (pid !== undefined) children.add(pid);
      const exit = new Promise<number>((done) => child.once('exit', (code) => done(code ?? 137)));
      child.stdin.on('error', () => undefined);
      let print: (text: string) => void = () => undefined;
      let atLineStart = true;
      const echo = (text: string) => atLineStart && print(text);
      const output = new ReadableStream<string>({
        start(controller) {
          print = (text) => {
            atLineStart = text.endsWith('\n');
            controller.enqueue(text.replaceAll('\n', '\r\n'));
          };
          print('\u001b[32mterminal\u001b[0m\n');
          for (const stream of [child.stdout, child.stderr]) {
            stream.setEncoding('utf8').on('data', (text: string) => print(text));
          }
          child.once('close', () => {
            print = () => undefined;
            controller.close();
          });
        },
      });
      const input = new WritableStream<string>({
        write(text) {
          child.stdin.write(text);
          echo(text);
        },
      });
      const started: ClientProcess = { output, input, exit, kill: () => void child.kill('SIGKILL') };
      return started;
    },
    on: () => () => undefined,
    teardown() {
      for (const pid of children) end(-pid);
      void tidy();
    },
  };
}

async function place(directory: string, tree: ClientTree): Promise<void> {
  await fs.mkdir(directory, { recursive: true });
  for (const [name, entry] of Object.entries(tree)) {
    const path = join(directory, name);
    if ('directory' in entry) await place(path, entry.directory);
    else {
      await fs.mkdir(dirname(path), { recursive: true });
      await fs.writeFile(path, entry.file.contents);
    }
  }
}

/** Errors as they come over the client's wire: without their code. */
async function bare<T>(action: Promise<T>): Promise<T> {
  try {
    return await action;
  } catch (error) {
    throw new Error(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** @param pid - a process, or a negative group */
function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
