/** The words of the field, explained where they stand and in the glossary of the help. `section`: where the help tells more. */
export const helpTerms = {
  decay: {
    word: 'Constraint decay',
    meaning:
      'The same API is asked for with more and more structural rules, and fewer and fewer assertions pass.',
    section: 'finding',
  },
  level: {
    word: 'Level',
    meaning:
      'How many kinds of rules a task sets, 0 to 3: layers, a database, an ORM. L0 sets none, L3 sets all of them. The API is the same at every level.',
    section: 'levels',
  },
  raw: {
    word: 'Raw A%',
    meaning:
      'The assertions that passed, as a share of all assertions of the suite. One that was not reached counts as failed.',
    section: 'scores',
  },
  strict: {
    word: 'A%',
    meaning: 'The share of assertions that passed, but 0 when the code breaks a structural rule of its task.',
    section: 'scores',
  },
  pass: {
    word: 'Passed',
    meaning: 'Every assertion passed and every rule of the task holds. Anything less is Failed.',
    section: 'scores',
  },
  unscored: {
    word: 'Unscored',
    meaning:
      'The playground could not give the submission a fair run, for example because a package is missing here. It says nothing about the submission.',
    section: 'scores',
  },
  notReached: {
    word: 'Not reached',
    meaning:
      'An assertion that could not be tried, because what it builds on had failed. It counts as failed.',
    section: 'scores',
  },
  profile: {
    word: 'Profile',
    meaning:
      'How rules are checked. “parser” reads the code with real parsers and decides; “paper” has the rules of the published benchmark, for numbers that compare with it.',
    section: 'profiles',
  },
  substitution: {
    word: 'Replaced',
    meaning:
      'A part that cannot run in a browser, such as a compiled add-on, has a stand-in with the same entry points. Every one is listed with the run.',
    section: 'replaced',
  },
  reference: {
    word: 'Reference',
    meaning:
      'A submission written by hand that passes its task: to see what passing looks like, and to start from.',
    section: 'run',
  },
} as const satisfies Record<string, { word: string; meaning: string; section: string }>;

export type TermId = keyof typeof helpTerms;
