import type { Task } from '../../domain/task.ts';
import { setupText } from '../english/setup.ts';
import type { PageRunRequest } from '../services.ts';
import type { MissingFeature } from '../shell/support.ts';

const text = setupText.engine;

export type EngineKind = 'embedded' | 'webcontainer';

/** Which engine runs a Node submission. The key lives in this object and in the runs that used it, nowhere else. */
export class EngineChoice {
  readonly #missing: readonly MissingFeature[];
  #kind = $state<EngineKind>('embedded');
  /** Of a StackBlitz account; may be empty. */
  apiKey = $state('');
  /** Whether code may be loaded from outside. */
  consent = $state(false);
  /** Whether the browser has a network at all. */
  online = $state(true);

  constructor(missing: readonly MissingFeature[], online: boolean = globalThis.navigator?.onLine ?? true) {
    this.#missing = missing;
    this.online = online;
  }

  get kind(): EngineKind {
    return this.#kind;
  }

  choose(kind: EngineKind): void {
    this.#kind = kind;
  }

  /** Whether there is a choice at all: Python has one engine. */
  offers(task: Task): boolean {
    return task.language === 'node';
  }

  /** Why WebContainers cannot be chosen, in words; undefined when they can. */
  get unavailable(): string | undefined {
    if (!this.online) return text.offline;
    const lacking = this.#missing.find(({ blocks }) => blocks.includes('node'));
    return lacking && setupText.lacks(lacking.name);
  }

  /** Why a run of the task cannot start with this choice. */
  blocked(task: Task): string | undefined {
    if (!this.offers(task) || this.#kind === 'embedded') return undefined;
    if (this.unavailable !== undefined) return this.unavailable;
    return this.consent ? undefined : text.agreeFirst;
  }

  /** The part of a run's request that says what runs it. */
  request(task: Task): Pick<PageRunRequest, 'webContainer'> {
    if (!this.offers(task) || this.#kind === 'embedded') return {};
    const key = this.apiKey.trim();
    return { webContainer: key === '' ? {} : { apiKey: key } };
  }
}
