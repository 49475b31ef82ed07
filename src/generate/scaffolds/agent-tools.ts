import * as v from 'valibot';
import { limits } from '../../domain/limits.ts';
import { EngineError, type FileMap, type Sandbox } from '../../engines/engine.ts';
import { skippedPart } from '../../share/submission.ts';
import { textOrBytes } from '../../share/collect.ts';
import { cleanPath } from '../../share/paths.ts';
import type { Tool } from '../client/types.ts';
import { CutOutput, cutMiddle } from './tool-output.ts';

const text = (description: string) => ({ type: 'string', description });
const object = (properties: Record<string, unknown>, required: readonly string[]) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

/** What an agent can do in its sandbox. */
export const agentTools: readonly Tool[] = [
  {
    name: 'run_command',
    description:
      'Runs a shell command in the top directory and gives its output and exit code. It has no input, and is ended after a minute: start a server in the background, with its output in a file.',
    parameters: object({ command: text('The command, for bash') }, ['command']),
  },
  {
    name: 'list_files',
    description: 'Lists all files with their sizes, without installed packages.',
    parameters: object({}, []),
  },
  {
    name: 'read_file',
    description: 'Gives the text of a file; of a long one, the part from a line on.',
    parameters: object(
      {
        path: text('Relative path'),
        line: { type: 'integer', description: 'The first line to give, from 1' },
      },
      ['path'],
    ),
  },
  {
    name: 'write_file',
    description: 'Writes a whole file; folders are made.',
    parameters: object({ path: text('Relative path'), content: text('The whole text') }, ['path', 'content']),
  },
  {
    name: 'edit_file',
    description: 'Replaces a text that is in the file exactly once.',
    parameters: object(
      { path: text('Relative path'), old: text('The text to replace'), new: text('The text in its place') },
      ['path', 'old', 'new'],
    ),
  },
  {
    name: 'run_tests',
    description:
      'Installs and starts the server in a fresh sandbox, runs the test suite and the rules, and says what failed.',
    parameters: object({}, []),
  },
  { name: 'finish', description: 'Ends the work: the files are final.', parameters: object({}, []) },
];

const schemas = {
  run_command: v.object({ command: v.string() }),
  list_files: v.object({}),
  read_file: v.object({
    path: v.string(),
    line: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(1))),
  }),
  write_file: v.object({ path: v.string(), content: v.string() }),
  edit_file: v.object({ path: v.string(), old: v.string(), new: v.string() }),
  run_tests: v.object({}),
  finish: v.object({}),
};
type ToolName = keyof typeof schemas;
const isTool = (name: string): name is ToolName => Object.hasOwn(schemas, name);

export interface WorkbenchLimits {
  /** Characters of one result; the middle is left out. */
  readonly output: number;
  readonly commandMs: number;
}

/** A sandbox as an agent uses it. Everything that it is asked for is checked; what fails is told as a result. */
export class Workbench {
  readonly #boot: () => Promise<Sandbox>;
  #booted: Promise<Sandbox> | undefined;
  readonly #limits: WorkbenchLimits;
  readonly #test: (files: FileMap) => Promise<string>;
  readonly #signal: AbortSignal;
  finished = false;

  /** @param boot - called when the first tool needs the sandbox; a model that answers without tools needs none */
  constructor(
    boot: () => Promise<Sandbox>,
    parts: { limits: WorkbenchLimits; test: (files: FileMap) => Promise<string>; signal: AbortSignal },
  ) {
    this.#boot = boot;
    this.#limits = parts.limits;
    this.#test = parts.test;
    this.#signal = parts.signal;
  }

  #sandbox(): Promise<Sandbox> {
    return (this.#booted ??= this.#boot());
  }

