import type { CollectionRole } from '../../domain/collection.ts';
import { limits } from '../../domain/limits.ts';
import { setupText } from '../english/setup.ts';
import type { PageRunRequest, Services } from '../services.ts';

/** A file as a person chose it. */
export interface ChosenFile {
  name: string;
  /** Bytes. */
  size: number;
  text(): Promise<string>;
}

type CollectionReader = Pick<Services, 'readCollection' | 'readEnvironment'>;

interface Chosen {
  fileName: string;
  text: string;
}

/** What judges a run: the built-in suite, or a Postman collection that a person brought. */
export class SuiteChoice {
  readonly #services: CollectionReader;
  #collection = $state.raw<(Chosen & { name: string; requests: number }) | undefined>();
  #environment = $state.raw<Chosen | undefined>();
  #error = $state.raw<string | undefined>();
  role = $state<CollectionRole>('instead');

  constructor(services: CollectionReader) {
    this.#services = services;
  }

  get collection(): { fileName: string; name: string; requests: number } | undefined {
    return this.#collection;
  }
  /** Name of the environment's file. */
  get environment(): string | undefined {
    return this.#environment?.fileName;
  }
  /** Why the last file was refused; the choice before it stays. */
  get error(): string | undefined {
    return this.#error;
  }

  async chooseCollection(file: ChosenFile): Promise<void> {
    await this.#take(file, async (text) => {
      const { name, requests, problems } = await this.#services.readCollection(text);
      if (problems.length > 0) throw new Error(problems.join(' '));
      this.#collection = { fileName: file.name, text, name, requests };
    });
  }

  async chooseEnvironment(file: ChosenFile): Promise<void> {
    await this.#take(file, async (text) => {
      const problem = await this.#services.readEnvironment(text);
      if (problem !== undefined) throw new Error(problem);
      this.#environment = { fileName: file.name, text };
    });
  }

  removeEnvironment(): void {
    this.#environment = undefined;
  }

  /** Back to the built-in suite. */
  reset(): void {
    this.#collection = undefined;
    this.#environment = undefined;
    this.#error = undefined;
  }

  /** The part of a run's request that says what judges it. */
  get request(): Pick<PageRunRequest, 'collection'> {
    if (this.#collection === undefined) return {};
    const { fileName, text } = this.#collection;
    const environment = this.#environment === undefined ? {} : { environment: this.#environment.text };
    return { collection: { source: { fileName, collection: text, ...environment }, role: this.role } };
  }

  async #take(file: ChosenFile, read: (text: string) => Promise<void>): Promise<void> {
    this.#error = undefined;
    try {
      if (file.size > limits.collectionBytes) {
        throw new Error(setupText.suite.tooLarge(limits.collectionBytes / 2 ** 20));
      }
      await read(await file.text());
    } catch (error) {
      this.#error = setupText.suite.cannotBeUsed(
        file.name,
        error instanceof Error ? error.message : String(error),
      );
    }
  }
}
