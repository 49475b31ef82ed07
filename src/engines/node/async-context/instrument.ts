import type { Instrument } from '../compile.ts';
import type { PromiseContexts } from './promises.ts';
import { asyncEdits, contextDeclaration, mayBeAsync, runtimeParameters } from './transform.ts';

/** Lets the compiler rewrite asynchronous code so that it carries its context. */
export function asyncInstrument(contexts: PromiseContexts): Instrument {
  return {
    concerns: mayBeAsync,
    edits: asyncEdits,
    parameters: runtimeParameters,
    values: contexts.runtime,
    declaration: contextDeclaration,
  };
}
