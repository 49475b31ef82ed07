import { appendFileSync } from 'node:fs';
import { relayVariables } from './environment.ts';
import type { Report } from './reports.ts';

/** Tells the run, through the relay, what a process of the sandbox replaced or could not do. */
export function report(what: Report): void {
  const path = process.env[relayVariables.reports];
  if (path === undefined) return;
  try {
    appendFileSync(path, `${JSON.stringify(what)}\n`);
  } catch {
    // A process without the right to write there cannot tell.
  }
}
