import * as v from 'valibot';
import { limits } from '../../domain/limits.ts';
import { EngineError, type FileMap, type Sandbox } from '../../engines/engine.ts';
import { skippedPart } from '../../share/submission.ts';
import { textOrBytes } from '../../share/collect.ts';
import { cleanPath } from '../../share/paths.ts';
import type { Tool } from '../client/types.ts';

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
      'Runs a shell command in the top directory and gives its output and exit code. It is ended after a minute.',
    parameters: object({ command: text('The command, for bash') }, ['command']),
  },
  {
    name: 'list_files',
    description: 'Lists all files with their sizes, without installed packages.',
    parameters: object({}, []),
  },
  {
    name: 'read_file',
    description: 'Gives the text of a file.',
    parameters: object({ path: text('Relative path') }, ['path']),
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
  read_file: v.object({ path: v.string() }),
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
  readonly #sandbox: Sandbox;
  readonly #limits: WorkbenchLimits;
  readonly #test: (files: FileMap) => Promise<string>;
  readonly #signal: AbortSignal;
  finished = false;

  constructor(
    sandbox: Sandbox,
    parts: { limits: WorkbenchLimits; test: (files: FileMap) => Promise<string>; signal: AbortSignal },
  ) {
    this.#sandbox = sandbox;
    this.#limits = parts.limits;
    this.#test = parts.test;
    this.#signal = parts.signal;
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
    if (!checked.success)
      return `The arguments do not fit: ${checked.issues.map(({ message }) => message).join('; ')}`;
    try {
      return cutMiddle(await this.#run(name, parsed), this.#limits.output);
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
        return new TextDecoder().decode(
          await this.#sandbox.fs.readFile(inside(v.parse(schemas.read_file, given).path)),
        );
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

  async #edit({ path, old, new: fresh }: { path: string; old: string; new: string }): Promise<string> {
    const clean = inside(path);
    const before = new TextDecoder().decode(await this.#sandbox.fs.readFile(clean));
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
    const folder = path.split('/').slice(0, -1).join('/');
    if (folder !== '') await this.#sandbox.fs.mkdir(folder, { recursive: true });
    await this.#sandbox.fs.writeFile(path, content);
  }

  async #command(command: string): Promise<string> {
    const process = await this.#sandbox.spawn('bash', ['-c', command]);
    const chunks: string[] = [];
    let kept = 0;
    let dropped = 0;
    const decoder = new TextDecoder();
    const reading = process.output.pipeTo(
      new WritableStream({
        write: ({ bytes }) => {
          // A little more than is shown, so that the end is there as well as the beginning.
          if (kept > limits.outputBytes) dropped += bytes.length;
          else chunks.push(decoder.decode(bytes, { stream: true }));
          kept += bytes.length;
        },
      }),
    );
    const timer = setTimeout(() => process.kill('SIGKILL'), this.#limits.commandMs);
    const stop = (): void => process.kill('SIGKILL');
    this.#signal.addEventListener('abort', stop, { once: true });
    try {
      const code = await process.exit;
      await drained(reading, () => kept);
      this.#signal.throwIfAborted();
      const late = dropped > 0 ? `\n[${dropped} more bytes]` : '';
      return `${chunks.join('')}${late}\n[exit code ${code}]`;
    } finally {
      clearTimeout(timer);
      this.#signal.removeEventListener('abort', stop);
    }
  }

  /** The submission as it is now: all files but those that tools make. */
  async files(): Promise<FileMap> {
    const files: FileMap = {};
    let bytes = 0;
    const walk = async (folder: string): Promise<void> => {
      for (const { name, type } of await this.#sandbox.fs.readdir(folder === '' ? '.' : folder)) {
        const path = folder === '' ? name : `${folder}/${name}`;
        if (skippedPart(type === 'directory' ? `${path}/x` : path) !== undefined || type === 'symlink')
          continue;
        if (/\.(db|sqlite3?)(-(wal|shm|journal))?$|(^|\/)package-lock\.json$/.test(path)) continue;
        if (type === 'directory') {
          if (path.split('/').length < limits.pathDepth) await walk(path);
          continue;
        }
        const content = await this.#sandbox.fs.readFile(path);
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

/** What a tool says of a call that cannot be. */
class ToolError extends Error {}

/** @throws ToolError when the path leads out of the submission */
function inside(path: string): string {
  try {
    return cleanPath(path);
  } catch (error) {
    throw new ToolError(error instanceof Error ? error.message : String(error));
  }
}

/** The beginning and the end of a text that is too long; the end says more, so it gets more. */
export function cutMiddle(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = Math.floor(most / 3);
  return `${text.slice(0, head)}\n[${(text.length - most).toLocaleString('en')} characters left out]\n${text.slice(text.length - (most - head))}`;
}
