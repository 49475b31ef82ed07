import type { Task } from '../../domain/task.ts';
import { referenceIds } from '../../../tasks/references/ids.ts';

/** `ready`: tested here from press to verdict; `trial`: may run, not tested yet; `coming`: cannot run yet. */
export type Support = 'ready' | 'trial' | 'coming';

/** How far this version of the playground runs a task. */
export function support(task: Task): Support {
  if (task.constraints.database === 'postgres') return 'coming';
  // e2e/references.test.ts runs every reference.
  return referenceIds.includes(task.id) ? 'ready' : 'trial';
}

/** Something the browser lacks, in words a person can act on. */
export interface MissingFeature {
  name: string;
  advice: string;
  /** Languages whose servers cannot run without it. */
  blocks: readonly Task['language'][];
}

/** Checks what a run needs of the browser. `scope` is the global object of the page. */
export function missingFeatures(scope: object = globalThis): MissingFeature[] {
  const missing: MissingFeature[] = [];
  const both = ['node', 'python'] as const;
  const webAssembly: unknown = Reflect.get(scope, 'WebAssembly');
  if (typeof webAssembly !== 'object' || webAssembly === null) {
    missing.push({
      name: 'WebAssembly',
      advice: 'It is switched off or missing. Use a current Chrome, Edge or Firefox without lockdown mode.',
      blocks: both,
    });
  }
  if (Reflect.get(scope, 'crossOriginIsolated') !== true || !('SharedArrayBuffer' in scope)) {
    missing.push({
      name: 'shared memory (cross-origin isolation)',
      advice:
        'The page must be served with the headers Cross-Origin-Opener-Policy: same-origin and ' +
        'Cross-Origin-Embedder-Policy: require-corp, over https or from localhost, and not inside another site’s frame.',
      blocks: both,
    });
  }
  if (typeof webAssembly === 'object' && webAssembly !== null && !('Suspending' in webAssembly)) {
    missing.push({
      name: 'JavaScript Promise Integration for WebAssembly (JSPI)',
      advice:
        'Python threads need it to wait side by side. Without it they run one after the other, and servers that need more ' +
        'are unscored. Chrome and Edge have it from version 137.',
      blocks: [],
    });
  }
  return missing;
}
