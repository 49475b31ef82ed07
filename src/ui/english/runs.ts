/** Words of runs: their bar, their list, runs side by side. Part of the first load. */
export const runsText = {
  requests: 'the request console',
  status: {
    ready: 'Ready',
    queued: 'Waiting for a free sandbox',
    loading: 'Loading the engine',
    cancelled: 'Cancelled',
    broken: 'Could not be run',
    unscored: 'Unscored',
    passed: (share: string): string => `Passed, ${share}`,
    failed: (share: string): string => `Failed, ${share}`,
    suite: (passed: number, total: number): string => `Suite alone: ${passed} of ${total}`,
  },
  suite: {
    'as-is':
      'The server was taken as it stood: what earlier requests had stored was there, and may have changed what came out.',
    restarted: 'The server was started again before, without what it had stored.',
    noRun:
      'This is no full run: nothing was installed, no rule was checked, and the history does not keep it.',
  },
  stages: {
    titles: {
      boot: 'Boot',
      install: 'Install',
      start: 'Start',
      health: 'Health',
      suite: 'Test',
      verify: 'Rules',
      score: 'Score',
    },
    hints: {
      boot: 'sandbox',
      install: { python: 'pip', node: 'npm' },
      start: './run.sh',
      health: (port: number): string => `port ${port}`,
      suite: 'over HTTP',
      verify: 'the code',
      score: 'A%',
    },
    states: {
      waiting: 'waiting',
      running: 'running',
      skipped: 'skipped',
      failed: (time: string): string => `failed ${time}`,
    },
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

  bar: {
    heading: 'Run',
    run: 'Run',
    runHint: 'Ctrl+Enter',
    all: 'All levels…',
    suite: 'Suite alone',
    suiteAsIs: 'On the server as it is',
    suiteAsIsHint: 'What earlier requests have stored stays, and may change what comes out.',
    suiteRestarted: 'After a restart',
    suiteRestartedHint:
      'run.sh is started again without what it had stored. Nothing is installed again unless the dependency file has changed.',
    suiteEdited: 'After a restart, with the files as edited now',
    suiteLead:
      'The suite against the server that runs already. It is no full run: the rules are not checked.',
    again: (id: number): string => `Run #${id} again`,
    cancel: 'Cancel',
    readyToAsk: 'Ready. The model is asked first, then its submission is run inside this tab.',
    ready: 'Ready. The backend is installed, started and tested inside this tab.',
    underWay: 'This submission is being run.',
  },

  levels: {
    title: 'Run several levels side by side',
    lead: 'The same API under more and more rules, each in a sandbox of its own: what a rule costs is the drop from column to column.',
    source: 'What is run',
    references: (framework: string): string => `The reference submissions for ${framework}`,
    submission: (label: string): string => `One submission against the rules of each level: ${label}`,
    noSubmission: 'none is chosen',
    noReference: (level: number): string =>
      `Nobody has written a reference for L${level} yet. Add another task below, or run one submission against every level.`,
    task: (level: number): string => `Task of level ${level}`,
    leaveOut: 'leave this level out',
    add: 'Add another task',
    remove: (task: string): string => `Remove ${task}`,
    slots: (count: number): string =>
      count === 1
        ? 'This device runs them one after the other.'
        : `This device runs ${count} at a time; the others wait.`,
    nothing: 'Choose a task first.',
    cancel: 'Close',
    start: (count: number): string => (count === 1 ? 'Start 1 run' : `Start ${count} runs`),
    groupReferences: 'reference submissions',
  },

  group: {
    heading: 'Side by side',
    table: 'Runs side by side',
    ended: (ended: number, all: number): string => `${ended} of ${all} ended`,
    missing: (levels: readonly number[]): string =>
      `Nothing was run at ${levels.map((level) => `L${level}`).join(' and ')}. “All levels…” says what can be run there.`,
    cancelAll: 'Cancel all',
    cancel: (id: number): string => `Cancel run #${id}`,
    close: 'Close the comparison',
    show: (id: number): string => `Show run #${id} below`,
    stages: (done: number, all: number): string => `${done} of ${all} stages done`,
    chart: (points: string, what = ''): string =>
      `${what === '' ? '' : `${what}: `}${points === '' ? 'A% by level; no run has ended yet' : `A% by level: ${points}`}`,
    verdict: 'Verdict',
    strict: 'A%',
    raw: 'raw A%',
    assertions: 'Assertions',
    time: 'Time',
    outcomes: {
      waiting: 'Waiting',
      running: 'Running',
      passed: 'Passed',
      failed: 'Failed',
      unscored: 'Unscored',
      cancelled: 'Cancelled',
      broken: 'Could not be run',
    },
  },

  list: {
    heading: 'Runs of this visit',
    empty: 'They appear here. Finished ones stay in the history.',
    history: 'History',
    suiteAlone: 'suite alone',
    kept: 'server runs',
    side: 'side by side',
  },
} as const;
