import { loadCollectionRunner } from '../engines/embedded/assets.ts';
import { EngineError } from '../engines/engine.ts';
import { openFrame } from '../sandbox/frame.ts';
import { checkSource } from './read-collection.ts';
import { Session } from './session.ts';
import type { RunCollection } from './types.ts';

/**
 * Runs a collection in a worker of a sandboxed frame of its own: opaque origin, no connection but the submission, no
 * storage. Needs a page.
 */
export const runCollection: RunCollection = async (source, options) => {
  checkSource(source);
  const script = await loadCollectionRunner();
  let session: Session | undefined;
  const onError = (message: string) =>
    session?.fail(new EngineError('EWORKER', `the worker of the collection failed: ${message}`));
  const frame = await openFrame(script, onError, options.signal);
  try {
    session = new Session(frame.port, source, options);
    return await session.finish();
  } finally {
    frame.remove();
  }
};
