/** Texts of generations that were interrupted. */
export const resumeText = {
  heading: 'A generation was interrupted',
  finished: 'A generation was not run',
  region: 'Interrupted generations',
  kept: (count: number, cost: string | undefined) =>
    `${count.toLocaleString('en')} ${count === 1 ? 'answer was' : 'answers were'} kept (${
      cost === undefined ? 'cost not known' : `cost $${cost}`
    })`,
  goOn: 'Go on',
  goOnFor: (model: string) => `Go on with the generation of ${model}`,
  keepFiles: (count: number) => `Keep the ${count === 1 ? 'file' : `${count} files`} so far`,
  forget: 'Forget',
  forgetFor: (model: string) => `Forget the generation of ${model}`,
  help: 'Going on asks nothing that was answered already. A question that has become another one is asked anew, such as one with the output of a run that differs.',
  unknown: 'This version of the page has no such task or way of asking.',
  brief: 'This browser does not keep the answers: closing the tab loses them.',
} as const;
