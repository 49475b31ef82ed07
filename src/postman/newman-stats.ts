import type { CollectionExecution, CollectionResult } from '../domain/collection.ts';

export interface Tally {
  total: number;
  pending: number;
  failed: number;
}

/** Newman's own names. */
export type NewmanStats = Record<
  | 'iterations'
  | 'items'
  | 'scripts'
  | 'prerequests'
  | 'requests'
  | 'tests'
  | 'assertions'
  | 'testScripts'
  | 'prerequestScripts',
  Tally
>;

/** How much was run and how much of it failed, counted as Newman's summary counts. */
export function newmanStats({ executions }: CollectionResult): NewmanStats {
  const sum = (of: (execution: CollectionExecution) => number) =>
    executions.reduce((total, execution) => total + of(execution), 0);
  const tally = (total: number, failed = 0): Tally => ({ total, pending: 0, failed });
  const errors = (script: 'prerequest' | 'test') =>
    sum(({ scriptErrors }) => scriptErrors.filter((error) => error.script === script).length);
  const scripts = (script: 'prerequest' | 'test') => sum((execution) => execution.scripts[script]);
  const failed = sum(({ assertions }) => assertions.filter(({ status }) => status === 'failed').length);
  return {
    iterations: tally(1),
    items: tally(executions.length),
    scripts: tally(scripts('prerequest') + scripts('test'), errors('prerequest') + errors('test')),
    prerequests: tally(executions.length),
    requests: tally(
      sum(({ sent }) => sent.total),
      sum(({ sent }) => sent.failed),
    ),
    tests: tally(executions.filter(({ skipped }) => skipped !== true).length),
    assertions: tally(
      sum(({ assertions }) => assertions.length),
      failed,
    ),
    testScripts: tally(scripts('test'), errors('test')),
    prerequestScripts: tally(scripts('prerequest'), errors('prerequest')),
  };
}
