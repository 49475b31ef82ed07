import type { SuiteOptions } from '../suite/types.ts';

/** For servers inside the test process: no time limit that a slow machine could meet. */
export function runOptions(seed: number): Omit<SuiteOptions, 'send'> {
  return { requestMs: 600_000, suiteMs: 3_600_000, runKey: `f${seed}`, recordedBodyBytes: 0 };
}
