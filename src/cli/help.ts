import { tasks } from '../../tasks/index.ts';

const general = `decay - installs, boots, tests and judges a web backend inside a headless browser

Usage:
  decay tasks [ID] [--json]
  decay run DIR|ZIP|PATCH --task ID [--engine ENGINE] [--suite FILE] [--json FILE] [--junit FILE]
  decay serve DIR --task ID [--engine ENGINE] [--port N]
  decay verify DIR|ZIP|PATCH --task ID [--profile parser|paper] [--json FILE] [--sarif FILE]
  decay fidelity DIR... --task ID [--json FILE]

  decay COMMAND --help     more about one command
  decay --version

Exit codes: 0 scored and passed, 1 scored and failed, 2 wrong usage, 3 unscored.
The browser is Chromium: the one in DECAY_CHROMIUM, on PATH, or Playwright's own.`;

const submission = `DIR|ZIP|PATCH is the submission: a folder, a .zip of one, or a unified diff whose added lines are the files.
Left out of a folder: node_modules, .git, __pycache__, .venv, __MACOSX, .DS_Store and symbolic links.`;

const engine = `--engine ENGINE  node or python: inside headless Chromium, sandboxed (default: by the task's framework)
                 webcontainer: StackBlitz's runtime, loaded from their servers; what runs in it has network access.
                 DECAY_WEBCONTAINER_HOST names another host, DECAY_WEBCONTAINER_KEY holds an API key
                 native: real processes of this machine. Runs untrusted code with your rights; asks for nothing,
                 warns once. Node 20 and CPython 3.12 where the machine has them, else the nearest`;

const commands = {
  tasks: `decay tasks [ID] [--json]

Lists the ${tasks.length} tasks: framework, constraints, level, port, and whether a reference submission is there.
With the id of a task: prints its prompt, the text that a model is given.

  --json           whole definitions with prompts: {id, version, framework, language, level, constraints, port,
                   dependencyFile, install, hasReference, prompt: {version, sections: [{id, title, text}], text}};
                   a list, or one object with ID. All prompts together are about 10 MB: each holds the contract`,

  run: `decay run DIR|ZIP|PATCH --task ID [options]

Installs, starts, tests and verifies a submission, and prints the verdict.

${submission}

  --task ID        what the submission is judged by; see decay tasks
  ${engine.replaceAll('\n', '\n  ')}
  --profile NAME   verifier profile that decides: parser or paper
  --json FILE      writes the run record; - is standard output
  --junit FILE     writes the assertions and rules as JUnit XML; - is standard output
  --log            shows the submission's output as it runs
  --suite FILE     a Postman collection (v2.1), run in place of the suite; its tests decide the verdict
  --suite-role beside
                   runs it after the suite, which decides
  --environment FILE
                   the collection's Postman environment
  --global-var NAME=VALUE
                   a global variable, as often as needed. Given are APIURL, USERNAME, EMAIL and PASSWORD
  --newman-json FILE, --newman-csv FILE
                   writes the collection's result as Newman's JSON, or as the CSV of published results`,

  serve: `decay serve DIR|ZIP|PATCH --task ID [options]

Boots a submission and puts its server on a loopback port of this machine, for any HTTP client. Prints
"listening on ADDRESS" once its health check answers, and stays until it is stopped.

${submission}

  --task ID        gives the install command and the port it must listen on
  ${engine.replaceAll('\n', '\n  ')}
  --port N         port on 127.0.0.1 (default: a free one)
  --log            shows the submission's output

Exit codes: 0 stopped, 1 the submission exited or never got healthy, 2 wrong usage, 3 the engine is to blame.`,

  verify: `decay verify DIR|ZIP|PATCH --task ID [options]

Checks a submission's files against the constraints of the task. Runs nothing.

${submission}

  --task ID        names the constraints
  --profile NAME   parser or paper
  --json FILE      writes {task, profile, compliant, rules: [{rule, compliant, findings}]}; - is standard output
  --sarif FILE     writes SARIF 2.1.0; - is standard output

Exit codes: 0 compliant, 1 not compliant, 2 wrong usage.`,

  fidelity: `decay fidelity DIR... --task ID [options]

Runs each submission in the browser engine and natively, and names every difference: assertion by assertion, and
status by status of each request. Tokens, ids and times are not compared. Runs untrusted code on this machine.

${submission}

  --task ID        what the submissions are judged by
  --json FILE      writes the comparison; - is standard output
  --log            shows the submissions' output as they run

Exit codes: 0 everything agrees, 1 something differs, 2 wrong usage, 3 one side is unscored.`,
};

export type CommandName = keyof typeof commands;

export const commandNames = Object.keys(commands) as CommandName[];

export function isCommandName(text: string): text is CommandName {
  return Object.hasOwn(commands, text);
}

/** Help for people; of one command, or of all. */
export function helpText(command?: CommandName): string {
  return command === undefined ? general : commands[command];
}
