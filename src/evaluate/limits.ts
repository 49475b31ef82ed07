import { limits } from '../domain/limits.ts';

/** The limits that an evaluation keeps; tests give their own. */
export type RunLimits = Record<
  | 'installMs'
  | 'nativeInstallMs'
  | 'startMs'
  | 'backgroundGraceMs'
  | 'healthPollMs'
  | 'requestMs'
  | 'suiteMs'
  | 'scriptMs'
  | 'collectionMs'
  | 'killGraceMs'
  | 'outputBytes'
  | 'recordedBodyBytes',
  number
>;

export const defaultLimits: RunLimits = limits;
