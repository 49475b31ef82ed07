import { parseArgs, type ParseArgsConfig } from 'node:util';
import { findTask, tasks } from '../../tasks/index.ts';
import { availableProfiles } from '../../verifiers/index.ts';
import type { Task } from '../domain/task.ts';
import type { Profile } from '../domain/verdict.ts';
import { readCollectionOptions, type CollectionOptions } from './collection-args.ts';
import { UsageError } from './exit-codes.ts';
import { commandNames, isCommandName, type CommandName } from './help.ts';

export type EngineChoice = 'node' | 'python' | 'webcontainer' | 'native';

export interface TasksCommand {
  name: 'tasks';
  /** All tasks when left out. */
  task?: Task;
  json: boolean;
}

export interface RunCommand {
  name: 'run';
  path: string;
  task: Task;
  engine: EngineChoice;
  profile: Profile;
  json?: string;
  junit?: string;
  log: boolean;
  collection?: CollectionOptions;
}

export interface ServeCommand {
  name: 'serve';
  path: string;
  task: Task;
  engine: EngineChoice;
  /** 0 takes a free one. */
  port: number;
  log: boolean;
}

export interface VerifyCommand {
  name: 'verify';
  path: string;
  task: Task;
  profile: Profile;
  json?: string;
  sarif?: string;
}

export interface FidelityCommand {
  name: 'fidelity';
  paths: string[];
  task: Task;
  profile: Profile;
  json?: string;
  log: boolean;
}

export type Command =
  | { name: 'help'; command?: CommandName }
  | { name: 'version' }
  | TasksCommand
  | RunCommand
  | ServeCommand
  | VerifyCommand
  | FidelityCommand;

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

const options = {
  tasks: { json: flag },
  run: {
    task: text,
    engine: text,
    profile: text,
    suite: text,
    'suite-role': text,
    environment: text,
    'global-var': { type: 'string', multiple: true },
    'newman-json': text,
    'newman-csv': text,
    json: text,
    junit: text,
    log: flag,
  },
  serve: { task: text, engine: text, port: text, log: flag },
  verify: { task: text, profile: text, json: text, sarif: text },
  fidelity: { task: text, profile: text, json: text, log: flag },
} satisfies Record<CommandName, ParseArgsConfig['options']>;

type Values = Record<string, string | boolean | string[] | undefined>;

/**
 * Reads the command line.
 * @param argv - Without the program's own name.
 * @throws UsageError when it means nothing; the message says what to write instead.
 */
export function parseCommand(argv: readonly string[]): Command {
  const [first, ...rest] = argv;
  if (first === undefined || first === '--help' || first === '-h') return { name: 'help' };
  if (first === '--version' || first === '-V') return { name: 'version' };
  if (first === 'help') {
    const [about] = rest;
    return about !== undefined && isCommandName(about) ? { name: 'help', command: about } : { name: 'help' };
  }
  if (!isCommandName(first)) {
    throw new UsageError(
      `There is no command "${first}". Commands: ${commandNames.join(', ')}. See decay --help.`,
    );
  }
  const { values, positionals } = read(first, rest);
  if (values.help === true) return { name: 'help', command: first };
  return build(first, values, positionals);
}

