/**
 * Runs as links and as files: made, opened, checked, and held against a fresh run. The form is described in docs/links.md.
 * All that is opened is hostile input; nothing here runs it.
 */
export { claimOf, recordOfClaim, shareOf } from './claim.ts';
export { describeFault, type LinkFault } from './faults.ts';
export { makeLink, openLink, type MadeLink, type Opened, type Reach } from './link.ts';
export { makeFile, openFile } from './run-file.ts';
export {
  reproduce,
  type Circumstance,
  type Difference,
  type Obstacle,
  type Reproduction,
} from './reproduce.ts';
export type { ClaimedAssertion, SharedRun } from './shared-run.ts';
