/** Words of the first visit: the panel that stands where the verdict will be, and the tour. */
export const welcomeText = {
  heading: 'Does the backend survive its rules?',
  what: [
    'A language model writes a web backend for a fixed API. This page installs it, starts it, sends it hundreds of checked requests and reads its code for broken rules.',
    'All of that happens inside this tab: no account, no key, and nothing you give it is sent anywhere.',
  ],
  scoreBefore: ' = the share of assertions that passed, but 0 when the code breaks a rule of its task.',
  scoreAfter: ' only when all assertions passed and all rules hold.',
  first: {
    label: 'Run the reference',
    about: 'Express, no rules (L0), written by hand. The verdict takes some seconds.',
  },
  more: 'Or begin with',
  levels: {
    label: 'All levels side by side',
    about: 'Express with no rules (L0), some, and all of them (L3): references, each in its own sandbox.',
    group: 'references of Express, written by hand',
  },
  rule: {
    label: 'A broken rule',
    about:
      'The same working server, where a SQLite database was asked for: every assertion passes, and A% is 0.',
    source: 'reference express-unconstrained (written by hand), judged where SQLite is asked for',
    note: 'This server keeps its data in memory. The task asks for SQLite: the database rule is broken.',
  },
  failing: {
    label: 'A failing example',
    about: 'A flawed server, written by hand: see which request went wrong, and where in the code.',
  },
  tour: { label: 'Take the tour', about: 'Where things are, in six steps.' },
  finding: 'Why this matters: the published finding',
  cannot: (why: string): string => `Nothing can be run here yet: ${why}`,
} as const;
