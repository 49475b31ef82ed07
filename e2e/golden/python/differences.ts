import type { Difference } from '../compare.ts';

/** Every accepted difference between the Python engine and real CPython 3.12. The test fails for one that no longer occurs. */
export const differences: readonly Difference[] = [];
