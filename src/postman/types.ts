import type { CollectionExecution, CollectionResult, CollectionSource } from '../domain/collection.ts';
import type { Exchange } from '../domain/verdict.ts';
import type { Send } from '../../tasks/suite/types.ts';

export interface CollectionRunOptions {
  /** Sends one request to the submission, whatever host its address names. */
  send: Send;
  /** The submission's port: `{{APIURL}}` is `http://localhost:PORT/api`. */
  port: number;
  signal: AbortSignal;
  /** Milliseconds for one request, for one script, and for all of it. */
  requestMs: number;
  scriptMs: number;
  collectionMs: number;
  /** Bytes of a body that are kept in an exchange. */
  recordedBodyBytes: number;
  /** Milliseconds since the run began; without it exchanges do not say when they were. */
  now?: () => number;
  /** Called in order as requests and their scripts end. */
  onExecution?: (execution: CollectionExecution) => void;
  onExchange?: (index: number, exchange: Exchange) => void;
}

/**
 * Runs a collection against a server, as Newman does.
 * @throws CollectionError when it is none that can be run; the signal's reason when cancelled; whatever `send` throws
 *   that is not a failed connection.
 */
export type RunCollection = (
  source: CollectionSource,
  options: CollectionRunOptions,
) => Promise<CollectionResult>;

/** The file is no collection that can be run; the message says what to do. */
export class CollectionError extends Error {
  override readonly name = 'CollectionError';
}
