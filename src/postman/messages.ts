import * as v from 'valibot';
import { collectionExecution, collectionVariables } from '../domain/collection.ts';
import { limits } from '../domain/limits.ts';

/**
 * Messages between the host and the worker that runs a collection, over a MessagePort of their own. The host parses
 * what it receives: behind it runs hostile code.
 */

const id = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const text = v.pipe(v.string(), v.maxLength(limits.collectionTextLength));
const bytes = v.pipe(
  v.instance(Uint8Array<ArrayBuffer>),
  v.check((body) => body.byteLength <= limits.responseBytes, 'a body is too large'),
);
const header = v.tuple([text, text]);
const headers = v.pipe(v.array(header), v.maxLength(limits.collectionHeaders));

export const hostMessage = v.variant('type', [
  v.object({
    type: v.literal('run'),
    /** JSON. */
    collection: v.string(),
    environment: v.optional(v.string()),
    globals: v.record(v.string(), v.string()),
    requestMs: v.number(),
    scriptMs: v.number(),
  }),
  v.object({
    type: v.literal('response'),
    id,
    status: v.number(),
    statusText: v.string(),
    headers: v.array(v.tuple([v.string(), v.string()])),
    body: v.instance(Uint8Array<ArrayBuffer>),
  }),
  v.object({ type: v.literal('failure'), id, code: v.string(), message: v.string() }),
]);
export type HostMessage = v.InferOutput<typeof hostMessage>;

export const workerMessage = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({
    type: v.literal('request'),
    id,
    /** Name of the collection's request that is under way. */
    name: text,
    /** e.g. `http://localhost:3000`. */
    origin: text,
    method: text,
    target: text,
    headers,
    body: v.optional(bytes),
  }),
  v.object({ type: v.literal('cancel'), id }),
  v.object({
    type: v.literal('execution'),
    /** `exchange` is the id of its last request. */
    execution: collectionExecution,
  }),
  v.object({ type: v.literal('console'), level: text, execution: id, text }),
  v.object({
    type: v.literal('done'),
    /** Why it ended before its end. */
    error: v.optional(text),
    variables: collectionVariables,
  }),
  v.object({ type: v.literal('failed'), message: text }),
]);
export type WorkerMessage = v.InferOutput<typeof workerMessage>;
