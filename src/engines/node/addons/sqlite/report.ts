import type { RealmServices } from '../../realm-services.ts';

/** Characters of a statement's text that are reported. */
const reportedLength = 4096;

/** Tells the evaluation of a statement that was executed since `started` (ms of `performance.now()`). */
export function reportQuery(services: RealmServices, sql: string, started: number): void {
  const ms = performance.now() - started;
  services.port.report({ type: 'query', sql: sql.slice(0, reportedLength), engine: 'sqlite', ms });
}
