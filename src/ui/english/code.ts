/** What the code side says. */
export const codeText = {
  region: 'Code',
  empty: 'Choose a submission on the left: its files are shown and edited here.',

  editorLabel: (path: string, readOnly: boolean) =>
    `${path}, ${readOnly ? 'read-only' : 'editor'}. Ctrl+M switches whether Tab indents or moves on.`,
  readOnlyHint: 'These are the files as they were run. “Edit a copy” puts them into the draft.',
} as const;
