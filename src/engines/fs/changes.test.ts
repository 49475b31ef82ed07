import { expect, it } from 'vitest';
import { SharedFs } from './shared-fs.ts';

const limits = { bytes: 16 * 2 ** 20, fileBytes: 2 ** 20, inodes: 1_000 };

function watched() {
  const fs = SharedFs.create(limits);
  fs.mkdir('/d');
  fs.writeFile('/d/a', '1');
  const watch = SharedFs.attach(fs.buffer, 2).watch();
  const seen = () => watch.poll().map(({ kind, name }) => `${kind} ${name}`);
  return { fs, watch, seen };
}

it('tells another process of names and contents', () => {
  const { fs, seen } = watched();
  fs.writeFile('/d/b', '2');
  fs.append(fs.lookup('/d/a'), new Uint8Array(1));
  fs.rename('/d/b', '/d/c');
  fs.unlink('/d/c');
  expect(seen()).toEqual(['rename b', 'change b', 'change a', 'rename b', 'rename c', 'rename c']);
  expect(seen()).toEqual([]);
});

it('tells of owners, modes and times', () => {
  const { fs, seen } = watched();
  fs.chmod('/d/a', 0o600);
  fs.chownInode(fs.lookup('/d/a'), 5, 6);
  fs.utimesInode(fs.lookup('/d/a'), 1, 2);
  expect(seen()).toEqual(['change a', 'change a', 'change a']);
  expect(fs.stat('/d/a')).toMatchObject({ uid: 5, gid: 6, mtime: 2 });
});

it('keeps the last changes when nobody looks for long, and none when nobody watches', () => {
  const { fs, watch, seen } = watched();
  for (let i = 0; i < 1_000; i++) fs.writeFile(`/d/${i % 10}`, String(i));
  expect(seen().length).toBeLessThanOrEqual(256);
  watch.close();
  fs.writeFile('/d/a', '3');
  expect(seen()).toEqual([]);
});

it('takes out the content of a file without a name in one step', () => {
  const { fs } = watched();
  const ino = fs.anonymous();
  fs.append(ino, new Uint8Array([1, 2]));
  expect([...fs.drain(ino)]).toEqual([1, 2]);
  expect(fs.drain(ino).byteLength).toBe(0);
  const before = fs.statfs().inodesFree;
  fs.release(ino);
  expect(fs.statfs().inodesFree).toBe(before + 1);
});
