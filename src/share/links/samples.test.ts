import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtIn, openLink } from './link.ts';
import { openFile } from './run-file.ts';
import type { Share } from './shared-run.ts';
import { libraryOf } from './testing/world.ts';

/** What was shared in the time of each version, and what it has to come to for ever. Samples are added, never changed. */
interface Sample {
  /** As they were then. */
  references: Readonly<Record<string, Readonly<Record<string, string>>>>;
  link: string;
  /** Content of a file of runs. */
  file: unknown;
  share: Share;
}

const folder = join(import.meta.dirname, 'testing/samples');
const names = await readdir(folder);

describe('a share of an older time', () => {
  it.each(names)('is read as it was: %s', async (name) => {
    const sample = JSON.parse(await readFile(join(folder, name), 'utf8')) as Sample;
    const here = { ...builtIn, references: libraryOf(sample.references) };
    expect(await openLink(sample.link, here)).toMatchObject({ seal: 'intact', share: sample.share });
    const file = new TextEncoder().encode(JSON.stringify(sample.file));
    expect(await openFile(file, here)).toMatchObject({ seal: 'intact', share: sample.share });
  });

  it('has at least one of every version', () => {
    expect(names).toContain('v1.json');
  });
});
