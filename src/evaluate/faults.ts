import { EngineError, type Sandbox, type Unsupported } from '../engines/engine.ts';

/** The engine's fault, or nobody's: the run is unscored. */
export class EngineFault extends Error {
  override readonly name = 'EngineFault';
}

/** Codes of `EngineError`s that a submission causes, by what was asked of the engine. */
const submissionCodes = {
  spawn: new Set(['ENOENT', 'EACCES', 'ENOEXEC', 'ENOTDIR', 'EISDIR']),
  request: new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EMSGSIZE']),
};

/** Whether an error says something about the submission rather than about the engine. */
export function isSubmissionFault(
  error: unknown,
  during: keyof typeof submissionCodes,
): error is EngineError {
  if (!(error instanceof EngineError)) return false;
  return submissionCodes[during].has(error.code) || (during === 'request' && error.code.startsWith('HPE_'));
}

/** Enough to know why; a submission may try the same thing in a thousand ways. */
const mostReasons = 20;

/** Collects what the engine says it cannot do. */
export class UnsupportedLog {
  readonly #seen = new Map<string, Unsupported>();

  #stop: () => void = () => undefined;

  listen(sandbox: Sandbox): void {
    this.#stop = sandbox.on('unsupported', (what) => {
      if (this.#seen.size < mostReasons) this.#seen.set(`${what.reason} ${what.detail}`, what);
    });
  }

  /** What the sandbox says from now on is not of the run. */
  close(): void {
    this.#stop();
  }

  /** Why a run that failed has no score; undefined when the engine could do all that was asked of it. */
  get verdict(): { kind: 'unscored'; reason: string; detail: string } | undefined {
    const all = [...this.#seen.values()];
    const [first] = all;
    if (first === undefined) return undefined;
    return { kind: 'unscored', reason: first.reason, detail: all.map((what) => what.detail).join('; ') };
  }
}

export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
