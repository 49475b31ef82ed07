import * as v from 'valibot';
import { byName } from '../domain/by-name.ts';
import { queryEngine, substitutionKind, unsupportedReason } from '../domain/engine-report.ts';

/**
 * Messages between the page and the kernel of one sandbox, over a MessagePort of their own, so that they are tied
 * to their run. Both sides parse what they receive: the page because the sandbox runs hostile code, the kernel so
 * that a mistake shows where it is made.
 */

const uint = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const portNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(65_535));
const name = v.pipe(v.string(), v.maxLength(4_096));
const text = v.pipe(v.string(), v.maxLength(65_536));
const bytes = v.instance(Uint8Array<ArrayBuffer>);
const channel = v.instance(MessagePort);
const stream = v.picklist(['stdout', 'stderr']);
const environment = v.record(name, text);
/** Read where they are needed: bytes would be copied on the page's thread, for each sandbox anew. */
const file = v.instance(Blob);
const assets = v.record(name, file);

/** What a sandbox needs to start: the scripts and data of its kernel's runtimes. */
export const runtimeBundle = v.object({
  /** Programs that this runtime stands behind, e.g. `['node']`. */
  commands: v.array(name),
  /** Source text of the process worker, a classic script. */
  script: v.string(),
  data: assets,
  wasm: assets,
  /** A booted interpreter, made on this device. */
  snapshot: v.optional(file),
  /** How many workers stand by for processes to come; none unless stated. */
  spares: v.optional(uint),
});
export type RuntimeBundle = v.InferOutput<typeof runtimeBundle>;

const call = v.variant('method', [
  v.object({ method: v.literal('mount'), files: byName(v.union([v.string(), bytes])) }),
  v.object({ method: v.literal('readFile'), path: name }),
  v.object({ method: v.literal('writeFile'), path: name, data: v.union([v.string(), bytes]) }),
  v.object({ method: v.literal('mkdir'), path: name, recursive: v.boolean() }),
  v.object({ method: v.literal('readdir'), path: name }),
  v.object({ method: v.literal('rm'), path: name, recursive: v.boolean(), force: v.boolean() }),
  v.object({ method: v.literal('rename'), from: name, to: name }),
  v.object({ method: v.literal('stat'), path: name }),
  v.object({ method: v.literal('chmod'), path: name, mode: uint }),
  v.object({ method: v.literal('spawn'), command: name, args: v.array(text), cwd: name, env: environment }),
  v.object({ method: v.literal('connect'), port: portNumber }),
]);
export type Call = v.InferOutput<typeof call>;

export const hostMessage = v.variant('type', [
  v.object({ type: v.literal('boot'), env: environment, runtimes: v.array(runtimeBundle) }),
  v.object({ type: v.literal('call'), id: uint, call }),
  v.object({ type: v.literal('stdin'), pid: uint, bytes: v.nullable(bytes) }),
  v.object({ type: v.literal('kill'), pid: uint, signal: uint }),
  v.object({ type: v.literal('closed'), connection: uint }),
  v.object({ type: v.literal('package'), id: uint, value: v.union([v.string(), bytes]) }),
  v.object({ type: v.literal('packageError'), id: uint, code: name, message: text }),
]);
export type HostMessage = v.InferOutput<typeof hostMessage>;

const ecosystem = v.picklist(['npm', 'pypi']);
export const packageRequest = v.variant('kind', [
  v.object({ kind: v.literal('index'), ecosystem }),
  v.object({ kind: v.literal('archive'), ecosystem, name, version: name }),
  v.object({ kind: v.literal('registryMetadata'), ecosystem, name }),
  v.object({ kind: v.literal('registryArchive'), ecosystem, url: name, integrity: name }),
  /** A part of the sandbox's own runtime that was not sent at the start. */
  v.object({ kind: v.literal('runtimePart'), name }),
]);
export type PackageRequest = v.InferOutput<typeof packageRequest>;

const fileType = v.picklist(['file', 'directory', 'symlink']);
export const replies = {
  nothing: v.null(),
  bytes,
  entries: v.array(v.object({ name, type: fileType })),
  stat: v.object({ type: fileType, size: uint, mode: uint, mtime: v.number() }),
  pid: uint,
  connection: v.object({ connection: uint, channel }),
} as const;

export const guestMessage = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('reply'), id: uint, value: v.unknown() }),
  v.object({ type: v.literal('failure'), id: uint, code: name, message: text }),
  v.object({ type: v.literal('output'), pid: uint, stream, bytes }),
  v.object({ type: v.literal('exit'), pid: uint, command: name, code: v.pipe(v.number(), v.safeInteger()) }),
  v.object({ type: v.literal('listen'), port: portNumber, pid: uint }),
  v.object({ type: v.literal('unlisten'), port: portNumber, pid: uint }),
  v.object({ type: v.literal('gone'), connection: uint }),
  v.object({ type: v.literal('log'), level: v.picklist(['info', 'warn', 'error']), message: text }),
  v.object({
    type: v.literal('query'),
    sql: text,
    engine: queryEngine,
    ms: v.number(),
  }),
  v.object({ type: v.literal('progress'), label: text, done: v.number(), total: v.optional(v.number()) }),
  v.object({
    type: v.literal('substitution'),
    package: name,
    kind: substitutionKind,
    detail: text,
  }),
  v.object({
    type: v.literal('unsupported'),
    reason: unsupportedReason,
    detail: text,
  }),
  v.object({ type: v.literal('package'), id: uint, request: packageRequest }),
]);
export type GuestMessage = v.InferOutput<typeof guestMessage>;
