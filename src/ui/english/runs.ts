/** Words of runs: their bar, their list, runs side by side. Part of the first load. */
export const runsText = {
  requests: 'the request console',
  stages: {
    cancelled: 'cancelled',
    brokenOff: 'broken off',
    notInSuite: 'not part of the suite alone',
  },
  /** Why a run has no server any more. */
  freed: {
    ended: 'The run was broken off.',
    newer: 'The server was stopped to make room for newer runs. Only the last ones are kept.',
    hidden: 'The server was stopped because the page was in the background for some minutes.',
    stopped: 'The server was stopped.',
    movedOn: (id: number): string => `The server went on to run #${id}.`,
  },
} as const;
