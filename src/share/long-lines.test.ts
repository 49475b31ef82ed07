import { expect, it } from 'vitest';
import { fromPatch } from './submission.ts';

/** Linear work over these takes less than a second; work that grows with their square would take hours. */
const many = 3_000_000;

it.each([
  [
    'tabs behind the name of a patch',
    `--- /dev/null\n+++ b/a.js${'\t'.repeat(many)}\u2028\n@@ -0,0 +1 @@\n+x\n`,
  ],
])('%s are read to their end', (_, text) => {
  expect(fromPatch(text).files).toEqual({ 'a.js': 'x\n' });
});
