/** Words of the help on models, keys and local servers; the facts of each provider come from its preset. */
export const helpModelsText = {
  title: 'Models, keys and local servers',
  lead: [
    'Under “Submission”, choose “Model”: the prompt of the task goes to a model of your choice, and its answer becomes the files that are run. Any address that speaks OpenAI’s API can be asked, chat completions or responses. It is asked by this page itself: there is no server between.',
    'A key stays in memory until the page is closed. “Keep over visits” encrypts all keys with a passphrase and keeps them in this browser; “Forget all keys” removes them in one press, in every tab. A key is sent to the address it belongs to and nowhere else; links, files, records, logs and reports have none.',
    'Under [Batch](#batch) several models, frameworks, levels and samples are asked one after another, with a pause, a limit of what is under way, and a table and a decay curve as the result. The models may be of several providers: name those of one connection, press “Keep these, and choose more”, and set up the next. A batch goes on after a reload.',
    'Every answer is kept in this browser the moment it arrives. When a tab is closed in the middle of a generation, “Model” offers to go on without asking again for what was answered, to keep the files so far, or to forget it.',
    'Asking a hosted model costs money with its provider. Prices stand in a table that can be edited, saved and loaded, and a budget ends a generation when it is used up. A model without a price has a cost that is not known, which is not the same as none. A batch asks nothing that may go beyond its budget, as far as the length of an answer is limited or known.',
  ],
  providers: {
    caption: 'Providers offered by name; any other address can be typed',
    head: ['Provider', 'Address', 'Key', 'From a browser'],
    custom: 'typed by you',
    keys: { needed: 'needed', optional: 'if the server wants one' },
    cors: {
      documented: 'allowed, as documented',
      reported: 'allowed, as others report',
      'not-verified': 'not verified here',
      'needs-setting': 'has to be switched on, see below',
    },
  },
  localHeading: 'Servers on your own machine',
  local: (origin: string): string =>
    `A server on your machine has to allow the address of this page, which is \`${origin}\`. If the page came over https, most browsers let it ask \`localhost\` and \`127.0.0.1\`, but no other machine of your network without https; the browser may ask for your permission first.`,
  testHeading: 'When the connection test fails',
  test: {
    caption: 'What the test says, and what to do',
    head: ['What is wrong', 'What to do'],
    rows: [
      ['key', 'It is missing, wrong, or of another provider. Copy it again, without spaces.'],
      [
        'address',
        'Nothing answers there, or something else does. Is the server started? The address mostly ends in `/v1`; where an API is found one step further, the test names its address.',
      ],
      [
        'CORS',
        'The server answers, but lets no page of this address read the answer. Allow it, see above; a hosted provider that never allows pages needs a proxy of your own.',
      ],
      [
        'mixed content',
        'The page came over https and the server speaks http on another machine. Use https there, or open the page from localhost.',
      ],
      [
        'private network',
        'The browser wants your permission before a page may ask a device of your network. Allow it, or open the page from localhost.',
      ],
      ['model', 'There is no model of this name. List the models and choose one.'],
      ['quota', 'The account is out of credit, or over its limit.'],
      [
        'loading',
        'A local server reads a large model into memory for minutes. A generation waits for it; the test does not: test again.',
      ],
      [
        'no tools',
        'The model, or the server as it was started, takes no tools: choose another way of asking than the agent.',
      ],
    ],
  },
  noWebGpu:
    'Models do not run inside this page: one that writes a whole backend is too large for a tab. A local server does the same without a key and without a network.',
} as const;
