import type { Sandbox } from '../engines/engine.ts';
import { cancellable } from './cancel.ts';

/** Paths that lay in a sandbox at one moment, where a server leaves its files. */
export type Trace = ReadonlySet<string>;

/** Directories that an install fills: what is in them is neither listed nor removed. */
const installed = new Set(['node_modules', '.venv', 'venv', 'site-packages', '__pycache__']);

const roots = (sandbox: Sandbox): string[] => [sandbox.workdir, '/tmp'];

/** Lists what lies in the working directory and in /tmp. @throws AbortError */
export async function takeTrace(sandbox: Sandbox, signal: AbortSignal): Promise<Trace> {
  const paths = new Set<string>();
  const visit = (path: string): boolean => {
    paths.add(path);
    return true;
  };
  for (const root of roots(sandbox)) await walk(sandbox, root, signal, visit);
  return paths;
}

/** Removes what has come since. What was changed or removed stays so. @throws AbortError */
export async function removeSince(sandbox: Sandbox, trace: Trace, signal: AbortSignal): Promise<void> {
  const added: string[] = [];
  const visit = (path: string): boolean => {
    const known = trace.has(path);
    if (!known) added.push(path);
    return known;
  };
  for (const root of roots(sandbox)) await walk(sandbox, root, signal, visit);
  for (const path of added) await cancellable(sandbox.fs.rm(path, { recursive: true, force: true }), signal);
}

/** @param visit says whether to go on below a directory; a directory that cannot be read is empty */
async function walk(
  sandbox: Sandbox,
  directory: string,
  signal: AbortSignal,
  visit: (path: string) => boolean,
): Promise<void> {
  const entries = await cancellable(
    sandbox.fs.readdir(directory).catch(() => []),
    signal,
  );
  for (const { name, type } of entries) {
    const path = `${directory}/${name}`;
    if (visit(path) && type === 'directory' && !installed.has(name)) await walk(sandbox, path, signal, visit);
  }
}
