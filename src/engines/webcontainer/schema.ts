import * as v from 'valibot';
import { limits } from '../../domain/limits.ts';
import { substitutionKind, unsupportedReason } from '../../domain/engine-report.ts';

const text = v.pipe(v.string(), v.maxLength(10_000));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const relayMessage = v.variant('type', [
  /** The relay runs. */
  v.object({ type: v.literal('hello'), node: text, directory: text, needsShell: v.boolean() }),
  v.object({ type: v.literal('reply'), id: count, value: v.unknown() }),
  v.object({ type: v.literal('failure'), id: count, code: text, message: text }),
  v.object({ type: v.literal('exit'), pid: count, code: count }),
  v.object({
    type: v.literal('substitution'),
    package: text,
    kind: substitutionKind,
    detail: text,
  }),
  v.object({ type: v.literal('unsupported'), reason: unsupportedReason, detail: text }),
]);

/** What the calls of messages.ts answer. Labels are those of connections that the relay has opened before it answers. */
export const replies = {
  nothing: v.unknown(),
  spawned: v.object({ pid: count, stdout: count, stderr: count }),
  connected: v.object({ label: count }),
  bytes: v.object({ base64: v.pipe(v.string(), v.maxLength(limits.diskFileBytes * 2)) }),
  entries: v.array(v.object({ name: v.string(), type: v.picklist(['file', 'directory', 'symlink']) })),
  stat: v.object({
    type: v.picklist(['file', 'directory', 'symlink']),
    size: v.number(),
    mode: v.number(),
    mtime: v.number(),
  }),
} as const;
