import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { limits } from '../../domain/limits.ts';
import { tarball } from './testing/fixture-store.ts';
import { ArchiveError, readTarball } from './untar.ts';

describe('readTarball', () => {
  it('gives the files without their first folder', async () => {
    const files = await readTarball(tarball({ 'package.json': '{}', 'lib/a.js': 'a'.repeat(700) }));
    expect(files.map(({ path, data }) => [path, data.length])).toEqual([
      ['package.json', 2],
      ['lib/a.js', 700],
    ]);
  });

  it.each(['../../etc/passwd', 'a/../../b', 'a/../../..'])('refuses the path %s', async (path) => {
    await expect(readTarball(tarball({ [path]: 'x' }))).rejects.toThrow(ArchiveError);
  });

  it('refuses what is no gzip file, what ends early, and what unpacks to too much', async () => {
    await expect(readTarball(new TextEncoder().encode('nonsense'))).rejects.toThrow(/damaged/);
    const whole = tarball({ 'a.js': 'x'.repeat(4_000) });
    await expect(readTarball(whole.subarray(0, whole.length - 20))).rejects.toThrow(ArchiveError);
    const bomb = gzipSync(Buffer.alloc(limits.diskFileBytes + 1));
    await expect(readTarball(bomb)).rejects.toThrow(/unpacks to more than/);
  });
});
