import type { Reach, Circumstance, Obstacle } from '../../share/links/index.ts';

const runs = (count: number): string => (count === 1 ? 'run' : `${count} runs`);
const number = (value: number): string => value.toLocaleString('en');

/** Words of the dialog that shares runs. */
export const shareText = {
  title: (count: number): string => (count === 1 ? 'Share this run' : `Share ${count} runs`),
  making: 'The link is being made.',
  link: 'Link',
  linkField: 'Link to the run',
  copy: 'Copy link',
  about: (id: string): string => `The link leads to the assertion ${id}.`,
  length: (characters: number): string => `${number(characters)} characters.`,
  reach: {
    everywhere: 'Short enough for nearly everything: mail, chat, a QR code.',
    most: 'Short enough for most chats and mails. Some cut it; then send the file instead.',
    browsers: 'Long: it works in browsers, and many chats and mails cut it. Better send the file.',
  } satisfies Record<Reach, string>,
  shortened: 'Messages of failed assertions were left out to keep it short. They are in the file.',
  tooLong: 'A file holds what a link cannot.',

  qr: 'QR code',
  qrShow: 'Show QR code',
  qrHide: 'Hide QR code',
  qrName: (count: number): string => `QR code of the link to the ${runs(count)}`,
  qrDense: 'A dense code: show it large, and hold the camera close and still.',
  qrTooLong: (length: number, most: number): string =>
    `A QR code holds ${number(most)} characters; this address has ${number(length)}. Send the link or the file instead.`,

  holds: 'What is in it',
  inLink: {
    files: (files: number, size: string): string =>
      `${files === 1 ? '1 file' : `${number(files)} files`} of the submission (${size})`,
    verdict: 'the verdict, the result of every assertion, and what violates a rule',
    versions: 'the task, the source, and the versions of engine and packages',
    model: (model: string): string => `the model (${model}), its parameters and the prompts`,
    collection: (name: string): string =>
      `your collection ${name}, with its environment and variables if you gave any`,
  },
  notInLink:
    'Not in the link: output of the server, requests and responses. API keys are in neither link nor file.',
  serverless:
    'All of it is in the link itself. Nothing is stored on a server, and whoever has the link can read it.',
  suspicious: (paths: readonly string[]): string =>
    `${paths.join(', ')} ${paths.length === 1 ? 'looks as if it holds' : 'look as if they hold'} a password or a key. It goes along: look before you share.`,

  file: 'File',
  fileLead:
    'With the output, and every request and response. For mail, archives and what is too long for a link.',
  save: 'Save as a file',
  saveReadable: 'Save as readable JSON',
  saved: (name: string): string => `Saved as ${name}.`,
  report: 'Something went wrong? Make a report',
} as const;

