/** Texts of editing the prompt. */
export const promptsText = {
  heading: 'Prompt',
  open: 'Show and edit',
  ours: 'The prompt of the task',
  tokens: (count: string, exact: boolean) => (exact ? `${count} tokens` : `about ${count} tokens`),
  tokensHelp: (encoding: string, exact: boolean) =>
    exact
      ? `Counted with the encoding ${encoding}, which this model uses.`
      : `Counted with the encoding ${encoding}; models of other makers count otherwise, by a tenth or more.`,
  variant: 'Prompt to send',
  edit: 'Edit a copy',
  name: 'Name',
  firstName: (number: number) => `Variant ${number}`,
  remove: 'Delete this variant',
  keptBriefly: 'This browser keeps nothing for the page: variants go when it is closed.',
  sections: 'Sections',
  titleOf: (title: string) => `Title of “${title}”`,
  textOf: (title: string) => `Text of “${title}”`,
  changed: 'edited',
  left: 'left out',
  notHere: 'not for this task',
  send: 'Send this section',
  reset: 'Back to ours',
  drop: 'Remove this section',
  up: (title: string) => `Move “${title}” up`,
  down: (title: string) => `Move “${title}” down`,
  add: 'Add a section',
  newTitle: 'New section',
  whole: 'Edit as one text',
  wholeAbout: 'One text for this set of constraints: sections no longer come and go with the task.',
  wholeLabel: 'The whole prompt',
  sectionsAgain: 'Back to sections',
  variables: 'Variables',
  variablesAbout:
    'Write {{name}} where the value is to stand. A line that begins with {{if name}} stands only under that condition.',
  variableName: 'Name of a variable',
  variableValue: (name: string) => `Value of ${name}`,
  addVariable: 'Add a variable',
  badName: 'A name has letters only.',
  known: 'There are',
  preview: 'As it is sent',
  compare: 'Compare with',
  none: 'Nothing',
  difference: (added: number, removed: number) =>
    added + removed === 0
      ? 'No difference for this task.'
      : `${added} ${added === 1 ? 'line' : 'lines'} added, ${removed} removed.`,
  skipped: (count: number) => `${count} ${count === 1 ? 'line that is' : 'lines that are'} the same`,
  marks: { same: ' ', added: '+', removed: '-' },
  names: { same: '', added: 'added', removed: 'removed' },
} as const;
