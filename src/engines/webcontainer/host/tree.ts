import * as v from 'valibot';
import { limits } from '../../../domain/limits.ts';
import type { FileMap, Sandbox } from '../../engine.ts';

/** A tree of files as the client sends it: `d` a directory, `f` a file with text, bytes as Latin-1, or a link. */
type WireTree = { d: Record<string, WireTree> } | { f: { c: string; b?: boolean } | { l: string } };

const wireFile = v.union([
  v.object({ c: v.string(), b: v.optional(v.boolean()) }),
  v.object({ l: v.string() }),
]);
const wireEntry = v.union([v.object({ d: v.record(v.string(), v.unknown()) }), v.object({ f: wireFile })]);

/**
 * Files of a mounted tree by their paths. @throws Error for what is no such tree, links (which this host's disk has no
 * call for), and names that lead elsewhere.
 */
export function readTree(payload: Uint8Array): FileMap {
  if (payload.byteLength > limits.diskFileBytes) throw new Error('the tree is too large');
  const files: [string, string | Uint8Array][] = [];
  const waiting: { path: string[]; value: unknown }[] = [
    { path: [], value: JSON.parse(new TextDecoder().decode(payload)) },
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const entry = v.parse(wireEntry, next.value);
    if ('f' in entry) {
      if ('l' in entry.f) throw new Error(`this host mounts no links: ${next.path.join('/')}`);
      const { c, b } = entry.f;
      files.push([next.path.join('/'), b === true ? latin1(c) : c]);
      continue;
    }
    if (next.path.length > limits.pathDepth) throw new Error('the tree is too deep');
    for (const [name, value] of Object.entries(entry.d)) {
      if (name === '' || name === '.' || name === '..' || name.includes('/')) {
        throw new Error(`${JSON.stringify(name)} is no name of a file`);
      }
      waiting.push({ path: [...next.path, name], value });
    }
    if (files.length > limits.diskInodes) throw new Error('the tree has too many files');
  }
  return Object.fromEntries(files);
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** A directory of the sandbox in the client's form, as JSON. */
export async function writeTree(sandbox: Sandbox, path: string): Promise<Uint8Array> {
  return new TextEncoder().encode(JSON.stringify(await directory(sandbox, path, 0)));
}

async function directory(sandbox: Sandbox, path: string, depth: number): Promise<WireTree> {
  if (depth > limits.pathDepth) throw new Error(`${path} is too deep`);
  const entries: [string, WireTree][] = [];
  for (const { name, type } of await sandbox.fs.readdir(path)) {
    const inner = `${path}/${name}`;
    if (type === 'directory') entries.push([name, await directory(sandbox, inner, depth + 1)]);
    else entries.push([name, { f: fileOf(await sandbox.fs.readFile(inner)) }]);
  }
  return { d: Object.fromEntries(entries) };
}

function fileOf(bytes: Uint8Array): { c: string; b?: boolean } {
  try {
    return { c: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { c: Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''), b: true };
  }
}
