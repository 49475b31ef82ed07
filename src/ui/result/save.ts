import type { RunRecord } from '../../domain/run.ts';

/** Hands content to the browser as a file to keep. */
function save(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has taken its copy of the address by the next turn of the loop.
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}

/** The run record as JSON. Does nothing without a record. */
export function saveRecord(record: RunRecord | undefined): void {
  if (record === undefined) return;
  const name = `${record.task.id}-${record.createdAt.replace(/[:.]/g, '-')}.json`;
  save(name, new Blob([JSON.stringify(record, null, 2)], { type: 'application/json' }));
}

/** What a user's own collection gave, in Newman's JSON or as a CSV table. */
export function saveCollection(taskId: string, format: 'json' | 'csv', text: string): void {
  const type = format === 'csv' ? 'text/csv' : 'application/json';
  save(`${taskId}-newman.${format}`, new Blob([text], { type }));
}

/** The output of a run as text, as it came. */
export function saveOutput(taskId: string, text: string): void {
  save(`${taskId}-output.txt`, new Blob([text], { type: 'text/plain' }));
}

/** Any text as a file of this name. */
export function saveText(name: string, type: string, text: string): void {
  save(name, new Blob([text], { type }));
}
