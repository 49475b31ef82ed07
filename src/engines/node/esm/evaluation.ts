/**
 * Evaluation of module graphs as the language defines it (ECMA-262, "Evaluate ( )" of cyclic module records): the
 * order of modules, of those that await, and what a failure does to those that wait.
 */

export type Phase = 'linked' | 'evaluating' | 'evaluating-async' | 'evaluated';

/** A module, as far as evaluation goes. */
export interface Evaluable {
  readonly evaluation: Evaluation;
  readonly dependencies: readonly Evaluable[];
  readonly awaits: boolean;
  /** Runs the body. For a module that awaits: the promise of its end. Throws what a body without `await` throws. */
  execute(): Promise<void> | undefined;
}

interface Capability {
  readonly promise: Promise<void>;
  resolve(): void;
  reject(error: unknown): void;
}

const NativePromise = Promise;

function newCapability(): Capability {
  let resolve: () => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new NativePromise<void>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

/** State of one module's evaluation. */
export class Evaluation {
  phase: Phase = 'linked';
  error: { value: unknown } | undefined;
  index = 0;
  ancestorIndex = 0;
  /** Order in which asynchronous evaluation began; undefined when it did not, or is over. */
  asyncOrder: number | undefined;
  pendingDependencies = 0;
  asyncParents: Evaluable[] = [];
  cycleRoot: Evaluable | undefined;
  capability: Capability | undefined;
}

let asyncCount = 0;

/** Evaluates a linked module and all it needs. The promise is settled at once when nothing awaits. */
export function evaluate(module: Evaluable): Promise<void> {
  const { phase, cycleRoot } = module.evaluation;
  const root = phase === 'evaluating-async' || phase === 'evaluated' ? (cycleRoot ?? module) : module;
  const state = root.evaluation;
  if (state.capability !== undefined) return state.capability.promise;
  const capability = newCapability();
  state.capability = capability;
  const stack: Evaluable[] = [];
  try {
    visit(root, stack, 0);
    if (state.phase !== 'evaluating-async') capability.resolve();
  } catch (error) {
    for (const each of stack) {
      each.evaluation.phase = 'evaluated';
      each.evaluation.error = { value: error };
    }
    capability.reject(error);
  }
  return capability.promise;
}

/** Evaluates depth first. @returns the next free index. @throws what a body throws. */
function visit(module: Evaluable, stack: Evaluable[], from: number): number {
  const state = module.evaluation;
  if (state.phase === 'evaluating-async' || state.phase === 'evaluated') {
    if (state.error !== undefined) throw state.error.value;
    return from;
  }
  if (state.phase === 'evaluating') return from;
  state.phase = 'evaluating';
  state.index = from;
  state.ancestorIndex = from;
  let next = from + 1;
  stack.push(module);
  for (const dependency of module.dependencies) {
    next = visit(dependency, stack, next);
    let needed = dependency;
    if (needed.evaluation.phase === 'evaluating') {
      state.ancestorIndex = Math.min(state.ancestorIndex, needed.evaluation.ancestorIndex);
    } else {
      needed = needed.evaluation.cycleRoot ?? needed;
      if (needed.evaluation.error !== undefined) throw needed.evaluation.error.value;
    }
    if (needed.evaluation.asyncOrder !== undefined) {
      state.pendingDependencies++;
      needed.evaluation.asyncParents.push(module);
    }
  }
  if (state.pendingDependencies > 0 || module.awaits) {
    state.asyncOrder = asyncCount++;
    if (state.pendingDependencies === 0) executeAsync(module);
  } else {
    void module.execute();
  }
  if (state.ancestorIndex === state.index) closeCycle(module, stack);
  return next;
}

function closeCycle(root: Evaluable, stack: Evaluable[]): void {
  for (let each = stack.pop(); each !== undefined; each = stack.pop()) {
    each.evaluation.phase = each.evaluation.asyncOrder === undefined ? 'evaluated' : 'evaluating-async';
    each.evaluation.cycleRoot = root;
    if (each === root) return;
  }
}

function executeAsync(module: Evaluable): void {
  const running = module.execute() ?? NativePromise.resolve();
  void running.then(
    () => fulfilled(module),
    (error: unknown) => rejected(module, error),
  );
}

function finish(module: Evaluable): void {
  module.evaluation.asyncOrder = undefined;
  module.evaluation.phase = 'evaluated';
  module.evaluation.capability?.resolve();
}

function fulfilled(module: Evaluable): void {
  if (module.evaluation.phase === 'evaluated') return;
  finish(module);
  const ready: Evaluable[] = [];
  gather(module, ready);
  const orderOf = new Map(ready.map((each) => [each, each.evaluation.asyncOrder ?? 0]));
  ready.sort((a, b) => (orderOf.get(a) ?? 0) - (orderOf.get(b) ?? 0));
  for (const each of ready) {
    if (each.evaluation.phase === 'evaluated') continue;
    if (each.awaits) {
      executeAsync(each);
      continue;
    }
    try {
      void each.execute();
      finish(each);
    } catch (error) {
      rejected(each, error);
    }
  }
}

/** Those that waited for this module only. */
function gather(module: Evaluable, ready: Evaluable[]): void {
  for (const parent of module.evaluation.asyncParents) {
    const failed = parent.evaluation.cycleRoot?.evaluation.error !== undefined;
    if (failed || ready.includes(parent)) continue;
    parent.evaluation.pendingDependencies--;
    if (parent.evaluation.pendingDependencies > 0) continue;
    ready.push(parent);
    if (!parent.awaits) gather(parent, ready);
  }
}

function rejected(module: Evaluable, error: unknown): void {
  const state = module.evaluation;
  if (state.phase === 'evaluated') return;
  state.error = { value: error };
  state.phase = 'evaluated';
  state.asyncOrder = undefined;
  for (const parent of state.asyncParents) rejected(parent, error);
  state.capability?.reject(error);
}

/**
 * The modules that can be reached from one and lie in a cycle (a module that imports itself lies in one, too).
 * @param linksOf What a module links to; nothing for those that were looked at before.
 */
export function findCycles<T>(root: T, linksOf: (module: T) => readonly T[]): Set<T> {
  const indices = new Map<T, number>();
  const stack: T[] = [];
  const stacked = new Set<T>();
  const cyclic = new Set<T>();
  const connect = (module: T): number => {
    const index = indices.size;
    let low = index;
    indices.set(module, index);
    stack.push(module);
    stacked.add(module);
    const links = linksOf(module);
    for (const next of links) {
      const known = indices.get(next);
      if (known === undefined) low = Math.min(low, connect(next));
      else if (stacked.has(next)) low = Math.min(low, known);
    }
    if (low !== index) return low;
    const members = stack.splice(stack.lastIndexOf(module));
    for (const member of members) {
      stacked.delete(member);
      if (members.length > 1 || links.includes(module)) cyclic.add(member);
    }
    return low;
  };
  connect(root);
  return cyclic;
}
