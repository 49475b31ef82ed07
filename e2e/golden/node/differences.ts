import type { Difference } from '../compare.ts';

const tickFrame =
  /(?:\n|\\n) {4}at process\.processTicksAndRejections \(node:internal\/process\/task_queues:\d+:\d+\)/g;

/** Every accepted difference between the Node engine and real Node 20.20.2. The test fails for one that no longer occurs. */
export const differences: readonly Difference[] = [
  {
    id: 'no-tick-frame',
    where: '*',
    class: 'engine',
    native: [tickFrame, ''],
    embedded: [tickFrame, ''],
    reason:
      'What follows an await is called by the browser here, and by a function of Node there: the last line of such a stack trace names that function.',
  },
];
