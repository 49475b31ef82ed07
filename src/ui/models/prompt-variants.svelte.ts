import * as v from 'valibot';
import type { Task } from '../../domain/task.ts';
import type { TokenCount } from '../../generate/prompts/tokens.ts';
import {
  newVariant,
  promptVariant,
  renderTemplate,
  renderVariant,
  type PromptVariant,
} from '../../generate/prompts/variant.ts';
import { openShelf, type Shelf } from '../../store/shelf.ts';
import { promptsText } from '../english/prompts.ts';
import type { Models } from './models.svelte.ts';

/** Not a state: the time at which something was done. */
const today = (): Date => new Date(Date.now());

/** How long typing pauses before a variant is kept and its tokens are counted, milliseconds. */
const pauseMs = 400;
/** Characters of a file with a variant: sections and variables at their longest are beyond what anybody writes. */
const longestFile = 2_000_000;

/** The prompts that a person has edited and named; the chosen one is what is sent. */
export class PromptVariants {
  readonly #models: Models;
  #all = $state.raw<readonly PromptVariant[]>([]);
  #shelf: Shelf<PromptVariant> | undefined;
  #brief = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What was changed and is not kept yet. */
  #pending: PromptVariant | undefined;
  #removed = $state.raw<PromptVariant | undefined>();

  constructor(models: Models) {
    this.#models = models;
    void this.#open();
    // What was typed last is kept as well when the page is closed at once.
    addEventListener('pagehide', () => this.#flush());
  }

  async #open(): Promise<void> {
    const shelf = await openShelf('prompts', promptVariant);
    this.#shelf = shelf;
    this.#brief = shelf.fault !== undefined;
    const stored = await shelf.list();
    this.#all = [...stored.filter(({ id }) => this.#all.every((one) => one.id !== id)), ...this.#all].sort(
      (a, b) => (a.createdAt < b.createdAt ? -1 : 1),
    );
  }

  get all(): readonly PromptVariant[] {
    return this.#all;
  }
  get chosen(): PromptVariant | undefined {
    return this.#models.variant;
  }
  /** They go when the page is closed. */
  get brief(): boolean {
    return this.#brief;
  }

  choose(id: string): void {
    this.#models.variant = this.#all.find((one) => one.id === id);
  }

  /** A copy of what is chosen, to be edited. */
  copy(): void {
    let number = 1;
    while (this.#all.some(({ name }) => name === promptsText.firstName(number))) number++;
    const fresh = newVariant({ id: crypto.randomUUID(), name: promptsText.firstName(number), now: today() });
    const { chosen } = this;
    this.change(
      chosen === undefined
        ? fresh
        : {
            ...chosen,
            id: fresh.id,
            name: fresh.name,
            createdAt: fresh.createdAt,
            changedAt: fresh.changedAt,
          },
    );
  }

  /** Takes an edited variant, and keeps it when typing pauses. */
  change(variant: PromptVariant): void {
    const known = this.#all.some(({ id }) => id === variant.id);
    this.#all = known
      ? this.#all.map((one) => (one.id === variant.id ? variant : one))
      : [...this.#all, variant];
    this.#models.variant = variant;
    if (this.#pending?.id !== variant.id) this.#flush();
    this.#pending = variant;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#flush(), pauseMs);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    const variant = this.#pending;
    this.#pending = undefined;
    if (variant !== undefined) void this.#keep(variant);
  }

  /**
   * Takes a variant from a file, as a new one.
   * @returns false when the text is none, or too large
   */
  import(json: string): boolean {
    if (json.length > longestFile) return false;
    let given: unknown;
    try {
      given = JSON.parse(json);
    } catch {
      return false;
    }
    const parsed = v.safeParse(promptVariant, given);
    if (!parsed.success) return false;
    const { name } = parsed.output;
    const taken = this.#all.some((one) => one.name === name);
    this.change({
      ...parsed.output,
      id: crypto.randomUUID(),
      name: taken ? promptsText.another(name).slice(0, 80) : name,
    });
    return true;
  }

  async #keep(variant: PromptVariant): Promise<void> {
    try {
      await this.#shelf?.put($state.snapshot(variant) as PromptVariant);
    } catch {
      this.#brief = true;
    }
  }

  remove(): void {
    const { chosen } = this;
    if (chosen === undefined) return;
    if (this.#pending?.id === chosen.id) this.#pending = undefined;
    this.#removed = chosen;
    this.#all = this.#all.filter(({ id }) => id !== chosen.id);
    this.#models.variant = undefined;
    void this.#shelf?.remove(chosen.id).catch(() => undefined);
  }

  /** The one that was deleted last; undefined when none was, or it is back. */
  get removed(): PromptVariant | undefined {
    return this.#removed;
  }

  bringBack(): void {
    const variant = this.#removed;
    this.#removed = undefined;
    if (variant !== undefined) this.change(variant);
  }

  /** The prompt for a task, ours without a variant, or what is wrong with it. */
  rendered(
    task: Task,
    variant: PromptVariant | undefined,
  ): { readonly text: string; readonly fault?: string } {
    try {
      return { text: variant === undefined ? renderTemplate(task).text : renderVariant(task, variant).text };
    } catch (error) {
      return { text: '', fault: error instanceof Error ? error.message : String(error) };
    }
  }
}

/** Counts the tokens of a text that changes, some time after its last change. */
export class TokenCounter {
  #count = $state.raw<TokenCount | undefined>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  get count(): TokenCount | undefined {
    return this.#count;
  }

  follow(text: string, model: string): void {
    const turn = ++this.#asked;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#run(text, model, turn), pauseMs);
  }

  stop(): void {
    this.#asked++;
    clearTimeout(this.#timer);
  }

  /** Without the counter's file the prompt is shown without a count. */
  async #run(text: string, model: string, turn: number): Promise<void> {
    const count = await import('../../generate/prompts/tokens.ts')
      .then(({ countTokens }) => countTokens(text, model))
      .catch(() => undefined);
    if (turn === this.#asked) this.#count = count;
  }
}

let one: PromptVariants | undefined;

/** The one of this page load. */
export const promptVariants = (models: Models): PromptVariants => (one ??= new PromptVariants(models));
