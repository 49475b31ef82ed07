/** What the code side says. */
export const codeText = {
  region: 'Code',
  empty: 'Choose a submission on the left: its files are shown and edited here.',
} as const;
