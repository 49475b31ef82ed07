/** Words of the frame around the views, and of what every view may show. */
export const shellText = {
  title: 'Constraint Decay Playground',
  tagline: 'An LLM-written backend, installed, started, tested and judged inside this browser tab.',
  skip: 'Skip to content',
  navigation: 'Views',
  views: {
    playground: 'Playground',
    history: 'History',
    batch: 'Batch',
    help: 'Help',
    shared: 'Shared run',
  },
  windowTitle: (...parts: readonly string[]): string =>
    [...parts.filter((part) => part !== ''), 'Constraint Decay Playground'].join(' · '),

  browser: {
    ready: 'This browser has all it takes',
    lacking: (count: number): string =>
      count === 1 ? 'This browser lacks one thing' : `This browser lacks ${count} things`,
    offline: 'Offline: what is loaded keeps working',
    list: 'What this browser lacks',
    blocksAll: '(nothing can run without it)',
    blocks: (languages: readonly string[]): string => `(no ${languages.join()} server can run without it)`,
  },

  appearance: {
    button: 'Appearance',
    theme: 'Colours',
    themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
    size: 'Size',
    sizes: { normal: 'Normal', large: 'Large, for presentations' },
  },

  setup: {
    heading: 'Set-up',
    fold: 'Hide set-up',
    unfold: 'Show set-up',
  },
  run: 'Run',
  verdict: 'The verdict',
  workbench: {
    code: 'Code',
    results: 'Results',
    resize: 'Resize code and results',
  },

  notices: {
    dismiss: 'Dismiss',
    fault: (message: string): string => `Something in this page went wrong: ${message}`,
  },
  boundary: {
    heading: (what: string): string => `${what} cannot be shown`,
    advice: 'The rest of the page works on. Try again; if it happens twice, a report helps to mend it.',
    again: 'Try again',
    report: 'Make a report',
    loading: (what: string): string => `Loading ${what}`,
    unreachable:
      'A part of the page could not be loaded. Is the network there? A new version may also have been put online: reload the page.',
  },
  copy: { copy: 'Copy', copied: 'Copied', failed: 'Copying was refused by the browser' },
  close: 'Close',
  more: 'More about this in the help',
} as const;
