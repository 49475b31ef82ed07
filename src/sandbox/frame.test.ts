import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { frameHash } from './frame.ts';

it('asks for the frame by the hash of what it holds', () => {
  const html = readFileSync(new URL('../../public/sandbox.html', import.meta.url));
  expect(createHash('sha256').update(html).digest('hex').slice(0, frameHash.length)).toBe(frameHash);
});
