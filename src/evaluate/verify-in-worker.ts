import * as v from 'valibot';
import { limits } from '../domain/limits.ts';
import { disagreement, verifyResult } from '../domain/verdict.ts';
import type { FileMap } from '../engines/engine.ts';
import type { VerifySubmission } from './verify-stage.ts';

export interface VerifyQuestion {
  taskId: string;
  files: FileMap;
}

const verifyAnswer = v.union([
  v.object({ results: v.array(verifyResult), disagreements: v.array(disagreement) }),
  v.object({ error: v.string() }),
]);
export type VerifyAnswer = v.InferOutput<typeof verifyAnswer>;

/**
 * Verifiers in a worker of their own, so that a text made to take long does not hold up the page.
 * @param timeMs after which the worker is ended
 */
export function createVerifyInWorker(timeMs: number = limits.verifyMs): VerifySubmission {
  return (task, files, signal) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./verify.worker.ts', import.meta.url), { type: 'module' });
      const end = (settle: () => void): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', cancel);
        worker.terminate();
        settle();
      };
      const fail = (message: string): void => end(() => reject(new Error(message)));
      const cancel = (): void => end(() => reject(signal.reason));
      const timer = setTimeout(
        () =>
          fail(
            `the verifiers did not come to an end within ${timeMs / 1_000} s: the files are too intricate`,
          ),
        timeMs,
      );
      signal.addEventListener('abort', cancel, { once: true });
      worker.onerror = (event) =>
        fail(`the verifiers failed: ${event.message || 'their code could not be loaded'}`);
      worker.onmessage = ({ data }: MessageEvent<unknown>) => {
        const answer = v.safeParse(verifyAnswer, data);
        if (!answer.success) fail('the verifiers failed: their answer has another form');
        else if ('error' in answer.output) fail(`the verifiers failed: ${answer.output.error}`);
        else {
          const verified = answer.output;
          end(() => resolve(verified));
        }
      };
      if (signal.aborted) cancel();
      else worker.postMessage({ taskId: task.id, files } satisfies VerifyQuestion);
    });
}
