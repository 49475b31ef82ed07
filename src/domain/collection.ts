import * as v from 'valibot';
import { limits } from './limits.ts';
import { exchange } from './verdict.ts';

const text = v.pipe(v.string(), v.maxLength(limits.collectionTextLength));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const script = v.picklist(['prerequest', 'test']);

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
  name: text,
  status: v.picklist(['passed', 'failed', 'skipped']),
  /** Name and message of what the test threw. */
  error: v.optional(v.object({ name: text, message: text })),
  /** Of which script, and its place among that script's tests. */
  script,
  index: count,
});
export type CollectionAssertion = v.InferOutput<typeof collectionAssertion>;

/** One time that a request of the collection was run. */
export const collectionExecution = v.object({
  /** Folders from the outermost, and the request's own name. */
  folders: v.pipe(v.array(text), v.maxLength(limits.collectionDepth)),
  name: text,
  /** The request's id in the collection, empty when it has none. */
  itemId: text,
  /** Place among the collection's requests, from 0. */
  position: count,
  method: text,
  /** With all variables put in. */
  url: text,
  /** Index into `exchanges`: of a chain of redirects the last. None when no request went out. */
  exchange: v.optional(count),
  /** Requests that it made or tried to make: its own and those of `pm.sendRequest`; redirects are not counted. */
  sent: v.object({ total: count, failed: count }),
  /** Why there is no response. */
  error: v.optional(text),
  /** True when its own script said that it is not to be sent. */
  skipped: v.optional(v.boolean()),
  /** Scripts that were run. */
  scripts: v.object({ prerequest: count, test: count }),
  assertions: v.pipe(v.array(collectionAssertion), v.maxLength(limits.collectionAssertions)),
  /** Scripts that ended with an error outside of a test; `at` names the place as Newman does: `test-script:1:5`. */
  scriptErrors: v.pipe(
    v.array(v.object({ script, name: text, message: text, at: text })),
    v.maxLength(limits.collectionAssertions),
  ),
});
export type CollectionExecution = v.InferOutput<typeof collectionExecution>;

const variables = v.pipe(
  v.array(v.object({ key: text, value: v.unknown(), type: v.optional(text) })),
  v.maxLength(limits.collectionVariables),
);
/** Variables by scope. */
export const collectionVariables = v.object({
  environment: variables,
  globals: variables,
  collection: variables,
});
export type CollectionVariables = v.InferOutput<typeof collectionVariables>;

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
  /** As they were at the end. */
  variables: v.optional(collectionVariables),
  /** Addresses other than localhost that the collection means the submission by, e.g. `https://api.example.org`. */
  standIns: v.array(v.string()),
  /** Why the run ended before its end. */
  stopped: v.optional(v.string()),
});
export type CollectionResult = v.InferOutput<typeof collectionResult>;

/** Whether the collection decides the verdict, or is run beside the suite that decides. */
export const collectionRole = v.picklist(['instead', 'beside']);
export type CollectionRole = v.InferOutput<typeof collectionRole>;

/** Version of the suite that is a user's own collection, where the server never got as far as being asked. */
export const collectionNotRun = 'not run';
