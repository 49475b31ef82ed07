/** What the code side says. */
import type { Finding, Profile } from '../../domain/verdict.ts';
import type { MarkKind } from '../code/marks/marks.ts';

export const codeText = {
  empty: 'No files yet',
  emptyHint: 'Choose a submission in the set-up: its files are shown and edited here.',

  source: 'Files shown',
  draft: 'Draft',
  draftHint: 'The submission that Run will run. It can be edited.',
  run: (number: number) => `Run ${number}`,
  runHint: 'The files as they were run. They cannot be edited.',
  otherFiles: 'Other files',
  readOnly: 'Read-only',
  editCopy: 'Edit a copy',
  edited: 'edited here',
  copied: 'The files are in the draft now, where they can be edited.',

  dropEdits: 'Back to the files as they came in',
  notLoaded: (why: string) =>
    `This part of the page could not be loaded (${why}). Reload the page to try again.`,

  views: 'Views of the code',
  files: 'Files',
  search: 'Search',
  changes: 'Changes',

  tree: 'Files of the submission',
  filter: 'Filter files',
  noMatch: 'No file has this in its path.',
  newFile: 'New file',
  rename: 'Rename',
  delete: 'Delete',
  upload: 'Add files from this computer',
  newFileTitle: 'New file',
  renameTitle: (path: string) => `Rename ${path}`,
  pathLabel: 'Path, with folders before a “/”',
  create: 'Create',
  cancel: 'Cancel',
  undo: 'Undo',
  deleted: (path: string, count: number) =>
    count === 1 ? `Deleted ${path}.` : `Deleted ${path} with ${count.toLocaleString('en')} files.`,
  uploaded: (count: number) =>
    count === 1 ? 'Added one file.' : `Added ${count.toLocaleString('en')} files.`,
  folderName: (name: string) => `${name}, folder`,
  changed: 'changed',
  added: 'added',
  faultsWord: (count: number) => (count === 1 ? 'finding' : 'findings'),
  tooLarge: (path: string, most: string) => `${path} is larger than ${most}. It was not added.`,

  tabs: 'Open files',
  closeTab: (path: string) => `Close ${path}`,
  noneOpen: 'No file is open',
  noneOpenHint: 'Choose one in the list of files.',

  editorLabel: (path: string, readOnly: boolean) =>
    `${path}, ${readOnly ? 'read-only' : 'editor'}. Ctrl+M switches whether Tab indents or moves on.`,
  plainLabel: (path: string) => `${path}, plain text`,
  readOnlyHint: 'These are the files as they were run. “Edit a copy” puts them into the draft.',
  tabHint: 'Ctrl+M: Tab moves on',
  wrap: 'Wrap lines',
  position: (line: number, column: number) => `Line ${line}, column ${column}`,
  binary: (path: string, size: string) => `${path} is a binary file of ${size}. It is run as it is.`,
  large: (path: string, size: string) =>
    `${path} has ${size}, too much for the editor: here is its beginning, as plain text.`,
  noEditor: (why: string) => `The full editor could not be loaded (${why}). Plain text works all the same.`,
  loadAgain: 'Try again',

  importsFile: (specifier: string, path: string) => `${specifier} is ${path}.`,
  importsPackage: (name: string) => `${name} is a package, installed with the submission.`,
  importsNothing: (specifier: string) =>
    `${specifier} looks like a file of the submission, and there is none.`,

  searchAll: 'Search in all files',
  searchOptions: 'How to search',
  searchResults: 'Matches',
  searchHint: 'Matches in all files of the submission are listed here, by file.',
  searching: 'Searching…',
  searchCount: (count: number, files: number, cut: boolean) =>
    count === 0
      ? 'No match.'
      : `${cut ? 'The first ' : ''}${count.toLocaleString('en')} ${count === 1 ? 'match' : 'matches'} in ${files.toLocaleString('en')} ${files === 1 ? 'file' : 'files'}.`,
  searchSlow:
    'The expression takes too long on these files and was stopped. Write it without nested repetitions.',
  searchPattern: (why: string) => `This is no regular expression: ${why}`,
  replaceWith: 'Replace with',
  replaceAll: 'Replace all',
  replaceGroups: 'In an expression, $1 is its first group and $& the whole match.',
  replaced: (count: number, files: number) =>
    count === 0
      ? 'Nothing to replace.'
      : `Replaced ${count.toLocaleString('en')} ${count === 1 ? 'match' : 'matches'} in ${files.toLocaleString('en')} ${files === 1 ? 'file' : 'files'}.`,
  replacedTooMuch: 'That would make more text than a submission may have. Nothing was replaced.',
  matchCase: 'Match upper and lower case',
  wholeWord: 'Whole word only',
  regularExpression: 'Regular expression',

  compareWith: 'Compare with',
  baseOriginal: 'the files as they came in',
  baseReference: 'the reference of the task',
  baseRun: 'the last run',
  baseDraft: 'the draft',
  removed: 'removed',
  nothingToCompare: 'There is nothing to compare these files with.',
  noChanges: 'No differences.',
  changeCount: (count: number) =>
    count === 1 ? '1 file differs.' : `${count.toLocaleString('en')} files differ.`,
  addedSince: (base: string) => `is not in ${base}`,
  removedSince: (base: string) => `is only in ${base}`,
  changedSince: (base: string) => `compared with ${base}`,
  resetFile: 'Reset the file',
  openFile: 'Open the file',
  closeDiff: 'Close',
  loadingDiff: 'Loading…',
  noDiff: 'Binary and very large files are not shown side by side.',
  diffBefore: (path: string, base: string) => `${path} in ${base}`,
  diffNow: (path: string) => `${path} as it is here`,

  marks: 'Findings',
  marksSummary: (faults: number, others: number) =>
    `${faults === 1 ? '1 finding' : `${faults} findings`}${others === 0 ? '' : `, ${others} explained`}`,
  noMarks: 'No findings. Run the submission: what its rules and its errors point at is listed here.',
  noMarksNow: 'The run found nothing to change in these files.',
  evidenceToo: 'Show evidence and notes',
  stale: 'The file was changed since the run.',
  staleWord: 'before your edit',
  nextMark: 'Next finding (F8)',
  aboutRule: (rule: string) => `About the rule “${rule}”`,
  ruleTitle: (rule: string) => `The rule “${rule}”`,
  failedAt: (status: number | undefined, method: string, target: string) =>
    status === undefined ? `no answer to ${method} ${target}` : `${status} in ${method} ${target}`,

  apply: 'Apply to the running server',
  applying: 'Restarting the server…',
  applied: 'The running server was started again with these files.',
  notApplied: (why: string) => `The server could not be started with these files: ${why}`,
} as const;

/** What a mark is called. */
export const markNames: Readonly<Record<MarkKind, string>> = {
  violation: 'Violation',
  other: 'Violation under the other profile',
  error: 'Server error',
  syntax: 'Syntax error',
  evidence: 'Evidence',
  note: 'Note',
};

/** What can be done about a violation, in one sentence. */
export const ruleAdvice: Readonly<Record<Finding['rule'], string>> = {
  architecture:
    'Let each layer call only the one below it: routes call services, services call repositories, and only these query.',
  database: 'Open, read and write the database that the task names, and no other.',
  orm: 'Define the tables as models of the ORM, and read and write through them instead of SQL text.',
  framework: 'Let run.sh start a server that is built with the framework of the task.',
};

/** Who says so, and whether it counts. */
export function profilesText(profiles: readonly Profile[], deciding: Profile): string {
  const words = profiles.map((profile) => (profile === deciding ? `${profile} (decides)` : profile));
  return `profile ${words.join(' and ')}`;
}
