/** Words of the dialog that makes a report on a fault. */
export const reportText = {
  title: 'Report on a fault',
  lead: 'A file for whoever mends this page. It is not sent anywhere: look at it, save it, and send it yourself.',
  run: 'The run: task, versions, stages, verdict',
  traffic: 'Its output, requests and responses',
  files: 'The files of the submission',
  thorough: 'Remove tokens, passwords and values named like them',
  always: 'API keys are always removed.',
  preview: 'All of the report',
  save: 'Save the report',
  copy: 'Copy the report',
  saved: (name: string): string => `Saved as ${name}.`,
  making: 'The report is being made.',
  size: (characters: number): string => `${characters.toLocaleString('en')} characters`,
} as const;
