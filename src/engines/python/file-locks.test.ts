import { describe, expect, it } from 'vitest';
import { SharedFs } from '../fs/shared-fs.ts';
import { Lock, LockTable, releaseLocksOf } from '../node/addons/sqlite/locks.ts';
import { FileLocks } from './file-locks.ts';

const [READ, WRITE, NONE] = [0, 1, 2];
const INO = 7;
const PENDING = 0x40000000;
const SHARED = [PENDING + 2, PENDING + 512] as const;

function two() {
  const fs = SharedFs.create();
  fs.mkdirp('/tmp');
  return { fs, first: new FileLocks(fs, 11), second: new FileLocks(fs, 12) };
}

describe('locks of byte ranges', () => {
  it('lets many read and one write', () => {
    const { first, second } = two();
    expect(first.set(INO, READ, 0, 10)).toBe(true);
    expect(second.set(INO, READ, 5, 15)).toBe(true);
    expect(second.set(INO, WRITE, 5, 15)).toBe(false);
    expect(second.set(INO, WRITE, 10, 15)).toBe(true);
    expect(first.test(INO, READ, 12, 13)).toBe(WRITE);
    expect(first.set(INO, NONE, 0, 10)).toBe(true);
    expect(second.set(INO, WRITE, 0, 15)).toBe(true);
    expect(first.set(INO, READ, 3, 4)).toBe(false);
  });

  it('splits a range that is unlocked in its middle, and keeps the old one when the new one is refused', () => {
    const { first, second } = two();
    first.set(INO, WRITE, 0, 30);
    first.set(INO, NONE, 10, 20);
    expect(second.set(INO, WRITE, 10, 20)).toBe(true);
    expect(second.set(INO, WRITE, 9, 10)).toBe(false);
    expect(second.set(INO, READ, 25, 26)).toBe(false);
    expect(first.set(INO, READ, 0, 30)).toBe(false);
    expect(second.test(INO, READ, 0, 1)).toBe(WRITE);
    expect(second.test(INO, WRITE, 12, 13)).toBe(NONE);
  });

  it('speaks with the Node engine about SQLite files', () => {
    const { fs, first } = two();
    const node = new LockTable(fs, 21);
    expect(node.acquire(INO, 1, Lock.shared)).toBe(true);
    expect(first.set(INO, READ, ...SHARED)).toBe(true);
    expect(first.set(INO, WRITE, ...SHARED)).toBe(false);
    expect(first.set(INO, WRITE, PENDING + 1, PENDING + 2)).toBe(true);
    expect(node.acquire(INO, 1, Lock.reserved)).toBe(false);
    node.release(INO, 1, Lock.none);
    expect(first.set(INO, WRITE, ...SHARED)).toBe(true);
    expect(node.acquire(INO, 1, Lock.shared)).toBe(false);
    releaseLocksOf(fs, 11);
    expect(node.acquire(INO, 1, Lock.exclusive)).toBe(true);
  });
});
