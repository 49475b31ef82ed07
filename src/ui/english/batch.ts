/** Texts of the batch view. */
export const batchText = {
  heading: 'Batch',
  about:
    'Several models, tasks and samples, asked in one way. The table and the curve show how a model holds up as constraints are added.',
  list: 'Batches',
  fresh: 'New batch',
  none: {
    title: 'No batch yet',
    text: 'Choose models, frameworks and levels, and start. A batch goes on after a reload, and pays for nothing twice.',
  },
  keptBriefly:
    'This browser keeps nothing for the page: a batch goes when it is closed. Export what matters.',
  notSaved: 'The state of this batch could not be stored the last time.',
  form: {
    name: 'Name',
    firstName: (number: number) => `Batch ${number}`,
    models: 'Models',
    modelsHelp:
      'One name a line, as the provider writes them. They are asked at the address, with the key and the parameters that are set up below. For models of another provider, or with other parameters, keep these first.',
    kept: 'Models of this batch',
    put: (model: string) => `Add ${model}`,
    keep: 'Keep these, and choose more',
    again: (batch: string) => `Take the models of “${batch}”`,
    drop: (model: string) => `Take out ${model}`,
    dropShort: 'Take out',
    prices: 'Prices',
    connection: (provider: string) => `Connection: ${provider}`,
    noConnection: 'The address of the API is not right.',
    frameworks: 'Frameworks',
    levels: 'Levels',
    postgres: (tasks: number) =>
      tasks === 1
        ? 'One task on PostgreSQL is left out: no PostgreSQL server runs in a browser.'
        : `${tasks} tasks on PostgreSQL are left out: no PostgreSQL server runs in a browser.`,
    tasks: (chosen: number, all: number) =>
      chosen === all
        ? `${all} ${all === 1 ? 'task' : 'tasks'}`
        : `${chosen} of ${all} ${all === 1 ? 'task' : 'tasks'}`,
    samples: 'Samples of each',
    concurrency: 'At the same time',
    budget: 'Stop at, in US dollars',
    tokens: 'Stop at, in tokens',
    budgetHelp:
      'A question goes out only while what it may take is left: its text, and “Most tokens of one answer”. Without that limit the mean of the model so far is set aside, and 8,000 tokens for its first answer; a longer answer overdraws the budget.',
    unpriced: (models: string) =>
      `No price is known of ${models}: a budget in dollars does not hold for it. Choose it as the model of the connection and enter its price, or set a budget in tokens.`,
    exampleHelp:
      'The same files for every task. References of tasks of this batch are not offered: they would be the answer.',
    prompt: (name: string) => `Prompt: ${name}`,
    ours: 'that of each task',
    cells: (cells: number) =>
      `${cells.toLocaleString('en')} ${cells === 1 ? 'submission' : 'submissions'} to ask for`,
    nothing: 'Choose at least one model, one framework and one level.',
    tooMany: 'That is too many: choose fewer.',
    start: 'Start',
  },
  states: {
    paused: 'Paused',
    running: 'Running',
    budget: 'Stopped at its budget',
    provider: 'Paused: a provider failed several times in a row',
    finished: 'Finished',
  },
  progress: (done: number, total: number) =>
    `${done.toLocaleString('en')} of ${total.toLocaleString('en')} done`,
  running: (count: number) => `${count} under way`,
  unscored: (count: number) => `${count} unscored`,
  cost: (dollars: string) => `$${dollars}`,
  unpriced: (count: number) => `${count} without a known price`,
  tokens: (count: string) => `${count} tokens`,
  spent: 'The budget is spent. Raise it to go on.',
  and: ' and ',
  short: (needed: string) =>
    `The next question may take about ${needed}, and less is left. Nothing was asked. Raise the budget to go on, or limit the tokens of an answer in a new batch.`,
  failing: (models: string) =>
    `Asked no more, after three failures of the provider in a row: ${models}. Their reasons are with the submissions below.`,
  elsewhere: 'Another tab of this browser runs this batch. It is shown as it was when it began there.',
  settings: 'Budget and pace',
  pause: 'Pause',
  resume: 'Go on',
  stop: 'Stop now',
  retry: 'Ask again for the unscored',
  remove: 'Delete this batch',
  removeAbout: 'Its table goes, and the answers that are kept for going on. Its runs stay in the history.',
  removeNow: 'Delete it',
  removeNot: 'Keep it',
  csv: 'Table as CSV',
  json: 'Batch as JSON',
  key: (address: string) => `Key for ${address}`,
  keyHelp: 'The key is not here any more. Enter it to go on; it is kept as the connection says.',
  useKey: 'Use this key',
  noPrice: 'no known price',
  curve: {
    heading: 'Decay curve',
    measure: 'Measure',
    measures: { strict: 'Strict A%', raw: 'Raw A%', pass: 'Pass' },
    label: (measure: string) =>
      `${measure} over the levels, a line for each model; the table below has the same values.`,
    level: 'Constraint level',
    method:
      'Means with 95 % intervals, which stand for what other samples may give: Wilson for pass, bootstrap for the means, none for one run. Unscored runs are not counted.',
    empty: 'The curve appears with the first scored run.',
  },
  table: {
    caption: 'Means by model and level',
    model: 'Model',
    decay: 'L3 − L0',
    runs: (count: number) => `n = ${count}`,
    unscored: (count: number) => `, ${count} unscored`,
    none: 'no scored run',
    strict: 'strict',
    raw: 'raw',
    pass: 'pass',
  },
  cells: {
    heading: 'Submissions',
    model: 'Model',
    task: 'Task',
    sample: 'Sample',
    outcome: 'Outcome',
    tokens: 'Tokens',
    cost: 'Cost',
    open: 'Open the run',
    statuses: { waiting: 'waiting', running: 'under way', done: 'done' },
    passed: 'passed',
    shown: (count: number, total: number) => `The first ${count} of ${total}`,
  },
} as const;
