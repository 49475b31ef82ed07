import { sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { ExecResult, ResolvedCommandContext } from 'just-bash/browser';
import type { ProgramContext } from './program.ts';
import type { ShellCommand } from './run-command.ts';

/**
 * Small Unix tools that scripts of servers call and that the shell library lacks, or makes from what a worker of an
 * opaque origin does not have (digests by crypto.subtle).
 */

type Tool = (args: string[], shell: ResolvedCommandContext, context: ProgramContext) => Promise<ExecResult>;

const digests = {
  sha1sum: sha1,
  sha224sum: sha224,
  sha256sum: sha256,
  sha384sum: sha384,
  sha512sum: sha512,
};

const tools: Readonly<Record<string, Tool>> = {
  id: async (args) => {
    const option = args.find((word) => word.startsWith('-'));
    if (option === undefined) return say('uid=0(root) gid=0(root) groups=0(root)\n');
    return say(option.includes('n') ? 'root\n' : '0\n');
  },
  whoami: async () => say('root\n'),
  nproc: async () => say('1\n'),
  uname: async (args) => say(`${systemNames(args).join(' ')}\n`),
  mktemp: makeTemporary,
  openssl: async (args, _shell, context) => {
    if (args[0] === 'rand') return randomText(args.slice(1));
    context.unsupported({
      reason: 'engine',
      detail: `openssl ${args[0] ?? ''}: only "openssl rand" is there`,
    });
    return refuse(`openssl ${args[0] ?? ''}: not supported here`);
  },
  realpath: async (args, shell, { fs }) => {
    const files = args.filter((word) => !word.startsWith('-'));
    return say(files.map((file) => `${resolved(fs, shell.fs.resolvePath(shell.cwd, file))}\n`).join(''));
  },
  ulimit: async (args) => {
    if (args.some((word) => !word.startsWith('-'))) return say('');
    return say(args.some((word) => word.endsWith('n')) ? '1024\n' : 'unlimited\n');
  },
  ...Object.fromEntries(
    Object.entries(digests).map(([name, digest]): [string, Tool] => [
      name,
      (args, shell, context) => sums(name, digest, args, shell, context),
    ]),
  ),
};

/** Their names; `ulimit` acts on the shell itself, which looks for it on PATH all the same. */
export const toolNames: readonly string[] = Object.keys(tools);

export function toolCommands(context: ProgramContext): ShellCommand[] {
  return Object.entries(tools).map(([name, run]) => ({
    name,
    execute: async (args, shell) => {
      try {
        return await run(args, shell, context);
      } catch (error) {
        return refuse(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
  }));
}

function say(stdout: string): ExecResult {
  return { stdout, stderr: '', exitCode: 0 };
}

function refuse(problem: string): ExecResult {
  return { stdout: '', stderr: `${problem}\n`, exitCode: 1 };
}

/** `uname -a` and its parts, in their order. */
function systemNames(args: readonly string[]): string[] {
  const parts: readonly [string, string][] = [
    ['s', 'Linux'],
    ['n', 'localhost'],
    ['r', '6.1.0'],
    ['v', '#1 SMP'],
    ['m', 'x86_64'],
    ['o', 'GNU/Linux'],
  ];
  const flags = args.join('').replaceAll('-', '') || 's';
  return parts.filter(([flag]) => flags.includes('a') || flags.includes(flag)).map(([, name]) => name);
}

/** `openssl rand [-hex|-base64] N`. */
async function randomText(args: readonly string[]): Promise<ExecResult> {
  const count = Number(args.find((word) => /^\d+$/.test(word)));
  if (!Number.isInteger(count) || count > 65_536) return refuse('rand: a number of bytes is wanted');
  const bytes = crypto.getRandomValues(new Uint8Array(count));
  const text = String.fromCharCode(...bytes);
  if (args.includes('-hex')) return say(`${bytesToHex(bytes)}\n`);
  if (args.includes('-base64')) return say(`${btoa(text).replaceAll(/(.{64})(?=.)/g, '$1\n')}\n`);
  return { ...say(text), stdoutKind: 'bytes' };
}

/** `mktemp [-d] [-u] [-t] [-p DIR] [--suffix=TEXT] [TEMPLATE]`. */
async function makeTemporary(
  args: string[],
  shell: ResolvedCommandContext,
  { fs }: ProgramContext,
): Promise<ExecResult> {
  const flags = args.filter((word) => /^-[dqtu]+$/.test(word)).join('');
  const at = args.findIndex((word) => word === '-p');
  const named = args.find((word) => word.startsWith('--tmpdir='))?.slice('--tmpdir='.length);
  const suffix = args.find((word) => word.startsWith('--suffix='))?.slice('--suffix='.length) ?? '';
  const given = args.find((word, index) => !word.startsWith('-') && (at === -1 || index !== at + 1));
  const template = given ?? 'tmp.XXXXXXXXXX';
  const marks = /X{3,}(?!.*X{3})/.exec(template);
  if (marks === null) return refuse(`mktemp: too few X's in template ‘${template}’`);
  const temporary = named ?? (at === -1 ? (shell.exportedEnv?.['TMPDIR'] ?? '/tmp') : args[at + 1]);
  const inside = given === undefined || flags.includes('t') || at !== -1 || named !== undefined;
  const random = randomLetters(marks[0].length);
  const name = `${template.slice(0, marks.index)}${random}${template.slice(marks.index + random.length)}${suffix}`;
  const path = inside ? `${temporary}/${name}` : name;
  const target = shell.fs.resolvePath(shell.cwd, path);
  if (!flags.includes('u')) {
    if (args.includes('--directory') || flags.includes('d')) fs.mkdir(target, 0o700);
    else fs.writeFile(target, '', 0o600);
  }
  return say(`${path}\n`);
}

function randomLetters(count: number): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  const bytes = crypto.getRandomValues(new Uint8Array(count));
  return Array.from(bytes, (byte) => letters[byte % letters.length]).join('');
}

function resolved(fs: ProgramContext['fs'], path: string): string {
  if (fs.exists(path)) return fs.realpath(path);
  const cut = path.lastIndexOf('/');
  return `${cut > 0 ? resolved(fs, path.slice(0, cut)) : ''}${path.slice(cut)}`;
}

/** `sha256sum [FILE]…` and its like: `DIGEST  FILE`. */
async function sums(
  name: string,
  digest: (bytes: Uint8Array) => Uint8Array,
  args: string[],
  shell: ResolvedCommandContext,
  context: ProgramContext,
): Promise<ExecResult> {
  const files = args.filter((word) => word === '-' || !word.startsWith('-'));
  if (args.includes('-c') || args.includes('--check')) {
    context.unsupported({ reason: 'engine', detail: `${name} --check is not there` });
    return refuse(`${name}: --check is not supported here`);
  }
  let stdout = '';
  let stderr = '';
  for (const file of files.length === 0 ? ['-'] : files) {
    const path = shell.fs.resolvePath(shell.cwd, file);
    if (file !== '-' && !context.fs.exists(path)) {
      stderr += `${name}: ${file}: No such file or directory\n`;
      continue;
    }
    const bytes =
      file === '-'
        ? Uint8Array.from(String(shell.stdin), (character) => character.charCodeAt(0))
        : context.fs.readFile(path);
    stdout += `${bytesToHex(digest(bytes))}  ${file}\n`;
  }
  return { stdout, stderr, exitCode: stderr === '' ? 0 : 1 };
}
