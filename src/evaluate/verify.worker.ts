import { findTask } from '../../tasks/index.ts';
import { verifyHere } from './verify-here.ts';
import type { VerifyAnswer, VerifyQuestion } from './verify-in-worker.ts';

/** A worker's own side: one question, one answer. */
self.addEventListener('message', (event: MessageEvent<VerifyQuestion>) => {
  const { taskId, files } = event.data;
  const task = findTask(taskId);
  const work =
    task === undefined
      ? Promise.reject(new Error(`there is no task ${taskId}`))
      : verifyHere(task, files, new AbortController().signal);
  work.then(
    (verified) => self.postMessage(verified satisfies VerifyAnswer),
    (error: unknown) => self.postMessage({ error: String(error) } satisfies VerifyAnswer),
  );
});
