import { Worker } from 'node:worker_threads';
import { beforeEach, describe, expect, it } from 'vitest';
import { classBytes, sizeClass } from './heap.ts';
import { SharedFs } from './shared-fs.ts';
import { FsError, O } from './types.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

let fs: SharedFs;
beforeEach(() => {
  fs = SharedFs.create({ bytes: 64 * 2 ** 20, fileBytes: 8 * 2 ** 20, inodes: 30_000 });
  fs.mkdirp('/app/src');
});

function code(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof FsError) return error.code;
    throw error;
  }
  return 'none';
}

describe('size classes', () => {
  it('never hands out less than was asked for', () => {
    for (let n = 1; n < 5_000; n++) {
      const size = classBytes(sizeClass(n));
      expect(size).toBeGreaterThanOrEqual(n);
      expect(size).toBeLessThanOrEqual(Math.max(32, n * 1.5 + 16));
    }
  });
});

describe('SharedFs', () => {
  it('reads back what was written, in any part', () => {
    fs.writeFile('/app/a.txt', 'hello world');
    expect(fs.readText('/app/a.txt')).toBe('hello world');
    const ino = fs.open('/app/a.txt', O.RDWR);
    const target = new Uint8Array(5);
    expect(fs.read(ino, target, 6)).toBe(5);
    expect(new TextDecoder().decode(target)).toBe('world');
    expect(fs.read(ino, target, 11)).toBe(0);
    fs.write(ino, bytes('!'), 20);
    expect(fs.readFile('/app/a.txt').slice(11)).toEqual(new Uint8Array([0, 0, 0, 0, 0, 0, 0, 0, 0, 33]));
    fs.truncate(ino, 5);
    fs.append(ino, bytes('.'));
    fs.release(ino);
    expect(fs.readText('/app/a.txt')).toBe('hello.');
    expect(fs.stat('/app/a.txt').size).toBe(6);
  });

  it('fills with zeros where a reused block held old content', () => {
    fs.writeFile('/app/old', new Uint8Array(1000).fill(7));
    fs.unlink('/app/old');
    const ino = fs.open('/app/new', O.RDWR | O.CREAT);
    fs.write(ino, bytes('x'), 999);
    expect(
      fs
        .readFile('/app/new')
        .subarray(0, 999)
        .every((byte) => byte === 0),
    ).toBe(true);
  });

  it('keeps an unlinked file alive while it is open, and frees it after', () => {
    const before = fs.statfs();
    fs.writeFile('/app/t', new Uint8Array(100_000));
    const ino = fs.open('/app/t', O.RDONLY);
    fs.unlink('/app/t');
    expect(fs.exists('/app/t')).toBe(false);
    expect(fs.read(ino, new Uint8Array(10), 0)).toBe(10);
    fs.release(ino);
    expect(fs.statfs().inodesFree).toBe(before.inodesFree);
    expect(before.bytesFree - fs.statfs().bytesFree).toBeLessThan(1_000);
  });

  it('fails as POSIX does', () => {
    fs.writeFile('/app/f', '');
    expect(code(() => fs.readFile('/app/none'))).toBe('ENOENT');
    expect(code(() => fs.readFile('/app/none/deeper'))).toBe('ENOENT');
    expect(code(() => fs.readFile('/app'))).toBe('EISDIR');
    expect(code(() => fs.readFile('/app/f/x'))).toBe('ENOTDIR');
    expect(code(() => fs.stat('/app/f/'))).toBe('ENOTDIR');
    expect(code(() => fs.mkdir('/app'))).toBe('EEXIST');
    expect(code(() => fs.rmdir('/app'))).toBe('ENOTEMPTY');
    expect(code(() => fs.unlink('/app'))).toBe('EISDIR');
    expect(code(() => fs.open('/app/f', O.WRONLY | O.CREAT | O.EXCL))).toBe('EEXIST');
    expect(code(() => fs.open('/app', O.WRONLY))).toBe('EISDIR');
    expect(code(() => fs.rename('/app', '/app/src/x'))).toBe('EINVAL');
    expect(code(() => fs.writeFile(`/app/${'n'.repeat(300)}`, ''))).toBe('ENAMETOOLONG');
    expect(code(() => fs.writeFile('/app/big', new Uint8Array(9 * 2 ** 20)))).toBe('EFBIG');
    expect(() => fs.readFile('/app/none')).toThrow("ENOENT: no such file or directory, open '/app/none'");
  });

  it('resolves symbolic links and parent directories', () => {
    fs.writeFile('/app/src/x.js', 'x');
    fs.symlink('src', '/app/link');
    fs.symlink('/app/link/x.js', '/app/y');
    expect(fs.readText('/app/y')).toBe('x');
    expect(fs.realpath('/app/link/x.js')).toBe('/app/src/x.js');
    expect(fs.realpath('/app/link/..')).toBe('/app');
    expect(fs.readlink('/app/link')).toBe('src');
    expect(fs.readText('/app/src/../../app/./src/x.js')).toBe('x');
    expect(fs.readText('/../../app/y')).toBe('x');
    fs.symlink('loop', '/app/loop');
    expect(code(() => fs.stat('/app/loop'))).toBe('ELOOP');
    fs.writeFile('/app/link/made', 'm');
    expect(fs.readText('/app/src/made')).toBe('m');
  });

  it('renames over files, keeps hard links, removes trees', () => {
    fs.writeFile('/app/a', 'a');
    fs.writeFile('/app/b', 'b');
    fs.link('/app/a', '/app/c');
    expect(fs.stat('/app/c').nlink).toBe(2);
    fs.rename('/app/b', '/app/a');
    expect(fs.readText('/app/a')).toBe('b');
    expect(fs.readText('/app/c')).toBe('a');
    fs.rename('/app/src', '/moved');
    expect(fs.readdir('/').map((entry) => entry.name)).toEqual(['app', 'moved']);
    expect(fs.realpath('/moved/..')).toBe('/');
    fs.remove('/app');
    expect(fs.exists('/app')).toBe(false);
  });

  it('holds large directories', () => {
    for (let i = 0; i < 10_000; i++) fs.writeFile(`/app/src/file-${i}`, '');
    expect(fs.readdir('/app/src')).toHaveLength(10_000);
    for (let i = 0; i < 10_000; i += 2) fs.unlink(`/app/src/file-${i}`);
    expect(fs.readdir('/app/src')).toHaveLength(5_000);
    expect(fs.exists('/app/src/file-4')).toBe(false);
    expect(fs.exists('/app/src/file-5')).toBe(true);
  });

  it('is full at its limit and usable after something was removed', () => {
    const write = (i: number) => fs.writeFile(`/app/src/big${i}`, new Uint8Array(7 * 2 ** 20));
    expect(code(() => Array.from({ length: 12 }, (_, i) => write(i)))).toBe('ENOSPC');
    fs.remove('/app/src');
    fs.writeFile('/app/after', 'ok');
    expect(fs.readText('/app/after')).toBe('ok');
  });

  it('stays consistent under several threads', async () => {
    const source = `
      import { workerData, parentPort } from 'node:worker_threads';
      const { SharedFs } = await import(workerData.module);
      const fs = SharedFs.attach(workerData.buffer, workerData.pid);
      const ino = fs.open('/app/log', 0o2001);
      for (let i = 0; i < 500; i++) {
        fs.append(ino, new TextEncoder().encode(workerData.pid + '\\n'));
        fs.writeFile('/app/src/' + workerData.pid + '-' + i, 'x'.repeat(i));
        if (i % 3 === 0) fs.unlink('/app/src/' + workerData.pid + '-' + i);
      }
      parentPort.postMessage('done');`;
    fs.writeFile('/app/log', '');
    const { build } = await import('vite');
    const built = await build({
      logLevel: 'silent',
      configFile: false,
      build: { write: false, lib: { entry: 'src/engines/fs/shared-fs.ts', formats: ['es'] } },
    });
    const output = Array.isArray(built) ? built[0] : built;
    if (output === undefined || !('output' in output)) throw new Error('the file system was not bundled');
    const module = `data:text/javascript;base64,${Buffer.from(output.output[0].code).toString('base64')}`;
    const run = (pid: number) =>
      new Promise<void>((resolve, reject) => {
        const url = new URL(`data:text/javascript;base64,${Buffer.from(source).toString('base64')}`);
        const worker = new Worker(url, { workerData: { buffer: fs.buffer, pid, module } });
        worker.on('message', () => resolve()).on('error', reject);
      });
    await Promise.all([11, 12, 13].map(run));
    const lines = fs.readText('/app/log').trim().split('\n');
    expect(lines).toHaveLength(1_500);
    expect(lines.filter((line) => line === '12')).toHaveLength(500);
    expect(fs.readdir('/app/src')).toHaveLength(3 * (500 - 167));
  });

  it('takes over the lock of a worker that was ended while holding it', () => {
    new Int32Array(fs.buffer)[0] = 77;
    fs.markDead(77);
    fs.writeFile('/app/after', 'ok');
    expect(fs.readText('/app/after')).toBe('ok');
  });
});
