import type { Services } from '../services.ts';
import { Draft } from './draft.svelte.ts';

type ReferenceLoader = Pick<Services, 'references' | 'loadReference'>;

/** The reference submissions: which tasks have one, and what was edited in them. */
export class References {
  readonly #services: ReferenceLoader;
  #labels = $state.raw<Readonly<Record<string, string>>>({});
  /** By task id: another task comes into view and goes, the edits stay. */
  #edited: Readonly<Record<string, Draft>> = {};
  #listing: Promise<void> | undefined;

  constructor(services: ReferenceLoader) {
    this.#services = services;
  }

  /** Labels by task id; empty until the list has come. */
  get labels(): Readonly<Record<string, string>> {
    return this.#labels;
  }
  /** Edited references by task id. */
  get edited(): Readonly<Record<string, Draft>> {
    return this.#edited;
  }

  /** Keeps the edits of a reference, if it has any. @param draft - undefined while it is being loaded */
  keep(taskId: string, draft: Draft | undefined): void {
    if (draft === undefined) return;
    const { [taskId]: _, ...others } = this.#edited;
    this.#edited = draft.edited ? { ...others, [taskId]: draft } : others;
  }

  /** The task whose edited reference this is. */
  taskOf(draft: Draft): string | undefined {
    return Object.keys(this.#edited).find((taskId) => this.#edited[taskId] === draft);
  }

  /** The reference of a task as it was left; undefined when there is none. @throws Error when it cannot be loaded */
  async draftOf(taskId: string): Promise<Draft | undefined> {
    await this.#list();
    const label = this.#labels[taskId];
    if (label === undefined) return undefined;
    const edited = this.#edited[taskId];
    if (edited !== undefined) return edited;
    return new Draft(await this.#services.loadReference(taskId), { kind: 'reference', label });
  }

  /** Asks for the list once; after a failure the next one asks again. */
  async #list(): Promise<void> {
    this.#listing ??= this.#services.references().then((list) => {
      this.#labels = Object.fromEntries(list.map(({ taskId, label }) => [taskId, label]));
    });
    try {
      await this.#listing;
    } catch (error) {
      this.#listing = undefined;
      throw error;
    }
  }
}
