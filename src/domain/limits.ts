/** Every limit of a run, in one place. Bytes unless the name says otherwise; times in milliseconds. */
export const limits = {
  /** Time a stage may take before the run is ended. */
  installMs: 180_000,
  /** The same for real processes, which may compile packages. */
  nativeInstallMs: 900_000,
  startMs: 60_000,
  /** How long a server that run.sh left behind in the background may still take to get healthy. */
  backgroundGraceMs: 5_000,
  healthPollMs: 100,
  requestMs: 10_000,
  suiteMs: 240_000,
  /** A user's own collection: one script of it, all of it, its size and that of its environment. */
  scriptMs: 10_000,
  collectionMs: 240_000,
  collectionBytes: 8 * 2 ** 20,
  /** Its requests, with those of loops; depth of its folders; tests of one request; variables of a scope; lines of its
   * console. */
  collectionRequests: 5_000,
  collectionDepth: 64,
  collectionAssertions: 5_000,
  collectionVariables: 5_000,
  collectionConsoleLines: 2_000,
  /** Characters of a name, an address or a message; header lines of a request. */
  collectionTextLength: 65_536,
  collectionHeaders: 1_000,
  /** The verifiers, over all files of a submission. */
  verifyMs: 30_000,
  /** A WebContainer: the host's runtime, the same when nothing answers there, our relay inside. */
  hostBootMs: 60_000,
  unreachableHostMs: 10_000,
  relayMs: 60_000,
  /** Time between SIGTERM and the end of a process that ignores it: servers close their connections and workers in it. */
  killGraceMs: 2_000,

  /** A submission as it comes in: files, bytes of one, bytes of all, compressed size, path length and depth. */
  submissionFiles: 5_000,
  submissionFileBytes: 4 * 2 ** 20,
  submissionBytes: 32 * 2 ** 20,
  archiveBytes: 32 * 2 ** 20,
  /** A file of a submission that is fetched from an address. */
  importFetchMs: 60_000,
  pathLength: 512,
  pathDepth: 32,

  /** A model's answer, in characters; what goes beyond is not read. */
  answerCharacters: 8 * 2 ** 20,

  /** A link: characters after the `#`, bytes of its JSON once inflated. Why these: docs/links.md. */
  linkCharacters: 32_000,
  linkBytes: 4 * 2 ** 20,
  /** Of a link, characters of a text that explains a result; of all of them; findings of one rule. */
  linkTextLength: 160,
  linkTextsLength: 24_000,
  linkFindings: 50,
  /** Runs that one link holds. */
  sharedRuns: 10,
  /** A file of whole runs: their number, its size, and the bytes of its JSON once inflated. */
  runFileRuns: 200,
  runFileBytes: 32 * 2 ** 20,
  runFileJsonBytes: 96 * 2 ** 20,

  /** How long the browser's database may take to open, and for how long a deleted run can be had back. */
  storeOpenMs: 5_000,
  undoMs: 600_000,
  /** Characters of the name that a person gives a run of the history. */
  runTitleLength: 120,

  /** Servers that are kept after their runs; how long they are kept while the page is in the background. */
  keptServers: 2,
  keptHiddenMs: 300_000,
  /** Of a request made by hand, how long its answer may take unless said otherwise; how many are remembered of a server. */
  consoleRequestMs: 30_000,
  consoleRequests: 100,

  /** The virtual disk of one sandbox, and its number of files and directories. */
  diskBytes: 384 * 2 ** 20,
  diskFileBytes: 256 * 2 ** 20,
  diskInodes: 200_000,

  /** Output kept of one process; what goes beyond is counted and dropped, and said so. */
  outputBytes: 2 * 2 ** 20,
  /** Output a process may have under way before its writes wait. */
  outputInFlightBytes: 1 * 2 ** 20,
  /** One message from a sandbox to the page. */
  messageBytes: 32 * 2 ** 20,
  /** A response body that is read; the rest is an error. */
  responseBytes: 32 * 2 ** 20,
  /** Of a body, what the run record keeps. */
  recordedBodyBytes: 16 * 2 ** 10,

  /** Processes and open connections of one sandbox. */
  processes: 64,
  connections: 1_024,
  /** Python interpreters of a sandbox that are booted ahead of the processes that will use them. */
  sparePythons: 1,
  /** WebAssembly memory of one interpreter. */
  wasmBytes: 512 * 2 ** 20,

  /** A model: to its first token (reasoning models think in silence), between two, its whole answer. */
  firstTokenMs: 300_000,
  tokenIdleMs: 120_000,
  answerMs: 1_800_000,
  /** Bytes of one answer as sent, and characters of a provider's message that are shown. */
  answerBytes: 16 * 2 ** 20,
  providerTextLength: 600,
  /** The longest wait that a provider is granted before a request is repeated. */
  retryAfterMs: 120_000,
  /** The list of models, and a test of the connection. */
  modelListMs: 20_000,
  modelTestMs: 60_000,
} as const;
