import type { RunRecord } from '../domain/run.ts';

/** Hands the run record to the browser as a JSON file to keep. Does nothing without a record. */
export function saveRecord(record: RunRecord | undefined): void {
  if (record === undefined) return;
  const url = URL.createObjectURL(new Blob([JSON.stringify(record, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${record.task.id}-${record.createdAt.replace(/[:.]/g, '-')}.json`;
  link.click();
  // The download has taken its copy of the address by the next turn of the loop.
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}
