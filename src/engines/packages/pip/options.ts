/** What `pip install` and `uv pip install` are told, reduced to what makes a difference here. */
export interface PipOptions {
  readonly words: readonly string[];
  readonly requirementFiles: readonly string[];
  readonly constraintFiles: readonly string[];
  readonly editable: string | undefined;
  readonly upgrade: boolean;
  readonly noDeps: boolean;
  readonly quiet: boolean;
}

const REQUIREMENT = ['-r', '--requirement', '--requirements'];
const CONSTRAINT = ['-c', '--constraint', '--constraints'];
const EDITABLE = ['-e', '--editable'];
/** Options that take the next word as their value and make no difference here. */
const WITH_VALUE = [
  ...[
    '-i',
    '--index-url',
    '--extra-index-url',
    '-f',
    '--find-links',
    '--trusted-host',
    '--timeout',
    '--retries',
  ],
  ...[
    '-t',
    '--target',
    '--prefix',
    '--root',
    '--cache-dir',
    '--python',
    '-p',
    '--only-binary',
    '--no-binary',
  ],
  ...['--progress-bar', '--log', '--proxy', '--cert', '--platform', '--python-version', '--root-user-action'],
  ...['--upgrade-strategy', '--link-mode', '--index-strategy', '--default-index', '--index', '--color'],
];

export function readPipOptions(args: readonly string[]): PipOptions {
  const words: string[] = [];
  const requirementFiles: string[] = [];
  const constraintFiles: string[] = [];
  const flags = new Set<string>();
  let editable: string | undefined;
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index] ?? '';
    const equals = word.startsWith('--') ? word.indexOf('=') : -1;
    const glued = /^-[rce][^-]/.test(word);
    const name = glued ? word.slice(0, 2) : equals < 0 ? word : word.slice(0, equals);
    const value = () => (glued ? word.slice(2) : equals < 0 ? (args[++index] ?? '') : word.slice(equals + 1));
    if (REQUIREMENT.includes(name)) requirementFiles.push(value());
    else if (CONSTRAINT.includes(name)) constraintFiles.push(value());
    else if (EDITABLE.includes(name)) editable = value();
    else if (WITH_VALUE.includes(name)) value();
    else if (word.startsWith('-')) flags.add(word);
    else words.push(word);
  }
  return {
    words,
    requirementFiles,
    constraintFiles,
    editable,
    upgrade: flags.has('-U') || flags.has('--upgrade') || flags.has('--force-reinstall'),
    noDeps: flags.has('--no-deps'),
    quiet: flags.has('-q') || flags.has('--quiet') || flags.has('-qq'),
  };
}
