import type { SourceKind } from '../setup/sources.ts';

const sourceNames: Readonly<Record<SourceKind, string>> = {
  reference: 'Reference',
  model: 'Model',
  import: 'Folder or zip',
  paste: 'Paste',
  link: 'Link',
  defect: 'Flawed',
  taken: 'Opened files',
};

/** Texts of the set-up side. */
export const setupText = {
  lacks: (feature: string) => `This browser lacks ${feature}.`,
  cannotRunYet: (task: string) => `${task} cannot run yet.`,
  beingRead: 'The submission is being read.',
  chooseFirst: 'Choose a submission first.',
  missingFile: (path: string) => `There is no ${path} at the top of the submission.`,
  stopped: 'You stopped the reading. Nothing was taken in.',

  /** What will probably make a submission fail. */
  doubts: {
    deeper: (folder: string) => `The folder ${folder} has a run.sh.`,
    takeAsTop: (folder: string) => `Take ${folder} as the top`,
    tookAsTop: (folder: string, others: number) =>
      others === 0
        ? `Took the folder ${folder} as the top.`
        : `Took the folder ${folder} as the top, without ${others.toLocaleString('en')} ${others === 1 ? 'file' : 'files'} beside it.`,
    otherFramework: (named: string, task: string) =>
      `Its dependencies name ${named}, and the task above asks for ${task}.`,
    chooseTask: (task: string) => `Choose ${task}`,
    noText: (path: string) => `${path} is no text in UTF-8: a shell cannot read it.`,
    byteOrderMark: (path: string) =>
      `${path} begins with a byte order mark, which a shell takes for a part of its first command.`,
    carriageReturns: (path: string) =>
      `${path} has the line ends of Windows (CRLF), which a shell takes for a part of its commands.`,
    pastedChanged: 'The text was changed since it was read. Press “Read files” to run what it says now.',
  },

  task: {
    heading: 'Task',
    lead: 'One API, eight frameworks, ten sets of rules. The level is the number of rules.',
    legend: 'Task',
    cell: (task: string, note: string) => (note === '' ? task : `${task}, ${note}`),
    notes: { ready: '', trial: 'untested', coming: 'coming' },
    levels: [
      ['L0', 'no rules: any structure, any storage'],
      ['L1', 'one rule: layers, or a database'],
      ['L2', 'two rules: layers and a database, or a database and an ORM'],
      ['L3', 'all rules: layers, a database and an ORM'],
    ],
    marks: { layers: 'Layers', sqlite: 'SQLite', postgres: 'PostgreSQL', orm: 'ORM' },
    markButton: (mark: string) => `${mark}: what the rule says`,
    ruleOf: (mark: string, language: string) => `${mark}, as the prompt says it (${language})`,
    loadingRule: 'Loading the rule…',
    close: 'Close',
    legendOf: {
      reference: 'tested here, with a reference',
      trial: 'can be run; not tested here yet',
      coming: 'coming: PostgreSQL does not run in the tab yet',
    },
    asks: 'Asks for',
    port: (port: number) => `port ${port}`,
    prompt: 'Show the prompt',
  },

  prompt: {
    heading: 'What a model is asked',
    about: (task: string) => `The prompt of ${task}. Sent as it stands, with nothing before or after it.`,
    size: (characters: string, sections: number, version: string) =>
      `${characters} characters in ${sections} sections, version ${version}`,
    sectionSize: (characters: string) => `${characters} characters`,
    copyAll: 'Copy the prompt',
    copySection: 'Copy this section',
    loading: 'Loading the prompt…',
    failed: (why: string) => `The prompt could not be loaded: ${why}`,
  },

  submission: {
    heading: 'Submission',
    legend: 'Where the submission comes from',
    kinds: sourceNames,
    reading: 'Reading…',
    readingOf: (done: number, total: number) =>
      `Reading file ${done.toLocaleString('en')} of ${total.toLocaleString('en')}…`,
    fetching: (got: string, of: string | undefined) =>
      of === undefined ? `Fetching… ${got}` : `Fetching… ${got} of ${of}`,
    stop: 'Stop',
    replaced: (label: string) => `Your edits to “${label}” were set aside.`,
    bringBack: 'Bring them back',
    reference: (label: string) => `${label}. Change a line in it and see what the judge says.`,
    noReference: 'This task has no reference submission yet. These have one:',
    taken: (label: string) => `Taken over: ${label}. The task above is the one that it is judged by.`,
    files: (count: string, size: string) => `${count}, ${size}`,
    ready: (count: string, label: string) => `Ready to run: ${count}, ${label}`,
    edited: 'edited here',
    undoEdits: 'Undo all edits',
    editsUndone: 'The files are as they came in.',
    bringEditsBack: 'Undo',
    list: 'Files of the submission',
    showFiles: 'Show files',
    more: (count: number) => `and ${count.toLocaleString('en')} more`,
    inEditor: (path: string) => `Open ${path} in the editor`,
  },

  import: {
    drop: 'Drop a folder, a .zip or a .patch file here',
    stays: 'It stays in this tab. Dropping works anywhere on the page.',
    folder: 'Choose a folder',
    file: 'Choose files',
    accepted: 'What is accepted',
    rules: (limits: { files: string; one: string; all: string; archive: string }) => [
      'A folder or a .zip with run.sh and package.json or requirements.txt at its top. If one folder holds everything, that folder is the top.',
      'A .patch or .diff of git: the lines that it adds are the submission.',
      'Single files, several at once.',
      'Left out: node_modules, .git, .venv, __pycache__, __MACOSX, .DS_Store.',
      `Up to ${limits.files} files, ${limits.one} each and ${limits.all} in all; a .zip up to ${limits.archive}.`,
    ],
    otherArchive: (name: string) =>
      `${name} is an archive of a kind that cannot be read here. Unpack it and drop the folder, or pack it as .zip.`,
    noDiff: (name: string) => `${name} holds no diff. Make it with “git diff”.`,
    runFile: (name: string) => `${name} is a file of runs. Open the history and drop it there.`,
    nothing: 'What was dropped holds no files. Drop a folder, a .zip or a .patch file.',
    nothingChosen: 'Nothing was chosen.',
  },

  paste: {
    label: 'Several files in one text',
    help: 'A line “=== run.sh ===” above each file, a model’s answer with its code blocks, or a git diff.',
    example:
      '=== run.sh ===\nexec node server.js\n\n=== package.json ===\n{ "type": "module" }\n\n=== server.js ===\n…',
    name: 'File name',
    read: 'Read files',
    leftOut: (line: number, why: string) => `Left out what is at line ${line.toLocaleString('en')}: ${why}`,
    incomplete: (path: string, line: number, remark: string) =>
      `${path} may not be whole. Line ${line.toLocaleString('en')} says: ${remark}`,
    truncated: (path: string | undefined) =>
      path === undefined ? 'The text ends in the middle.' : `The text ends in the middle of ${path}.`,
    commands: (list: string) => `Commands between the files are not run: ${list}`,
    more: (count: number) => `And ${count.toLocaleString('en')} more.`,
  },

  link: {
    label: 'A link to a run, or the https address of a .zip, a .patch or a file',
    open: 'Open the run',
    fetch: (host: string) => `Fetch from ${host}`,
    fetchNothing: 'Fetch',
    runHelp: 'The run is opened as it was shared. Nothing runs before you say so.',
    consent: (host: string) =>
      `${host} sees your IP address and which file you ask for. No cookies and no address of this page are sent.`,
    offline: 'This browser is offline: only links to runs can be opened.',
    empty: 'Paste a link to a run (#r1.…), or the address of a .zip, a .patch, a single file, or a gist.',
    notUrl: 'This is no address. An address begins with https://.',
    notHttps: (scheme: string) =>
      `Addresses that begin with ${scheme}// are not fetched, only those with https://. Download the file yourself and drop it here.`,
    credentials: 'The address holds a user name or a password. Take it out: it would be sent along.',
    blocked: (host: string) =>
      `${host} gave no answer that this page may read. Either it cannot be reached, or it does not allow other sites to read its files (CORS). Download the file yourself and drop it here.`,
    wentOffline: 'This browser went offline. Try again when it is online, or drop the file here.',
    status: (host: string, status: number) =>
      `${host} answered ${status}${status === 404 ? ' (not found)' : status === 401 || status === 403 ? ' (not allowed)' : ''}. Open the address in a tab of its own to see what it says.`,
    tooLarge: (host: string, most: string) =>
      `The file of ${host} is larger than ${most}. Leave out node_modules and what else is not source.`,
    slow: (host: string, seconds: number) =>
      `${host} took longer than ${seconds} seconds. Download the file yourself and drop it here.`,
    page: (host: string) =>
      `${host} gave a web page instead of a file. Copy the address of the download itself, or download the file and drop it here.`,
    unknownContent: (name: string) =>
      `${name} is neither a .zip nor a patch, and holds no files that are named.`,
    cutGist: (file: string) =>
      `${file} is too large to be given whole. Download the gist as a .zip and drop it here.`,
    source: (host: string, name: string) => `${name} from ${host}`,
  },

  defect: {
    label: 'Submission that is flawed on purpose',
    choose: 'Choose one…',
    about:
      'Written by hand to show what a verdict looks like when something is wrong. Choosing one chooses its task.',
    fails: (stage: string) => `Fails in the stage “${stage}”.`,
    shows: (assertion: string) => `Seen in the assertion ${assertion}.`,
  },

  options: {
    heading: 'More options',
    builtIn: 'built-in suite',
    embedded: 'embedded engine',
    chosen: (judge: string, engine: string) => `${judge}, ${engine}`,
  },

  suite: {
    heading: 'Suite',
    about:
      'Judge with a Postman collection of your own (v2.1): requests, variables and test scripts run as Newman runs them. Scripts run in an isolated frame without a network; requests go to the submission only.',
    choose: 'Choose a collection',
    chooseEnvironment: 'Choose an environment',
    reset: 'Back to the built-in suite',
    collection: 'Collection',
    environment: 'Environment',
    noEnvironment: 'none; these variables are set:',
    remove: 'Remove',
    roles: 'What the collection is for',
    instead: 'It decides the verdict, in place of the built-in suite',
    beside: 'It runs after the built-in suite, which decides',
    cannotBeUsed: (file: string, why: string) => `${file} cannot be used: ${why}`,
    tooLarge: (megabytes: number) => `It is larger than ${megabytes} MB.`,
  },

  engine: {
    heading: 'Engine',
    legend: 'What runs the submission',
    embedded: 'Embedded engine',
    embeddedAbout: 'Node 20 in this tab. Works offline; what runs in it reaches no network.',
    webcontainer: 'WebContainers by StackBlitz',
    webcontainerAbout: 'Their runtime, loaded from stackblitz.com. Packages come from the real registry.',
    networkTitle: 'Their sandbox has network access of its own.',
    network: 'What a submission does in it can reach the internet; the embedded engine allows none.',
    licence:
      'The runtime is proprietary. StackBlitz’s terms of service apply, and commercial use needs a licence from StackBlitz.',
    oneAtATime: 'One such run goes at a time; the next waits for it.',
    key: 'API key, where StackBlitz asks for one',
    keyKept: 'Kept in memory until this page is closed; in no record, link or log.',
    consent: 'Load the runtime from stackblitz.com when I press Run. Nothing is loaded before.',
    offline: 'This browser is offline, and WebContainers are loaded from their vendor.',
    agreeFirst: 'Agree to load WebContainers first, or choose the embedded engine.',
  },
} as const;
