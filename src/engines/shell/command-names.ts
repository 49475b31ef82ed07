import { getCommandNames } from 'just-bash/browser';
import { JOB, RUN, WAIT } from './prepare-script.ts';
import { toolNames } from './tools.ts';

/** Names of the small Unix tools that come with the shell library, and of ours. */
export const utilities: readonly string[] = [
  ...new Set([...getCommandNames().filter((name) => name !== 'bash' && name !== 'sh'), ...toolNames]),
];

/** Commands that only a shell runs; they lie on PATH because the library looks there before it looks at its own. */
export const shellCommands: readonly string[] = [RUN, JOB, WAIT, 'kill', 'trap'];
