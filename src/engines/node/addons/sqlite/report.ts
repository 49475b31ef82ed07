import { host } from '../../host.ts';
import type { RealmServices } from '../../realm-services.ts';

/** Characters of a statement's text that are reported. */
const reportedLength = 4096;

/** Tells the evaluation of a statement that was executed since `started` (ms of `host.now()`). */
export function reportQuery(services: RealmServices, sql: string, started: number): void {
  const ms = host.now() - started;
  services.port.report({ type: 'query', sql: sql.slice(0, reportedLength), engine: 'sqlite', ms });
}