/** Words of the view of a shared run. */
export const sharedText = {
  heading: 'A shared run',
  headingMany: (count: number): string => `${count} shared runs`,
  opening: 'The link is being opened.',
  claimed: 'What the link claims, not checked here',
  lead: 'Somebody says that this is what came out. The link proves nothing about it: run it again to see for yourself.',
  unreadable: 'This link cannot be opened',
  seals: {
    intact: 'The content is as it was when the link was made.',
    broken: 'The content was changed after the link was made.',
    none: 'There is no check sum.',
  },
  group: {
    heading: 'Side by side, as claimed',
    lead: 'Press the head of a column to see that run below.',
    table: 'Claimed runs side by side',
    show: (index: number): string => `Show shared run ${index} below`,
    runAll: 'Run all again and compare',
    label: 'runs of a link',
    open: 'Open the fresh runs',
    strictHere: 'A% here',
    cannot: 'Cannot be run',
    compared: (same: number, ended: number, all: number): string =>
      `${ended} of ${all} compared, ${same} reproduced`,
  },
  verdicts: { passed: 'Claimed: passed', failed: 'Claimed: failed', unscored: 'Claimed: unscored' },
  factsHeading: 'Versions, packages and what was replaced',
  facts: {
    source: 'Files come from',
    model: 'Model',
    parameters: 'Parameters',
    prompts: 'Prompts',
    created: 'Made',
    engine: 'Engine',
    packages: 'Packages',
    substitutions: 'Replaced in the browser',
    profile: 'Profile of the rules',
    suite: 'Suite',
    collection: 'Collection',
    duration: 'Duration',
  },
  prompt: (name: string): string => `the playground’s own, version ${name}`,
  customPrompt: 'a prompt of their own',
  noSuite: 'none: the run ended before the suite',
  rulesHeading: 'Rules',
  ruleKept: 'kept',
  ruleViolated: 'violated',

  assertions: {
    heading: 'Assertions as claimed',
    unknown:
      'This version of the page does not know the suite that was used, so the assertions cannot be listed.',
    none: 'The run ended before any assertion was made.',
    at: 'The link is about this assertion',
    missing: (id: string): string => `The link is about the assertion ${id}, which the run does not have.`,
    expected: 'Expected',
    got: 'Got',
    statuses: { passed: 'passed', failed: 'failed', 'not-reached': 'not reached' },
    groups: {
      failed: (count: number): string => `${number(count)} failed`,
      'not-reached': (count: number): string => `${number(count)} not reached`,
      passed: (count: number): string => `${number(count)} passed`,
    },
    more: (count: number): string => `Show ${number(count)} more`,
  },
  files: {
    heading: 'Files',
    list: 'Files of the run',
    binary: (size: string): string => `Not text: ${size}.`,
    none: 'The files cannot be shown, see above.',
  },

  actions: {
    run: 'Run again and compare',
    cancel: 'Cancel',
    edit: 'Open files in the editor',
    keep: 'Keep in history',
    kept: 'Kept in the history, marked as not checked here.',
    known: 'It is in the history already.',
    notKept: 'It cannot be kept without its files.',
    back: 'To the playground',
    taken: 'From a shared link; look at the files before you run them.',
    sourceLabel: (label: string): string => `link to ${label}`,
  },
  blocked: {
    files: 'It cannot be run: its files cannot be put together, see above.',
    task: 'It cannot be run: this version does not know the task.',
    coming: 'It cannot be run: this version does not run tasks of this kind yet.',
    browser: (feature: string): string => `It cannot be run: this browser lacks ${feature}.`,
  },
  running: {
    heading: 'Running again',
    stage: (stage: string): string => `Stage: ${stage}`,
    waiting: 'Waiting for its turn',
    cancelled: 'The run was cancelled.',
    broken: (why: string): string => `The run could not be carried out: ${why}`,
  },

  consent: {
    title: 'Run code written by others?',
    code: 'The files were written by others. They run inside a sandbox of this tab that has no access to this page, your files, your keys or the network.',
    tampered:
      'The link was changed after it was made. What runs may not be what its author shared: look at the files first.',
    several: (count: number): string =>
      `${count} runs are carried out, each in a sandbox of its own, as many at once as this device has room for.`,
    download: (size: string): string =>
      `Up to ${size} are downloaded first, as far as they are not here yet:`,
    engine: (name: string, size: string): string => `the ${name} engine, ${size}`,
    packages: (count: number, size: string): string =>
      `${count === 1 ? '1 package' : `${number(count)} packages`}, ${size}, and the list of packages`,
    collection: (size: string): string => `what runs the collection, ${size}`,
    unstored: (names: string): string => `Not on this site, and asked of the package registry: ${names}.`,
    measuring: 'The sizes are being looked up.',
    unknown:
      'The sizes could not be looked up. Without a network it runs only if everything is here already.',
    compressed: 'Most hosts compress them on the way, so less is transferred.',
    run: 'Run it',
    cancel: 'Do not run it',
  },

  reproduction: {
    heading: 'Result of the comparison',
    reproduced: 'Reproduced',
    reproducedText:
      'The fresh run came to the same verdict, the same result of every assertion, and the same rules.',
    different: 'Not reproduced',
    differences: (count: number): string => (count === 1 ? '1 difference' : `${number(count)} differences`),
    differentText: (count: number): string =>
      count === 1
        ? 'The fresh run differs in one thing.'
        : `The fresh run differs in ${number(count)} things.`,
    incomparable: 'Not comparable',
    incomparableText: 'The two are not the same trial, so their results say nothing about each other.',
    claimed: 'Claimed',
    fresh: 'Here',
    what: 'What',
    missing: '–',
    verdict: 'Verdict',
    scored: (passed: number, total: number, strict: string): string => `${passed}/${total}, A% ${strict}`,
    unscored: (reason: string): string => `unscored: ${reason}`,
    rule: (rule: string, profile: string): string => `Rule ${rule} (${profile})`,
    finding: (place: string): string => `Finding at ${place}`,
    found: 'found',
    notFound: 'not found',
    obstacles: {
      task: 'Task',
      level: 'Level',
      'task-version': 'Version of the tasks',
      suite: 'Suite',
      profile: 'Profile of the rules',
      verifiers: 'Version of the rules',
      files: 'Files',
      collection: 'Collection',
      unscored: 'Scored or not',
    } satisfies Record<Obstacle['what'], string>,
    circumstances: (count: number): string =>
      count === 1
        ? 'One thing around it was not the same, and may explain a difference'
        : `${number(count)} things around it were not the same, and may explain a difference`,
    circumstance: {
      engine: 'Engine',
      version: 'Version of',
      package: 'Package',
      substitution: 'Replaced:',
    } satisfies Record<Circumstance['what'], string>,
    open: 'Open the fresh run',
    more: (count: number): string => `and ${number(count)} more`,
  },
} as const;
