/** Texts of the set-up side. */
export const setupText = {
  lacks: (feature: string) => `This browser lacks ${feature}.`,
  cannotRunYet: (task: string) => `${task} cannot run yet.`,
  beingRead: 'The submission is being read.',
  chooseFirst: 'Choose a submission first.',
  missingFile: (path: string) => `There is no ${path} at the top of the submission.`,
  stopped: 'You stopped the reading. Nothing was taken in.',
} as const;