  /** Frees the sandbox, when there is one. */
  async dispose(): Promise<void> {
    await (await this.#booted?.catch(() => undefined))?.dispose();
  }

  /** Runs a tool call. @param given - JSON as the model wrote it */
  async call(name: string, given: string): Promise<string> {
    if (!isTool(name))
      return `There is no tool ${JSON.stringify(name.slice(0, 60))}. Tools: ${Object.keys(schemas).join(', ')}.`;
    let parsed: unknown;
    try {
      parsed = given.trim() === '' ? {} : JSON.parse(given);
    } catch {
      return 'The arguments are not JSON.';
    }
    const checked = v.safeParse(schemas[name], parsed);
    if (!checked.success) return misfit(name, checked.issues);
    try {
      // Output and files have been cut to size already, with a line on what is left out.
      return cutMiddle(await this.#run(name, parsed), this.#limits.output + 200);
    } catch (error) {
      this.#signal.throwIfAborted();
      if (error instanceof EngineError || error instanceof ToolError) return `Failed: ${error.message}`;
      throw error;
    }
  }

  async #run(name: ToolName, given: unknown): Promise<string> {
    switch (name) {
      case 'run_command':
        return this.#command(v.parse(schemas.run_command, given).command);
      case 'list_files': {
        const files = await this.files();
        return (
          Object.entries(files)
            .map(([path, content]) => `${path} (${content.length})`)
            .join('\n') || 'There are no files yet.'
        );
      }
      case 'read_file':
        return this.#read(v.parse(schemas.read_file, given));
      case 'write_file': {
        const { path, content } = v.parse(schemas.write_file, given);
        await this.#write(inside(path), content);
        return `Wrote ${path}.`;
      }
      case 'edit_file':
        return this.#edit(v.parse(schemas.edit_file, given));
      case 'run_tests':
        return this.#test(await this.files());
      case 'finish':
        this.finished = true;
        return 'Finished.';
    }
  }

  async #read({ path, line }: { path: string; line?: number | null | undefined }): Promise<string> {
    const whole = new TextDecoder().decode(await (await this.#sandbox()).fs.readFile(inside(path)));
    const lines = whole.split('\n');
    const first = line ?? 1;
    if (first > lines.length) throw new ToolError(`the file has ${lines.length} lines`);
    const rest = lines.slice(first - 1);
    let kept = 0;
    let size = 0;
    // Whole lines, so that the next call can go on where this one ended; one line alone may be cut.
    while (kept < rest.length && size + (rest[kept]?.length ?? 0) + 1 <= this.#limits.output - 100)
      size += (rest[kept++]?.length ?? 0) + 1;
    if (kept === rest.length) return rest.join('\n');
    if (kept === 0) return rest[0] ?? '';
    const next = first + kept;
    return `${rest.slice(0, kept).join('\n')}\n[lines ${first} to ${next - 1} of ${lines.length}; go on with line ${next}]`;
  }

  async #edit({ path, old, new: fresh }: { path: string; old: string; new: string }): Promise<string> {
    const clean = inside(path);
    const before = new TextDecoder().decode(await (await this.#sandbox()).fs.readFile(clean));
    const at = old === '' ? -1 : before.indexOf(old);
    if (at === -1) throw new ToolError('the old text is not in the file');
    if (before.includes(old, at + 1))
      throw new ToolError('the old text is in the file more than once; give more of its surroundings');
    await this.#write(clean, before.slice(0, at) + fresh + before.slice(at + old.length));
    return `Changed ${path}.`;
  }

  async #write(path: string, content: string): Promise<void> {
    if (content.length > limits.submissionFileBytes)
      throw new ToolError('the file is too large for a submission');
    const { fs } = await this.#sandbox();
    const folder = path.split('/').slice(0, -1).join('/');
    if (folder !== '') await fs.mkdir(folder, { recursive: true });
    await fs.writeFile(path, content);
  }

  async #command(command: string): Promise<string> {
    const process = await (await this.#sandbox()).spawn('bash', ['-c', command]);
    // What reads its input finds the end of it, instead of waiting for a person.
    void process.input.close().catch(() => undefined);
    const output = new CutOutput(this.#limits.output);
    const reading = process.output.pipeTo(new WritableStream({ write: ({ bytes }) => output.add(bytes) }));
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      process.kill('SIGKILL');
    }, this.#limits.commandMs);
    const stop = (): void => process.kill('SIGKILL');
    this.#signal.addEventListener('abort', stop, { once: true });
    try {
      const code = await process.exit;
      await drained(reading, () => output.bytes);
      this.#signal.throwIfAborted();
      const ended = late ? `[ended after ${this.#limits.commandMs / 1000} s] ` : '';
      return `${output.text()}\n${ended}[exit code ${code}]`;
    } finally {
      clearTimeout(timer);
      this.#signal.removeEventListener('abort', stop);
    }
  }

  /** The submission as it is now: all files but those that tools make. */
  async files(): Promise<FileMap> {
    const files: FileMap = {};
    if (this.#booted === undefined) return files;
    const { fs } = await this.#booted;
    let bytes = 0;
    const walk = async (folder: string): Promise<void> => {
      for (const { name, type } of await fs.readdir(folder === '' ? '.' : folder)) {
        const path = folder === '' ? name : `${folder}/${name}`;
        if (skippedPart(type === 'directory' ? `${path}/x` : path) !== undefined || type === 'symlink')
          continue;
        if (/\.(db|sqlite3?)(-(wal|shm|journal))?$|(^|\/)package-lock\.json$/.test(path)) continue;
        if (type === 'directory') {
          if (path.split('/').length < limits.pathDepth) await walk(path);
          continue;
        }
        const content = await fs.readFile(path);
        bytes += content.length;
        if (bytes > limits.submissionBytes || Object.keys(files).length >= limits.submissionFiles) {
          throw new ToolError('the files are beyond what a submission may hold');
        }
        files[path] = textOrBytes(content);
      }
    };
    await walk('');
    return files;
  }
}

/**
 * Waits until the output has ended, or has been still for half a second: something in the background may hold it open.
 * @param seen - how much has come so far
 */
async function drained(reading: Promise<void>, seen: () => number): Promise<void> {
  const ended = reading.then(
    () => true,
    () => true,
  );
  let still = 0;
  for (let turn = 0; turn < 50 && still < 5; turn++) {
    const before = seen();
    const turnOver = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 100));
    if (await Promise.race([ended, turnOver])) return;
    still = seen() === before ? still + 1 : 0;
  }
}

/** What is wrong with arguments, so that the next call can be right. */
function misfit(name: ToolName, issues: readonly v.BaseIssue<unknown>[]): string {
  const wrong = issues.map((issue) => `${v.getDotPath(issue) ?? 'the arguments'}: ${issue.message}`);
  const wanted = JSON.stringify(agentTools.find((tool) => tool.name === name)?.parameters['properties']);
  return `The arguments do not fit. ${wrong.join('; ')}. ${name} takes ${wanted}.`;
}

/** What a tool says of a call that cannot be. */
export class ToolError extends Error {}

/** @throws ToolError when the path leads out of the submission */
function inside(path: string): string {
  try {
    return cleanPath(path);
  } catch (error) {
    throw new ToolError(error instanceof Error ? error.message : String(error));
  }
}
