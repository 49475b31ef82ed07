import * as v from 'valibot';

/** One line of a verdict: a sentence that was checked against the running server. */
export const assertionResult = v.object({
  /** Stable over suite versions, e.g. `users.register.status`. */
  id: v.string(),
  group: v.string(),
  /** `METHOD /path` as the contract writes it. */
  endpoint: v.string(),
  sentence: v.string(),
  /** JSON pointer into the contract. An assertion of a user's own collection has none. */
  pointer: v.optional(v.string()),
  status: v.picklist(['passed', 'failed', 'not-reached']),
  /** Why it failed or was not reached. */
  message: v.optional(v.string()),
  expected: v.optional(v.string()),
  got: v.optional(v.string()),
  /** Index into `exchanges` of the request it judged. */
  exchange: v.optional(v.number()),
});
export type AssertionResult = v.InferOutput<typeof assertionResult>;

const headers = v.array(v.tuple([v.string(), v.string()]));

/** One request of the suite and what came back; bodies as text, cut at `limits.recordedBodyBytes`. */
export const exchange = v.object({
  name: v.string(),
  /** Milliseconds since the run began, when the request went out: what the server wrote at that time has the same clock. */
  at: v.optional(v.number()),
  request: v.object({
    method: v.string(),
    target: v.string(),
    headers,
    body: v.optional(v.string()),
  }),
  response: v.optional(
    v.object({
      status: v.number(),
      statusText: v.string(),
      headers,
      body: v.string(),
      truncated: v.boolean(),
    }),
  ),
  /** Why there is no response. */
  error: v.optional(v.string()),
  /** Requests that have this in common were sent at the same time: which of them came first says nothing. */
  burst: v.optional(v.string()),
  ms: v.number(),
});
export type Exchange = v.InferOutput<typeof exchange>;

export const suiteResult = v.object({
  /** e.g. `{id: 'conduit', version: '0.1.0'}`; results of different versions are not comparable. */
  suite: v.object({ id: v.string(), version: v.string() }),
  assertions: v.array(assertionResult),
  exchanges: v.array(exchange),
});
export type SuiteResult = v.InferOutput<typeof suiteResult>;

export const finding = v.object({
  rule: v.picklist(['architecture', 'database', 'orm', 'framework']),
  file: v.string(),
  /** 1-based. */
  line: v.number(),
  column: v.number(),
  message: v.string(),
});
export type Finding = v.InferOutput<typeof finding>;

export const ruleResult = v.object({
  rule: v.picklist(['architecture', 'database', 'orm', 'framework']),
  compliant: v.boolean(),
  /** Reasons for non-compliance when `compliant` is false; evidence otherwise. */
  findings: v.array(finding),
  /** Worth knowing, and decides nothing: a dependency that is declared and never used, a cycle inside a layer. */
  notes: v.optional(v.array(finding)),
});
export type RuleResult = v.InferOutput<typeof ruleResult>;

export type Profile = 'paper' | 'parser';

export const verifyResult = v.object({
  profile: v.picklist(['paper', 'parser']),
  version: v.string(),
  rules: v.array(ruleResult),
  compliant: v.boolean(),
});
export type VerifyResult = v.InferOutput<typeof verifyResult>;

/** A rule on which the two profiles differ, and why. */
export const disagreement = v.object({
  rule: finding.entries.rule,
  /** Whether the submission is compliant under each profile. */
  paper: v.boolean(),
  parser: v.boolean(),
  /** One or two sentences that name the cause and where it is. */
  reason: v.string(),
});
export type Disagreement = v.InferOutput<typeof disagreement>;

export const score = v.object({
  passed: v.number(),
  failed: v.number(),
  notReached: v.number(),
  total: v.number(),
  /** passed / total, 0 to 1. */
  raw: v.number(),
  /** raw, but 0 when a verifier of the task is violated. */
  strict: v.number(),
  /** Every assertion passed and every verifier compliant. */
  pass: v.boolean(),
});
export type Score = v.InferOutput<typeof score>;
