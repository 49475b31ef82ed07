import type { Origin, Outcome } from '../../store/index.ts';
import type { RunRecord } from '../../domain/run.ts';

type SourceKind = RunRecord['source']['kind'];

const runs = (count: number): string => (count === 1 ? '1 run' : `${count.toLocaleString('en')} runs`);

/** Words of the history of runs. */
export const historyText = {
  heading: 'History',
  lead: 'Every finished run, kept in this browser and nowhere else.',
  outcomes: {
    passed: 'Passed',
    failed: 'Failed',
    unscored: 'Unscored',
    running: 'Running',
    interrupted: 'Interrupted',
  } satisfies Record<Outcome, string>,
  sources: {
    reference: 'Built-in',
    paste: 'Paste',
    folder: 'Folder',
    archive: 'Zip',
    patch: 'Patch',
    link: 'Link',
    model: 'Model',
  } satisfies Record<SourceKind, string>,
  origins: {
    file: 'from a file, not checked here',
    link: 'from a link, not checked here',
  } satisfies Record<Origin, string>,

  filters: {
    heading: 'Find runs',
    search: 'Search',
    searchHint: 'Name, task, source, model',
    framework: 'Framework',
    level: 'Level',
    verdict: 'Verdict',
    source: 'Source',
    any: 'All',
    clear: 'Clear filters',
    found: (found: number, all: number): string =>
      found === all ? runs(all) : `${found.toLocaleString('en')} of ${runs(all)}`,
  },
  columns: {
    select: 'Select',
    task: 'Task',
    level: 'Level',
    source: 'Source',
    outcome: 'Verdict',
    strict: 'A%',
    createdAt: 'When',
    ms: 'Duration',
    actions: 'Actions',
  },
  table: 'Runs',
  selectAll: 'Select all that are found',
  selectOne: (task: string, when: string): string => `Select ${task}, ${when}`,
  open: (task: string, when: string): string => `Open ${task}, ${when}`,
  rerun: 'Run again',
  rename: 'Rename',
  renameField: 'Name of this run',
  renameSave: 'Save the name',
  remove: 'Delete',
  share: 'Share',
  action: (what: string, task: string, when: string): string => `${what}: ${task}, ${when}`,
  more: (count: number): string => `Show ${count.toLocaleString('en')} more`,
  none: 'No run fits. Clear the filters, or search for less.',
  empty: {
    heading: 'No runs yet',
    advice:
      'Go to the playground and press Run: the finished run appears here, and stays after a reload. Runs that were saved as files can be opened here too.',
    go: 'To the playground',
  },
  selection: {
    label: 'Selected runs',
    count: (count: number): string => `${runs(count)} selected`,
    save: 'Save as a file',
    remove: 'Delete',
    share: 'Share',
    clear: 'Select none',
    tooMany: (most: number): string => `A link or a group holds at most ${most} runs.`,
  },
  removed: (count: number): string => `${runs(count)} deleted.`,
  undo: 'Undo',
  unknownTask: (task: string): string =>
    `The task ${task} is not known to this version of the page. Reload to get the newest version.`,
  reading: 'The history is being read.',

  damaged: {
    text: (count: number): string =>
      `${runs(count)} cannot be read: what is kept of ${count === 1 ? 'it' : 'them'} is not what this page wrote.`,
    discard: 'Delete what cannot be read',
    done: (count: number): string => `${runs(count)} that could not be read deleted for good.`,
  },

  import: {
    button: 'Open files of runs',
    hint: 'or drop them here (.decay.json.gz, .decay.json, or a run record)',
    kept: (kept: number, known: number, name: string): string =>
      [
        `${name}: ${runs(kept)} added`,
        known > 0 ? `, ${known} already here` : '',
        kept > 0 ? '. What they say was not checked here; run them again to check.' : '.',
      ].join(''),
    broken: (name: string): string =>
      `${name} was changed after it was made: its content does not fit its check sum. It was not added.`,
    anyway: 'Add it all the same',
    tooLarge: (name: string, most: string): string =>
      `${name} is larger than ${most}. A file of runs is never that large.`,
    unreadable: (name: string, why: string): string => `${name} cannot be read (${why}). Choose it again.`,
  },
  saved: (count: number, name: string): string => `${runs(count)} saved as ${name}.`,
  saveFewer: (runs: number, size: string): string =>
    `A file holds up to ${runs} runs and ${size} of them. Select fewer, and save several files.`,

  storage: {
    heading: 'Room and caches',
    runs: (count: number, size: string): string =>
      `${runs(count)}, about ${size} before the browser packs them.`,
    used: (used: string, quota: string): string =>
      `This page uses ${used} of the ${quota} that the browser gives it, caches included.`,
    unknown: 'This browser does not say how much room there is.',
    persistent: 'The browser keeps all of it until you delete it.',
    passing: 'The browser may delete all of it when the disk gets full.',
    persist: 'Ask the browser to keep it',
    refused:
      'The browser did not agree. Browsers agree for pages that are used often or bookmarked; save runs that matter as files.',
    cachesHeading: 'Caches',
    caches: 'What can be made again at any time. Runs are not touched.',
    noCaches: 'There are no caches now.',
    entries: (count: number): string => (count === 1 ? '1 entry' : `${count} entries`),
    effects: {
      'python-snapshot': 'Without it the next Python run takes longer to start, once.',
    } as Readonly<Record<string, string>>,
    effect: 'It is made again when it is needed.',
    clear: 'Clear',
    clearOne: (name: string): string => `Clear ${name}`,
    cleared: (name: string): string => `Cleared: ${name}.`,
    removeAll: 'Delete all runs',
  },

  interrupted: {
    heading: 'A run was interrupted',
    text: (task: string, source: string): string => `${task}, ${source}: the page was closed or reloaded`,
    at: (stage: string): string => ` at the stage ${stage}`,
    again: 'Begin again',
    drop: 'Forget it',
    againFor: (task: string): string => `Begin again: ${task}`,
    dropFor: (task: string): string => `Forget it: ${task}`,
    many: (count: number): string => `${count} runs were interrupted`,
    each: 'One by one',
    againAll: 'Begin all again, side by side',
    dropAll: 'Forget all of them',
    label: 'begun again',
  },
} as const;
