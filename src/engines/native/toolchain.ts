import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { arch, env, execPath, platform } from 'node:process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The benchmark's versions; what is nearest to them is used where the machine lacks them. */
export const wanted = { python: [3, 12], node: 20 } as const;

export interface Tool {
  /** Absolute path of the executable. */
  path: string;
  version: string;
}

export interface Toolchain {
  node: Tool;
  /** Directory of the machine's npm, or undefined. */
  npmDir: string | undefined;
  python: Tool | undefined;
  /** Directory of the machine's uv, or undefined. */
  uvDir: string | undefined;
  /** Differences from the benchmark's versions, for people. */
  notes: string[];
}

async function output(command: string, args: string[]): Promise<string | undefined> {
  try {
    const { stdout } = await run(command, args, { timeout: 20_000, maxBuffer: 2 ** 20 });
    return stdout.trim();
  } catch {
    return undefined;
  }
}

/** The first directory of PATH whose `command` really runs: version managers put stubs there that do not. */
async function dirOf(command: string): Promise<string | undefined> {
  for (const dir of (env.PATH ?? '').split(delimiter)) {
    const path = join(dir, command);
    if (dir !== '' && existsSync(path) && (await output(path, ['--version'])) !== undefined) return dir;
  }
  return undefined;
}

/** The pinned Node of the optional dependency, else the one that runs this. */
async function findNode(notes: string[]): Promise<Tool> {
  const name = `node-${platform}-${arch}`;
  try {
    const path = join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'bin', 'node');
    const version = await output(path, ['-p', 'process.versions.node']);
    if (version !== undefined) return { path, version };
  } catch {
    // Not installed for this platform.
  }
  const version = process.versions.node;
  if (!version.startsWith(`${wanted.node}.`))
    notes.push(`Node ${wanted.node} is not installed; Node ${version} is used`);
  return { path: execPath, version };
}

const probe = 'import sys,venv,ensurepip;print("%d.%d.%d"%sys.version_info[:3]);print(sys.executable)';

async function tryPython(command: string): Promise<Tool | undefined> {
  const [version, path] = (await output(command, ['-c', probe]))?.split(/\r?\n/) ?? [];
  return version === undefined || path === undefined ? undefined : { path, version };
}

/** How far a version of Python is from the wanted one; newer before older when equally far. */
function distance(version: string): number {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const away = minor - wanted.python[1];
  return (major === wanted.python[0] ? 0 : 1_000) + 2 * Math.abs(away) - (away > 0 ? 1 : 0);
}

/** Commands that may be a CPython, likely ones first. Version managers put stubs on PATH that do not run. */
async function* pythonCandidates(): AsyncGenerator<string[]> {
  const exact = wanted.python.join('.');
  yield [env.DECAY_PYTHON ?? '', `python${exact}`].filter((command) => command !== '');
  const root = await output('pyenv', ['root']);
  const names = root === undefined ? [] : await readdir(join(root, 'versions')).catch(() => []);
  const managed = (accept: (name: string) => boolean) =>
    names.filter(accept).map((name) => join(root ?? '', 'versions', name, 'bin', 'python3'));
  yield managed((name) => name.startsWith(`${exact}.`));
  const others = managed((name) => /^3\.\d+\.\d+$/.test(name));
  yield [...others, 'python3.13', 'python3.11', 'python3.14', 'python3', 'python'];
}

async function findPython(notes: string[]): Promise<Tool | undefined> {
  const exact = wanted.python.join('.');
  const seen: Tool[] = [];
  for await (const commands of pythonCandidates()) {
    const tools = await Promise.all(commands.map(tryPython));
    seen.push(...tools.filter((tool) => tool !== undefined));
    const match = seen.find((tool) => distance(tool.version) === 0);
    if (match !== undefined) return match;
  }
  const [nearest] = seen.sort((a, b) => distance(a.version) - distance(b.version));
  notes.push(
    nearest === undefined
      ? `no CPython with venv and pip was found; install CPython ${exact}`
      : `CPython ${exact} is not installed; the nearest, ${nearest.version}, is used`,
  );
  return nearest;
}

let found: Promise<Toolchain> | undefined;

/** Looks once for the programs that the native engine runs submissions with. */
export function findToolchain(): Promise<Toolchain> {
  found ??= (async () => {
    const notes: string[] = [];
    const [node, python, npmDir, uvDir] = await Promise.all([
      findNode(notes),
      findPython(notes),
      dirOf('npm'),
      dirOf('uv'),
    ]);
    return { node, npmDir, python, uvDir, notes };
  })();
  return found;
}
