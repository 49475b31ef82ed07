import { helpTerms } from './terms.ts';

/**
 * One thing to read. Texts may hold `code` between backticks and [links](#help/levels); nothing else is marked up.
 * The first row of a table's `head` names its columns, the first cell of a row names the row.
 */
export type HelpBlock =
  | string
  | { readonly list: readonly string[] }
  | { readonly steps: readonly string[] }
  | { readonly heading: string }
  | {
      readonly caption: string;
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

/** A section of the help; `id` is in its address, `#help/levels`. */
export interface HelpSection {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly HelpBlock[];
}

export const helpText = {
  heading: 'Help',
  contents: 'On this page',
  search: 'Search the help',
  none: (query: string): string => `Nothing in the help holds “${query}”. Try a shorter word.`,
  found: (count: number): string => `${count} ${count === 1 ? 'section' : 'sections'}`,
  tour: 'Take the tour',
  external: '(opens another site)',
  helpKey: 'The key “?” opens this help',
} as const;

const finding: HelpSection = {
  id: 'finding',
  title: 'What constraint decay is',
  blocks: [
    'Ask a language model for a web backend, and the result mostly works. Ask for the same backend in four layers, on a given database, through a given ORM, and it works less often. The behaviour that is asked for has not changed; only rules about structure were added. That loss is called constraint decay.',
    'It was measured by Dente, Satriani and Papotti: “Constraint Decay: The Fragility of LLM Agents in Backend Code Generation”, [arXiv 2605.06445](https://arxiv.org/abs/2605.06445). One API was asked for in eight frameworks, with rules added step by step, from several models and agents; the share of passing assertions was the score.',
    {
      list: [
        'From no rules (L0) to all of them (L3), set-ups that start strong lose about 30 percentage points of A%. Weak ones come close to zero.',
        'A database costs most, about 19 points; layers about 9; an ORM alone little.',
        'Minimal frameworks (Flask, Express, Koa) average about 50 % A%, those with more conventions (FastAPI, Django) about 24 %.',
        'About 45 % of the logic failures are in the data layer: queries put together wrongly, and errors of the ORM at run time.',
      ],
    },
    {
      caption:
        'Published figures of one set-up (Mini-SWE-Agent with GPT-5.4, 234 runs): not all set-ups decay as much',
      head: ['Level', 'A%', 'pass@1', 'runs'],
      rows: [
        ['L0', '97.5 %', '62.5 %', '24'],
        ['L1', '81.9 %', '53.6 %', '69'],
        ['L2', '81.9 %', '50.5 %', '93'],
        ['L3', '80.0 %', '64.6 %', '48'],
      ],
    },
    'What this page measures is not the same experiment: it has a contract, a suite and verifiers of its own, so its numbers stand beside the published ones and are not equal to them. The verifiers’ profile `paper` follows the published rules; see [profiles](#help/profiles).',
  ],
};

const levels: HelpSection = {
  id: 'levels',
  title: 'Levels and rules',
  blocks: [
    'Every task asks for the same API: users, profiles, articles, comments, favourites and tags, 19 endpoints. Eight frameworks times ten sets of rules make 80 tasks. The level is the number of rules.',
    {
      caption: 'The ten sets of rules of a framework',
      head: ['Level', 'Sets of rules'],
      rows: [
        ['L0', 'none: any structure, any storage, memory too'],
        ['L1', 'layers; or SQLite; or PostgreSQL'],
        ['L2', 'layers and one of the databases; or one of the databases through an ORM'],
        ['L3', 'layers, one of the databases, through an ORM'],
      ],
    },
    {
      list: [
        'Layers (clean architecture): routes, services, repositories and models in directories of their own, each depending only downwards.',
        'SQLite or PostgreSQL: the data is kept there and nowhere else, and the schema is made at the start.',
        'ORM: SQLAlchemy in Python, Sequelize in Node; the database is asked through it.',
      ],
    },
    'PostgreSQL does not run in the tab yet; its tasks are shown and cannot be run. The whole prompt of a task stands behind “Show the prompt” in the set-up.',
  ],
};

const run: HelpSection = {
  id: 'run',
  title: 'How a run works',
  blocks: [
    {
      caption: 'The stages',
      head: ['Stage', 'What happens'],
      rows: [
        ['Boot', 'an empty sandbox is made in the tab'],
        [
          'Install',
          '`npm install` or `uv pip install -r requirements.txt`, from packages that came with the page',
        ],
        ['Start', 'the submission’s own `./run.sh`'],
        ['Health', '`GET /api/health-check` is asked until it answers 200'],
        ['Test', 'the suite sends its requests over HTTP, 886 assertions over 568 requests'],
        ['Rules', 'the code is read and checked against the rules of the task'],
        ['Score', 'the verdict'],
      ],
    },
    'A submission runs as it was written: its own script, its own server, unmodified packages. Cancel works at any time; a cancelled run is not judged, and the next one starts from nothing.',
    'Where a submission comes from: a reference written by hand, a flawed example written by hand, a model’s answer, or your own files as a folder, zip, patch, paste or link. Files can be edited before a run, and the run says so.',
    'After a run its server may stay up, so that requests of your own can be sent to it and the suite can be run again without the install. The newest run keeps its server; older ones are stopped.',
  ],
};

const scores: HelpSection = {
  id: 'scores',
  title: 'The words of a verdict',
  blocks: [
    {
      caption: 'Definitions',
      head: ['Word', 'What it means'],
      rows: Object.values(helpTerms).map(({ word, meaning }) => [word, meaning]),
    },
    'A suite is compared only with itself: verdicts of different versions of the suite or of the task are “not comparable”.',
    'Could not be run: the page itself failed, for example because the engine could not be loaded. That says nothing about the submission either.',
    'pass@1 and pass@k, where several samples of a task were run: the chance that one of k samples passes, 1 − C(n−c, k) / C(n, k) for c passing of n, averaged over the tasks.',
  ],
};

const profiles: HelpSection = {
  id: 'profiles',
  title: 'Verifiers and their profiles',
  blocks: [
    'A verifier reads the code and judges one rule: architecture, database, ORM, framework. Each finding names a file and a line, and is marked in the editor.',
    {
      list: [
        '`parser` decides the verdict. It parses Python, JavaScript and TypeScript, starts at what `run.sh` starts, follows imports and values, and ignores comments and files that never run.',
        '`paper` has the published rules, which look for patterns in the text. It is shown beside the other, for numbers that compare with the published ones.',
      ],
    },
    'Where the two disagree on a submission, the reason is shown. On 446 labelled submissions, chosen to be hard, `parser` agrees with every label; `paper` missed 102 violations and raised 57 false alarms.',
  ],
};

const replaced: HelpSection = {
  id: 'replaced',
  title: 'What is replaced in a browser',
  blocks: [
    'What cannot run in a browser is replaced at its compiled core and nowhere else, and every replacement is listed with the run under Details.',
    {
      caption: 'What stands in for what',
      head: ['On a machine', 'Here'],
      rows: [
        ['Node 20', 'Node 20’s own library, with the parts written in C++ emulated'],
        ['CPython 3.12', 'Pyodide, which is CPython in WebAssembly, made to act as 3.12'],
        ['SQLite', 'SQLite in WebAssembly'],
        [
          'compiled add-ons such as `bcrypt` or `better-sqlite3`',
          'their own JavaScript over a stand-in for the compiled part',
        ],
        ['the package registry', 'a store of packages that came with the page'],
      ],
    },
    'A package that the store lacks, or a feature that an engine lacks, makes a failing run unscored, never failed: only a fault of the submission costs points.',
    'In a browser without JSPI, Python threads run one after the other. Servers that need more are unscored.',
  ],
};

const privacy: HelpSection = {
  id: 'privacy',
  title: 'Privacy and isolation',
  blocks: [
    {
      list: [
        'There is no server behind this page that sees what you do. Files, runs and history stay in this browser.',
        'A submission runs in workers inside a frame without an origin, whose policy allows no connection: it cannot reach the network, this page, its storage or your keys.',
        'Keys of model providers stay in memory unless you ask for them to be kept; then they are encrypted with your passphrase. They are sent to the provider’s address and nowhere else, and are never in links, files, records or reports.',
        'A link holds the submission, the verdict and nothing of your browser. The part after `#` is not sent to the server of the page.',
        'Two things leave the tab, and only when you choose them: requests to a model’s address, and WebContainers, which load StackBlitz’s runtime and give the submission a network.',
      ],
    },
  ],
};

const links: HelpSection = {
  id: 'links',
  title: 'History, links and files',
  blocks: [
    'Every finished run is kept in the database of this browser: [open the history](#history). Runs can be opened, begun again, named, deleted (and had back for ten minutes), saved to a file and read from one. A run that a reload interrupted is offered to be begun again.',
    'A link holds a whole run: files, verdict, failures, versions. Text that equals a reference is named instead of held, which keeps links short. A run that is too long for a link is shared as a file.',
    {
      steps: [
        'Whoever opens a link sees what it claims, and that it was not checked yet.',
        '“Run again and compare” carries the same files out in their own browser, after asking.',
        'The answer is “reproduced”, or the list of what differs.',
        'Of several runs in one link the claims stand side by side, and one press runs all of them again.',
      ],
    },
    'The hash in a link shows that nothing was changed by accident. It is no signature: what a verdict is worth, a run shows.',
  ],
};

const keys: HelpSection = {
  id: 'keys',
  title: 'Keyboard',
  blocks: [
    'Everything works by keyboard: Tab goes on, arrows move inside lists, tabs and grids, Enter and Space press, Escape closes what is open.',
    {
      caption: 'Keys of the page',
      head: ['Keys', 'What they do'],
      rows: [
        ['`Ctrl+Enter`', 'run (`Cmd+Enter` on a Mac); in the request console: send'],
        ['`?`', 'this help, wherever no text is being written; it can be switched off below'],
        ['`Ctrl+Shift+F`', 'search all files of the submission, in the code'],
        ['`Ctrl+Shift+E`', 'the list of files, in the code'],
        ['`F2`, `Delete`', 'rename and delete a file, in the list of files; deleting can be undone'],
        ['`F8`', 'the next finding, in the code; with `Shift` the previous one'],
        ['`j`, `k`', 'the next and the previous failed assertion, in the list of assertions'],
        ['`Ctrl+M`', 'in the editor: Tab leaves it instead of indenting'],
      ],
    },
  ],
};

const trouble: HelpSection = {
  id: 'trouble',
  title: 'When something does not work',
  blocks: [
    'Begin with the [self-check](#help/check): it tries out what the page needs and says what to do.',
    {
      caption: 'What is seen, and what to do',
      head: ['What is seen', 'What to do'],
      rows: [
        [
          '“lacks shared memory”',
          'The server of the page has to send two headers (see the self-check), over https or from localhost. Inside another site’s frame it cannot work.',
        ],
        [
          'Unscored, `needs-registry`',
          'The submission asks for a package, or a version, that is not in the store. Use a stored one, or run it on a machine: `decay run --engine native`.',
        ],
        [
          '“could not be run”',
          'The engine could not be loaded: is the network there? Reload. A new version may have been put online meanwhile.',
        ],
        [
          'the start takes 60 s and fails',
          'The server listens on another port than the task says, or never. The console shows its output.',
        ],
        [
          'everything is slow',
          'Runs side by side share the cores; run one at a time. A hidden tab is slowed down by the browser.',
        ],
        [
          'the history is empty after a restart',
          'A private window, or site data that is cleared on exit. Save runs as files.',
        ],
        [
          'a model cannot be reached',
          'Most local servers refuse pages of other addresses until they are told otherwise: see [models](#help/models).',
        ],
      ],
    },
  ],
};

const sources: HelpSection = {
  id: 'sources',
  title: 'Sources and licences',
  blocks: [
    {
      list: [
        'The finding, the levels, the rules of the profile `paper` and the published figures: Dente, Satriani, Papotti, [arXiv 2605.06445](https://arxiv.org/abs/2605.06445), and its reproducibility package. Facts and figures were used; prompts, contract, suite and code here are our own.',
        'The API is of the kind that RealWorld (“Conduit”) made common. Its contract here is written anew, as OpenAPI 3.',
        'The page is under the MIT licence. Node’s library is under MIT, Pyodide under MPL 2.0, the editor (Monaco) under MIT; packages of the store keep their own licences.',
        'References and flawed examples were written by hand, and say so.',
      ],
    },
  ],
};

/** In the order of the page; the self-check and what others add stand between. */
export const helpSections: readonly HelpSection[] = [
  finding,
  levels,
  run,
  scores,
  profiles,
  replaced,
  privacy,
  links,
  keys,
  trouble,
  sources,
];
