import type { RunRecord } from '../domain/run.ts';
import type { Task } from '../domain/task.ts';
import type { FileMap } from '../engines/engine.ts';
import type { RunOptions, RunRequest } from '../evaluate/types.ts';

/** A run as the page asks for it; engine and verifier profile are decided behind `evaluate`. */
export type PageRunRequest = Omit<RunRequest, 'engine' | 'profile'>;

/** What the page needs from the rest of the product. */
export interface Services {
  readonly tasks: readonly Task[];
  /** Task ids that have a reference submission, with its label. */
  references(): Promise<readonly { readonly taskId: string; readonly label: string }[]>;
  loadReference(taskId: string): Promise<FileMap>;
  /** As `Evaluate`; also rejects with an EngineError when the engine cannot be loaded. */
  evaluate(request: PageRunRequest, options: RunOptions): Promise<RunRecord>;
}
