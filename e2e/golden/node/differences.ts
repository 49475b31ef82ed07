import type { Difference } from '../compare.ts';

/** Every accepted difference between the Node engine and real Node 20.20.2. The test fails for one that no longer occurs. */
export const differences: readonly Difference[] = [];
