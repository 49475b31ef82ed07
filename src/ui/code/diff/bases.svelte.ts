import type { FileMap } from '../../../engines/engine.ts';
import type { Session } from '../../session.svelte.ts';
import { baseNames, type BaseKind } from './bases.ts';

/** The files that those in view are compared with. The reference of the task is loaded when it is asked for. */
export class Bases {
  readonly #session: Session;
  #chosen = $state<BaseKind | undefined>();
  #loaded = $state.raw<{ readonly taskId: string; readonly files: FileMap } | undefined>();
  #error = $state('');
  #asked = '';

  constructor(session: Session) {
    this.#session = session;
  }

  /** Bases there are for the files in view; the first is taken until one is chosen. */
  get available(): readonly BaseKind[] {
    const { code, setup } = this.#session;
    const kinds: BaseKind[] = [];
    if (code.source?.kind === 'draft') {
      kinds.push('original');
      if (code.run !== undefined) kinds.push('run');
    } else if (setup.draft !== undefined) kinds.push('draft');
    if (this.#session.setup.references[this.#taskId] !== undefined) kinds.push('reference');
    return kinds;
  }
  get kind(): BaseKind | undefined {
    const { available } = this;
    return this.#chosen !== undefined && available.includes(this.#chosen) ? this.#chosen : available[0];
  }
  set kind(kind: BaseKind | undefined) {
    this.#chosen = kind;
  }
  get name(): string {
    return this.kind === undefined ? '' : baseNames[this.kind];
  }
  get error(): string {
    return this.#error;
  }
  /** Undefined while they are being loaded, and when there is nothing to compare with. */
  get files(): FileMap | undefined {
    const { code, setup } = this.#session;
    switch (this.kind) {
      case 'original':
        return code.source?.kind === 'draft' ? code.source.draft.original : undefined;
      case 'run':
        return code.run?.request.files;
      case 'draft':
        return setup.draft?.files;
      case 'reference':
        return this.#loaded?.taskId === this.#taskId ? this.#loaded.files : undefined;
      case undefined:
        return undefined;
    }
  }

  /** Loads what has to be loaded for the chosen base. */
  async load(): Promise<void> {
    const taskId = this.#taskId;
    if (this.kind !== 'reference' || this.#asked === taskId) return;
    this.#asked = taskId;
    this.#error = '';
    try {
      const files = await this.#session.services.loadReference(taskId);
      if (this.#asked === taskId) this.#loaded = { taskId, files };
    } catch (error) {
      this.#asked = '';
      this.#error = error instanceof Error ? error.message : String(error);
    }
  }

  get #taskId(): string {
    const { code, setup } = this.#session;
    return code.source?.kind === 'run' ? code.source.run.task.id : setup.task.id;
  }
}
