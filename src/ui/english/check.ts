/** Words of the self-check: what each thing is needed for, and what to do when it is not there. */
export const checkText = {
  heading: 'Self-check',
  lead: 'What this browser has of what the playground needs. Each line was tried just now, not guessed from the name of the browser.',
  running: 'Checking…',
  again: 'Check again',
  copy: 'Copy as text',
  neededFor: 'Needed for',
  found: 'Found',
  advice: 'What to do',
  status: {
    ok: 'there',
    limited: 'limited',
    missing: 'missing',
    unknown: 'cannot be told',
  },
  summary: (missing: number, limited: number): string =>
    missing === 0 && limited === 0
      ? 'Everything is there.'
      : [
          missing > 0 && `${missing} ${missing === 1 ? 'thing is' : 'things are'} missing`,
          limited > 0 && `${limited} ${limited === 1 ? 'thing is' : 'things are'} limited`,
        ]
          .filter((part) => part !== false)
          .join(', ') + '.',
  yes: 'yes',
  no: 'no',
  megabytes: (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`,

  isolation: {
    name: 'Shared memory',
    needed: 'every server: the processes of a sandbox share one disk in memory',
    advice:
      'The page must be served over https or from localhost with the headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp, and not inside the frame of another site.',
    found: (isolated: boolean, shared: boolean): string =>
      `cross-origin isolated: ${isolated ? 'yes' : 'no'}; growable SharedArrayBuffer: ${shared ? 'yes' : 'no'}`,
  },
  webAssembly: {
    name: 'WebAssembly',
    needed: 'every server: Python itself, SQLite, PostgreSQL',
    advice: 'It is switched off or missing. Use a current Chrome, Edge or Firefox, without lockdown mode.',
  },
  jspi: {
    name: 'Promise integration of WebAssembly (JSPI)',
    needed: 'Python servers with threads that wait side by side',
    advice:
      'Without it Python threads run one after the other, and servers that need more are unscored. Chrome and Edge have it from version 137.',
  },
  sandbox: {
    name: 'Sandbox',
    needed: 'every run: the submission runs in a worker inside a frame without an origin',
    found: 'a frame and a worker were started and removed',
    incomplete: 'the worker inside lacks shared memory or WebAssembly',
    advice:
      'An extension may block frames or workers, or sandbox.html is not served with its headers. Try a window without extensions.',
  },
  engineFiles: {
    name: 'Files of the engines',
    needed: 'the first run of a visit',
    found: (bytes: number): string => `their list came: ${bytes} bytes`,
    advice:
      'They come from the same address as the page. Offline, only what the browser still holds can run.',
  },
  indexedDB: {
    name: 'Database of the browser (IndexedDB)',
    needed: 'the history of runs, batches, and answers of models that survive a reload',
    found: 'written, read and deleted',
    advice:
      'Runs are kept until the page is closed; save those that matter as files. Private windows and blocked site data switch it off.',
  },
  storage: {
    name: 'Storage',
    needed: 'the history; about 1 MB a run at most',
    found: (used: string, quota: string, persisted: string): string =>
      `${used} used of ${quota}; kept when space is short: ${persisted}`,
    untold: 'this page is not told how much there is',
    advice: 'Less than 100 MB are left. Delete old runs in the history, or free space on the disk.',
    notPersisted:
      'The browser may delete the history when space is short. The history view can ask it not to.',
  },
  preferences: {
    name: 'Preferences and edits (localStorage, sessionStorage)',
    needed: 'remembering the theme and the layout, and edits that survive a reload',
    advice: 'Both hold until the page is reloaded or closed. Allow site data for this address to keep them.',
  },
  crypto: {
    name: 'WebCrypto',
    needed: 'checking hashes of packages and links, and encrypting keys that you ask to be kept',
    advice: 'Serve the page over https or from localhost.',
  },
  compression: {
    name: 'Compression streams',
    needed: 'links to runs, and package archives',
    found: 'packed and unpacked',
    advice: 'Use a current browser: all have it since 2023.',
  },
  clipboard: {
    name: 'Clipboard',
    needed: 'the copy buttons',
    advice: 'Select the text and copy it with the keyboard. Over https or from localhost the buttons work.',
  },
  tabs: {
    name: 'Word between tabs (BroadcastChannel, locks)',
    needed: 'a second tab that sees new runs at once',
    advice: 'Reload the other tab to see what was done in this one.',
  },
  machine: {
    name: 'Machine',
    needed: 'speed: cores decide how many runs go side by side',
    found: (cores: number, memory: string): string => `${cores} cores, memory ${memory}`,
    atLeast: (gigabytes: number): string => `${gigabytes} GB${gigabytes >= 8 ? ' or more' : ''}`,
    untold: 'not told by this browser',
    advice: 'Less than 4 GB: close other tabs, and run one at a time.',
  },
  network: {
    name: 'Network',
    needed: 'asking models, packages that are not in the store, WebContainers; not for anything else',
    online: 'online',
    offline: 'offline',
    advice: 'References and submissions with stored packages still run, once their engine is loaded.',
  },
  webGpu: {
    name: 'WebGPU',
    needed: 'nothing here: models are asked over the network, or on your own machine',
  },
  browser: { name: 'Browser', needed: 'a report of a fault' },
} as const;
