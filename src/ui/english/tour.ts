/** The steps of the tour; `anchor` is the `data-tour` of what a step points at. */
export const tourSteps = [
  {
    anchor: 'task',
    title: 'Pick a task',
    text: 'A row is a framework, a column a set of rules. L0 has no rules; each level adds some, up to L3. The API asked for is always the same, so results can be compared.',
  },
  {
    anchor: 'submission',
    title: 'Pick a backend',
    text: 'A reference written by hand, a model’s answer, or your own: a folder, a zip, a patch, a paste, a link. Every file can be edited before it runs.',
  },
  {
    anchor: 'run',
    title: 'Press Run',
    text: 'The backend is installed and started in a sandbox inside this tab, tested over HTTP, and its code is checked. Each stage shows its time and its output. Cancel works at any time.',
  },
  {
    anchor: 'verdict',
    title: 'Read the verdict',
    text: 'A% is the share of assertions that passed, and 0 when a rule is broken. Passed means all of them passed and all rules hold. Unscored means that the playground, not the backend, fell short.',
  },
  {
    anchor: 'workbench',
    title: 'Look closer',
    text: 'The code with its findings, every assertion with the request and answer behind it, the console, and a console for requests of your own.',
  },
  {
    anchor: 'navigation',
    title: 'Keep, share, ask',
    text: 'Every run is kept in the history of this browser and can be shared as a link that others run again. Press ? for help at any time.',
  },
] as const;

export const tourText = {
  name: 'Tour',
  progress: (at: number): string => `${at + 1} of ${tourSteps.length}`,
  next: 'Next',
  back: 'Back',
  done: 'Done',
  end: 'End the tour',
} as const;
