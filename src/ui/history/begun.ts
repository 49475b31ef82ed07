import { taskVersion } from '../../../tasks/index.ts';
import { recordFiles, restoreFiles } from '../../domain/files.ts';
import type { RunRecord } from '../../domain/run.ts';
import type { Task } from '../../domain/task.ts';
import type { RunDraft } from '../../store/index.ts';
import type { PageRunRequest } from '../services.ts';

/** What is noted of a run that begins, so that it can be begun again. The key of a WebContainer is not. */
export function draftOf(request: PageRunRequest, now: Date): RunDraft {
  const { task, files, source, generation, collection, webContainer } = request;
  return {
    id: crypto.randomUUID(),
    createdAt: now.toISOString(),
    task: { id: task.id, version: taskVersion },
    source,
    ...(generation !== undefined && { generation }),
    files: recordFiles(files),
    engine: webContainer === undefined ? task.language : 'webcontainer',
    profile: 'parser',
    ...(collection !== undefined && { collection }),
  };
}

/** The request to begin a run again; undefined when its task is not known here. */
export function requestOf(draft: RunDraft, tasks: readonly Task[]): PageRunRequest | undefined {
  const task = tasks.find(({ id }) => id === draft.task.id);
  if (task === undefined) return undefined;
  return {
    task,
    files: restoreFiles(draft.files),
    source: draft.source,
    ...(draft.generation !== undefined && { generation: draft.generation }),
    ...(draft.collection !== undefined && { collection: draft.collection }),
    ...(draft.engine === 'webcontainer' && { webContainer: {} }),
  };
}

/** The request to carry a run out once more; undefined when its task is not known here. */
export function requestOfRecord(record: RunRecord, tasks: readonly Task[]): PageRunRequest | undefined {
  const task = tasks.find(({ id }) => id === record.task.id);
  if (task === undefined) return undefined;
  const { source, generation, collection } = record;
  return {
    task,
    files: restoreFiles(record.files),
    source,
    ...(generation !== undefined && { generation }),
    ...(collection !== undefined && { collection: { source: collection.source, role: collection.role } }),
    ...(record.engine.id === 'webcontainer' && { webContainer: {} }),
  };
}
