import type { StageName } from '../../domain/run.ts';
import type { WorkOptions } from '../../evaluate/live-types.ts';
import type { RunEvent } from '../../evaluate/types.ts';

/** A server that is being started by hand: how far it is, or why it was not. */
export class ServerStart {
  #abort = $state.raw<AbortController | undefined>();
  #stage = $state.raw<StageName | undefined>();
  #fault = $state.raw<string | undefined>();

  get active(): boolean {
    return this.#abort !== undefined;
  }
  /** The stage that is under way. */
  get stage(): StageName | undefined {
    return this.#stage;
  }
  /** Why the last start failed. */
  get fault(): string | undefined {
    return this.#fault;
  }

  /** Never rejects; does nothing while a start is under way. */
  async carryOut(work: (options: WorkOptions) => Promise<void>): Promise<void> {
    if (this.#abort !== undefined) return;
    const abort = new AbortController();
    this.#abort = abort;
    this.#fault = undefined;
    const onEvent = (event: RunEvent): void => {
      if (event.type === 'stage-start') this.#stage = event.stage;
    };
    try {
      await work({ signal: abort.signal, onEvent });
    } catch (error) {
      if (!abort.signal.aborted) this.#fault = error instanceof Error ? error.message : String(error);
    } finally {
      this.#abort = undefined;
      this.#stage = undefined;
    }
  }

  cancel(): void {
    this.#abort?.abort();
  }
}
