import * as v from 'valibot';
import type { Sandbox } from '../../engine.ts';
import { fromBase64, toBase64 } from '../../net/base64.ts';
import { Handle, type Exposed } from './wire.ts';

const path = v.pipe(v.string(), v.maxLength(4_096));
const encoding = v.nullish(v.union([v.string(), v.looseObject({ encoding: v.nullish(v.string()) })]));
const flags = v.nullish(
  v.looseObject({ recursive: v.optional(v.boolean()), force: v.optional(v.boolean()) }),
);
const listing = v.nullish(
  v.union([
    v.string(),
    v.looseObject({ encoding: v.nullish(v.string()), withFileTypes: v.optional(v.boolean()) }),
  ]),
);

/** Numbers by which the client tells entries of a directory apart. */
const EntryType = { file: 1, directory: 2 } as const;

/** The client's file system over a sandbox's: paths are below the working directory, whatever they begin with. */
export function exposedFiles({ fs }: Sandbox): Handle {
  const methods: Exposed['methods'] = new Map<string, (...args: unknown[]) => Promise<unknown>>([
    [
      'readFile',
      async (file, options) => {
        const bytes = await fs.readFile(below(file));
        const name = encodingOf(v.parse(encoding, options));
        return name === undefined ? bytes : decode(bytes, name);
      },
    ],
    [
      'writeFile',
      async (file, data, options) => {
        const content = v.parse(v.union([v.string(), v.instance(Uint8Array)]), data);
        const name = encodingOf(v.parse(encoding, options));
        await fs.writeFile(below(file), typeof content === 'string' ? encode(content, name) : content);
      },
    ],
    [
      'readdir',
      async (directory, options) => {
        const parsed = v.parse(listing, options);
        const asBytes = encodingOf(parsed) === 'buffer';
        const withTypes = typeof parsed === 'object' && parsed?.withFileTypes === true;
        const entries = await fs.readdir(below(directory));
        return entries.map(({ name, type }) => {
          const shown = asBytes ? new TextEncoder().encode(name) : name;
          if (!withTypes) return shown;
          const number = type === 'directory' ? EntryType.directory : EntryType.file;
          return { name: shown, 'Symbol(type)': number };
        });
      },
    ],
    [
      'mkdir',
      async (directory, options) => {
        const place = below(directory);
        const recursive = v.parse(flags, options)?.recursive === true;
        await fs.mkdir(place, { recursive });
        return recursive ? place : undefined;
      },
    ],
    [
      'rm',
      async (target, options) => {
        const { recursive = false, force = false } = v.parse(flags, options) ?? {};
        await fs.rm(below(target), { recursive, force });
      },
    ],
    ['rename', async (from, to) => fs.rename(below(from), below(to))],
    [
      'watch',
      async () => {
        throw new Error('ENOSYS: this host does not watch files, watch');
      },
    ],
  ]);
  return new Handle({ methods });
}

/** A path relative to the working directory; `..` stops there. */
export function below(value: unknown): string {
  const parts: string[] = [];
  for (const part of v.parse(path, value).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/') || '.';
}

function encodingOf(options: string | { encoding?: string | null | undefined } | null | undefined) {
  const name = typeof options === 'string' ? options : options?.encoding;
  return name === null || name === undefined ? undefined : name.toLowerCase();
}

function decode(bytes: Uint8Array, encoding: string): string {
  switch (encoding) {
    case 'utf8':
    case 'utf-8':
      return new TextDecoder().decode(bytes);
    case 'latin1':
    case 'binary':
      return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
    case 'base64':
      return toBase64(bytes);
    case 'hex':
      return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    default:
      throw new Error(`ENOSYS: this host does not read files as ${encoding}`);
  }
}

function encode(text: string, encoding: string | undefined): string | Uint8Array {
  switch (encoding) {
    case undefined:
    case 'utf8':
    case 'utf-8':
      return text;
    case 'latin1':
    case 'binary':
      return Uint8Array.from(text, (character) => character.charCodeAt(0));
    case 'base64':
      return fromBase64(text);
    default:
      throw new Error(`ENOSYS: this host does not write files as ${encoding}`);
  }
}
