import type { StageName } from '../../domain/run.ts';
import type { AssertionResult, Finding, Profile } from '../../domain/verdict.ts';
import type { SubstitutionKind, UnsupportedReason } from '../../domain/engine-report.ts';
import { counted } from '../text/format.ts';

type Status = AssertionResult['status'];

/** What the result side says. */
export const resultText = {
  tabs: {
    label: 'Results',
    code: 'Code',
    assertions: 'Assertions',
    console: 'Console',
    requests: 'Requests',
    collection: 'Collection',
    rules: 'Rules',
    details: 'Details',
  },
  status: { passed: 'passed', failed: 'failed', 'not-reached': 'not reached' } satisfies Record<
    Status,
    string
  >,

  verdict: {
    heading: 'Verdict',
    faces: {
      none: 'No verdict yet',
      running: 'Running…',
      passed: 'Passed',
      failed: 'Failed',
      unscored: 'Unscored',
      cancelled: 'Cancelled',
      broken: 'Could not be run',
    },
    figures: { assertions: 'assertions' },
    profile: (name: Profile) => `${name} profile`,
    judgedBy: (file: string) => `judged by ${file}`,
    none: 'Press Run. The files are installed and started on a small machine inside this tab, a suite sends real HTTP requests to the server, the code is checked against the rules of the task, and the share of passed assertions is the score.',
    running: 'The verdict appears here.',
    save: 'Save run record',
    why: 'Why',
    allWell: 'Every assertion passed and every rule of the task holds.',
    stoppedAt: (stage: string, message: string) => `Stopped at ${stage}: ${message}`,
    noReason: 'no reason was given',
    failed: (count: number) => `${counted(count, 'assertion')} failed.`,
    notReached: (count: number) => `${counted(count, 'assertion')} not reached, which counts as failed.`,
    outside: (message: string) => `${message}.`,
    violates: (rules: readonly string[]) =>
      `Violates ${rules.length === 1 ? 'the rule' : 'the rules'} ${rules.join(', ')}, so A% is 0.`,
    reason: (text: string) => `Reason: ${text}`,
    saysNothing: 'This says nothing about the submission.',
    cancelled: 'Nothing was judged. Press Run to try again.',
    otherProfile: (name: Profile, compliant: boolean, same: boolean) =>
      `Under the ${name} profile the rules are ${compliant ? 'met' : 'violated'}${same ? ' too' : ' instead'}.`,
    showIt: 'Show',
    advice: {
      'needs-registry':
        'What to do: go online, so that the package can be fetched from the registry, or ask for a version that the playground has.',
      'native-package':
        'What to do: use a package that needs no compiled add-on, or run it with `decay run --engine native` on a machine of yours.',
      'missing-binding':
        'What to do: run it with `decay run --engine native` on a machine of yours; a bug report helps to close the gap.',
      deadlock:
        'What to do: run it with `decay run --engine native`; only a real database server could resolve it.',
      resource:
        'What to do: close other tabs and runs, and try again; a submission that needs more memory can be run with `decay run`.',
      engine: 'What to do: try again. If it happens twice, save a report: the fault is the playground’s.',
    } satisfies Record<UnsupportedReason, string>,
    otherAdvice: 'What to do: try again. If it happens twice, save a report: the fault is the playground’s.',
  },

  stages: {
    label: 'Stages',
    chart: 'Time of each stage',
    beforeTime: (before: string) => `before ${before}`,
    before: (now: string, before: string) => `${now}, before ${before}`,
    share: (percent: number) => `${percent} % of the run`,
    command: 'Command',
    exitCode: 'Exit code',
    time: 'Time',
    startedAt: 'Began at',
    message: 'Message',
    lines: (count: number) => (count === 0 ? 'It wrote nothing.' : `Output, ${counted(count, 'line')}`),
    lastLines: (shown: number, all: number) => `the last ${shown} of ${all} lines`,
    inConsole: 'Show in the console',
    close: 'Close',
    skipped: 'It was skipped.',
    waiting: 'It has not begun.',
  },

  assertions: {
    region: 'Assertions',
    show: 'Show assertions',
    filters: { all: 'All', failed: 'Failed', passed: 'Passed', 'not-reached': 'Not reached' },
    search: 'Search assertions',
    searchHint: 'Search: endpoint, sentence, id',
    groupBy: 'Group by',
    groupings: { endpoint: 'Endpoint', group: 'Topic' },
    endpoint: 'Endpoint',
    allEndpoints: 'All endpoints',
    code: 'Answer',
    allCodes: 'All answers',
    codeName: (code: string) => (code === 'none' ? 'no answer' : code),
    previous: 'Previous one that did not pass (k)',
    next: 'Next one that did not pass (j)',
    foldAll: 'Fold all',
    openAll: 'Open all',
    clear: 'Clear filters',
    groupPassed: (passed: number, total: number) => `${passed} of ${total} passed`,
    found: (found: number, all: number) => `${found} of ${counted(all, 'assertion')} shown`,
    none: 'No assertion has been judged yet',
    noneAdvice:
      'Press Run: as soon as the server answers, every check of the suite appears here with its request.',
    noneFits: 'No assertion fits the filter',
    noneFitsAdvice: 'Clear the filters to see all of them.',
    why: 'Why',
    expected: 'Expected',
    got: 'Got',
    contract: 'Contract',
    noContract: 'The contract could not be loaded.',
    origins: 'Made from',
    origin: (names: readonly string[], from: string) => `${names.join(', ')} of ${from}`,
    again: 'Open in the request console',
    copyId: 'Copy id',
    serverError: 'The server logged an error',
    serverLog: (count: number) => `What the server wrote meanwhile, ${counted(count, 'line')}`,
    noTime:
      'This record does not say when its requests were sent, so that output cannot be laid beside them.',
    wroteNothing: 'The server wrote nothing meanwhile.',
    notSent: 'No request was sent for it.',
    notInLink:
      'Requests and answers are not part of a link. Run it again to see them, or ask for the file of the run.',
  },

  exchange: {
    request: 'Request',
    response: 'Response',
    none: 'There was no response.',
    pretty: 'Pretty',
    raw: 'Raw',
    bodyView: 'How bodies are shown',
    headers: (count: number) => counted(count, 'header'),
    noBody: 'No body',
    truncated: (kept: string) => `Only the first ${kept} of the body were kept.`,
    curl: 'Copy as curl',
    fetch: 'Copy as fetch',
    http: 'Copy as HTTP',
    sentAt: (time: string) => `sent at ${time}`,
    burst: 'sent at the same time as others',
  },

  trace: {
    frames: 'Stack trace',
    inPackages: (count: number) => `${counted(count, 'frame')} in packages and the runtime`,
    open: (path: string, line: number) => `Open ${path} at line ${line}`,
    at: (path: string, line: number) => `${path}:${line}`,
    inFunction: (name: string) => `in ${name}`,
    ownTop: 'Where it happened',
  },

  console: {
    region: 'Console',
    output: 'Output',
    lines: (count: number) => counted(count, 'line'),
    some: (shown: number, all: number) => `${shown.toLocaleString('en')} of ${counted(all, 'line')}`,
    dropped: 'there was more output than is kept',
    follow: 'Follow the end',
    wrap: 'Wrap',
    stage: 'Stage',
    allStages: 'All stages',
    stream: 'Stream',
    allStreams: 'All streams',
    streams: { stdout: 'Output', stderr: 'Errors', system: 'Playground' },
    search: 'Search output',
    found: (at: number, count: number) =>
      count === 0 ? 'nothing found' : `${at < 0 ? '' : `${at + 1} of `}${counted(count, 'line')} found`,
    onlyFound: 'Only these lines',
    previous: 'Previous find',
    next: 'Next find',
    copy: 'Copy',
    save: 'Save output',
    clear: 'Show everything',
    errorStream: 'error stream:',
    empty: 'Output of the install and of the server appears here.',
    noneFits: 'No line fits the filter.',
    toEnd: 'To the end',
  },

  rules: {
    region: 'Rules',
    none: 'No rule has been checked yet',
    noneAdvice: 'The rules of the task are checked on the code after the suite.',
    noRules: 'This task has no rules on the code (L0).',
    differ: 'Where the profiles differ',
    holdsFor: (one: Profile, other: Profile) => `holds for ${one}, violated for ${other}.`,
    profile: (name: Profile) => `${name} profile`,
    version: (version: string, deciding: boolean) =>
      `version ${version}${deciding ? ', decides A% and pass' : ', for comparison'}`,
    names: {
      architecture: 'architecture',
      database: 'database',
      orm: 'orm',
      framework: 'framework',
    } satisfies Record<Finding['rule'], string>,
    asks: {
      architecture:
        'Four layers (routes, services, repositories, models), each in its own directory, each using only what lies below it.',
      database: 'The data lies in the database of the task, and in no other.',
      orm: 'The data is reached through the ORM of the task.',
      framework: 'The server is made with the framework of the task.',
    } satisfies Record<Finding['rule'], string>,
    holds: 'holds',
    violated: 'violated',
    reasons: (count: number) => counted(count, 'reason'),
    evidence: (count: number) => (count === 1 ? '1 place that shows it' : `${count} places that show it`),
    more: (count: number) => `and ${count} more`,
    note: 'Note:',
    read: 'The rule in full',
    readFailed: 'The rule could not be loaded. Is the network there?',
  },

  details: {
    region: 'Details',
    none: 'No run has ended yet',
    noneAdvice: 'Versions, installed packages and what was replaced are listed after a run.',
    replaced: 'Replaced so that it runs in a browser',
    kinds: {
      core: 'core replaced',
      version: 'other version',
      omitted: 'left out',
      runtime: 'runtime',
    } satisfies Record<SubstitutionKind, string>,
    means: {
      core: 'Its compiled part has a stand-in; the files of the package itself run unchanged. Results should be the same; a difference is a fault of the playground.',
      version:
        'Another version than asked for was installed. What differs between the versions may show in the verdict.',
      omitted: 'It was left out, because nothing of it runs here. The submission fails where it needs it.',
      runtime: 'The program runs in another way than on a server. Results should be the same; speed is not.',
    } satisfies Record<SubstitutionKind, string>,
    nothingReplaced: 'Nothing was replaced.',
    run: 'Run',
    id: 'Id',
    createdAt: 'Began',
    source: 'Submission',
    files: (count: number, size: string) => `${counted(count, 'file')}, ${size}`,
    total: 'Time in all',
    profile: 'Profile that decides',
    versions: 'Versions',
    task: 'Task',
    suite: 'Suite',
    verifiers: 'Verifiers',
    engine: 'Engine',
    times: 'Times',
    stage: 'Stage',
    outcome: 'Outcome',
    began: 'Began after',
    took: 'Took',
    exit: 'Exit code',
    packages: (count: number) => counted(count, 'installed package'),
    searchPackages: 'Search packages',
    noPackage: 'No package fits.',
    packagesUnknown: 'Which packages were installed is not known.',
    copyJson: 'Copy as JSON',
    limits: 'Limits of a run',
    limitNames: {
      installMs: 'install',
      startMs: 'start',
      requestMs: 'one request',
      suiteMs: 'suite',
      verifyMs: 'verifiers',
      outputBytes: 'output of a process',
      recordedBodyBytes: 'kept of a body',
      diskBytes: 'disk',
      processes: 'processes',
    },
  },

  collection: {
    region: 'Collection',
    summary: (requests: number, assertions: number, failed: number) =>
      `${counted(requests, 'request')}, ${counted(assertions, 'assertion')}, ${failed} failed`,
    saveJson: 'Save as Newman’s JSON',
    saveCsv: 'Save as CSV',
    notSaved: (why: string) => `It could not be saved: ${why}`,
    stoodIn: (names: string) =>
      `The submission stood in for ${names}, which the collection's variables name.`,
    skipped: '(skipped)',
    scriptEnded: (script: 'test' | 'prerequest') =>
      script === 'test' ? 'Test script ended:' : 'Pre-request script ended:',
    noAnswer: 'No answer:',
    coming: 'The requests of your collection appear here as they are made.',
    none: 'No request of your collection was made.',
  },
} as const;

/** The command of a stage, where it is one. */
export const stageCommand = (stage: StageName, install: readonly string[]): string | undefined =>
  stage === 'install' ? install.join(' ') : stage === 'start' ? './run.sh' : undefined;
