import * as v from 'valibot';

/** What an engine says about a run: in messages, in events, in the run record. */

/** What was replaced: a compiled core, a version, something left out, or how the program is run. */
export const substitutionKind = v.picklist(['core', 'version', 'omitted', 'runtime']);

/** Why an engine could not do what a submission asked for. */
export const unsupportedReason = v.picklist([
  'needs-registry',
  'native-package',
  'missing-binding',
  'deadlock',
  'resource',
  'engine',
]);

/** Databases whose statements are reported. */
export const queryEngine = v.picklist(['sqlite', 'postgres']);

export type SubstitutionKind = v.InferOutput<typeof substitutionKind>;
export type UnsupportedReason = v.InferOutput<typeof unsupportedReason>;