function read(command: CommandName, args: string[]): { values: Values; positionals: string[] } {
  try {
    const config: ParseArgsConfig['options'] = { ...options[command], help: { type: 'boolean', short: 'h' } };
    const parsed = parseArgs({ args, options: config, allowPositionals: true, strict: true });
    const values: Values = {};
    for (const [name, value] of Object.entries(parsed.values))
      values[name] = Array.isArray(value) ? value.map(String) : value;
    return { values, positionals: parsed.positionals };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${reason.split('. ')[0]}. See decay ${command} --help.`);
  }
}

function build(name: CommandName, values: Values, positionals: string[]): Command {
  if (name === 'tasks') {
    const [id, ...others] = positionals;
    if (others.length > 0) {
      throw new UsageError(
        `decay tasks takes one task at most, got ${positionals.length}: ${positionals.join(', ')}.`,
      );
    }
    return { name, json: values.json === true, ...(id !== undefined && { task: readTask(name, id) }) };
  }
  const task = readTask(name, values.task);
  const log = values.log === true;
  if (name === 'fidelity') {
    if (positionals.length === 0)
      throw new UsageError('decay fidelity needs at least one folder. See decay fidelity --help.');
    return {
      name,
      paths: positionals,
      task,
      profile: readProfile(values.profile),
      log,
      ...file('json', values),
    };
  }
  const [path, ...more] = positionals;
  if (path === undefined)
    throw new UsageError(`decay ${name} needs a folder, a .zip or a patch. See decay ${name} --help.`);
  if (more.length > 0)
    throw new UsageError(
      `decay ${name} takes one submission, got ${positionals.length}: ${positionals.join(', ')}.`,
    );
  if (name === 'verify') {
    return {
      name,
      path,
      task,
      profile: readProfile(values.profile),
      ...file('json', values),
      ...file('sarif', values),
    };
  }
  const engine = readEngine(values.engine, task);
  if (name === 'serve') return { name, path, task, engine, port: readPort(values.port), log };
  const profile = readProfile(values.profile);
  const collection = readCollectionOptions(values);
  return {
    name,
    path,
    task,
    engine,
    profile,
    log,
    ...file('json', values),
    ...file('junit', values),
    ...(collection !== undefined && { collection }),
  };
}

function file<K extends 'json' | 'junit' | 'sarif'>(option: K, values: Values): { [P in K]?: string } {
  const value = values[option];
  if (typeof value !== 'string') return {};
  if (value === '') throw new UsageError(`--${option} needs a file name, or - for standard output.`);
  const result: { [P in K]?: string } = {};
  result[option] = value;
  return result;
}

function readTask(command: CommandName, value: Values[string]): Task {
  if (typeof value !== 'string') {
    throw new UsageError(
      `decay ${command} needs --task ID, e.g. --task express-sqlite. decay tasks lists them.`,
    );
  }
  const task = findTask(value);
  if (task !== undefined) return task;
  const near = tasks
    .filter((candidate) => candidate.id.startsWith(value.split('-')[0] ?? ''))
    .map(({ id }) => id);
  const hint = near.length > 0 && near.length < tasks.length ? ` Its framework has: ${near.join(', ')}.` : '';
  throw new UsageError(`There is no task "${value}".${hint} decay tasks lists all ${tasks.length}.`);
}

function readEngine(value: Values[string], task: Task): EngineChoice {
  if (value === undefined) return task.language;
  if (value !== 'node' && value !== 'python' && value !== 'webcontainer' && value !== 'native') {
    throw new UsageError(
      `There is no engine "${String(value)}". Choose node, python, webcontainer or native.`,
    );
  }
  const language = value === 'webcontainer' ? 'node' : value;
  if (language !== 'native' && language !== task.language) {
    throw new UsageError(
      `${task.id} is a ${task.language} task; the ${value} engine cannot run it. Use --engine ${task.language} or native.`,
    );
  }
  return value;
}

function readProfile(value: Values[string]): Profile {
  const [fallback] = availableProfiles;
  if (value === undefined) return availableProfiles.includes('parser') ? 'parser' : (fallback ?? 'paper');
  if (value !== 'parser' && value !== 'paper') {
    throw new UsageError(`There is no verifier profile "${String(value)}". Choose parser or paper.`);
  }
  if (!availableProfiles.includes(value)) {
    throw new UsageError(
      `The verifier profile ${value} is not available yet. Choose ${availableProfiles.join(' or ')}.`,
    );
  }
  return value;
}

function readPort(value: Values[string]): number {
  if (value === undefined) return 0;
  const port = Number(value);
  if (!/^\d+$/.test(String(value)) || port > 65_535) {
    throw new UsageError(`"${String(value)}" is no port. Give a number from 0 (a free one) to 65535.`);
  }
  return port;
}
