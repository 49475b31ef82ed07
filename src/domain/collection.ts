import * as v from 'valibot';
import { exchange } from './verdict.ts';

/** A Postman collection (v2.1) that a user brought, as it is written in its file. */
export const collectionSource = v.object({
  /** Name of the file, for people. */
  fileName: v.pipe(v.string(), v.maxLength(255)),
  /** JSON. */
  collection: v.string(),
  /** JSON of a Postman environment, when one goes with it. */
  environment: v.optional(v.string()),
  /** Variables by name; they win over the playground's own (APIURL, USERNAME, EMAIL, PASSWORD). */
  variables: v.optional(v.record(v.string(), v.string())),
});
export type CollectionSource = v.InferOutput<typeof collectionSource>;

/** One test of a script: `pm.test(name)` or `tests[name]`. */
export const collectionAssertion = v.object({
  name: v.string(),
  status: v.picklist(['passed', 'failed', 'skipped']),
  /** Name and message of what the test threw. */
  error: v.optional(v.object({ name: v.string(), message: v.string() })),
});
export type CollectionAssertion = v.InferOutput<typeof collectionAssertion>;

/** One time that a request of the collection was run. */
export const collectionExecution = v.object({
  /** Folders from the outermost, and the request's own name. */
  folders: v.array(v.string()),
  name: v.string(),
  /** The request's id in the collection, empty when it has none. */
  itemId: v.string(),
  method: v.string(),
  /** With all variables put in. */
  url: v.string(),
  /** Index into `exchanges`; none when no request went out. */
  exchange: v.optional(v.number()),
  /** Why there is no response. */
  error: v.optional(v.string()),
  assertions: v.array(collectionAssertion),
  /** Scripts that ended with an error outside of a test. */
  scriptErrors: v.array(
    v.object({ script: v.picklist(['prerequest', 'test']), name: v.string(), message: v.string() }),
  ),
});
export type CollectionExecution = v.InferOutput<typeof collectionExecution>;

/** What running a collection gave. Counts are Newman's: an assertion that was not executed is not counted. */
export const collectionResult = v.object({
  /** The collection's own name. */
  name: v.string(),
  /** Lower-case hex, of the collection's text. */
  sha256: v.string(),
  executions: v.array(collectionExecution),
  exchanges: v.array(exchange),
  /** What scripts wrote to the console. */
  console: v.array(v.object({ level: v.string(), execution: v.number(), text: v.string() })),
  /** ISO 8601, and milliseconds from first request to last. */
  startedAt: v.string(),
  ms: v.number(),
  /** Why the run ended before its end. */
  stopped: v.optional(v.string()),
});
export type CollectionResult = v.InferOutput<typeof collectionResult>;

/** Whether the collection decides the verdict, or is run beside the suite that decides. */
export const collectionRole = v.picklist(['instead', 'beside']);
export type CollectionRole = v.InferOutput<typeof collectionRole>;
