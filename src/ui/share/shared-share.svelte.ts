import type { Task } from '../../domain/task.ts';
import {
  openLink,
  recordOfClaim,
  reproduce,
  type Opened,
  type Reproduction,
  type SharedRun,
} from '../../share/links/index.ts';
import { sharedText } from '../english/share.ts';
import type { Run } from '../runs/run.svelte.ts';
import type { PageRunRequest } from '../services.ts';
import type { Session } from '../session.svelte.ts';
import { support } from '../shell/support.ts';

/** A link as it was opened, which of its runs is shown, and what running that again came to. */
export class SharedShare {
  readonly #session: Session;
  #opened = $state.raw<Opened | undefined>();
  #index = $state(0);
  #fresh = $state.raw<Readonly<Record<number, Run>>>({});

  constructor(session: Session) {
    this.#session = session;
  }

  /** Undefined while it is being opened. */
  get opened(): Opened | undefined {
    return this.#opened;
  }
  /** The runs that the link holds; none when it cannot be read. */
  get runs(): readonly SharedRun[] {
    return this.#opened?.readable === true ? this.#opened.share.runs : [];
  }
  get index(): number {
    return this.#index;
  }
  /** What is claimed of the run that is shown. */
  get claimed(): SharedRun | undefined {
    return this.runs[this.#index];
  }
  /** Id of the assertion that the link is about, when it is one of the run that is shown. */
  get at(): string | undefined {
    const at = this.#opened?.readable === true ? this.#opened.share.at : undefined;
    return at?.run === this.#index ? at.assertion : undefined;
  }
  /** True when the content is not what it was when the link was made. */
  get tampered(): boolean {
    return this.#opened?.readable === true && this.#opened.seal === 'broken';
  }
  get task(): Task | undefined {
    return this.#session.services.tasks.find(({ id }) => id === this.claimed?.task.id);
  }
  /** The run that was started here for the one that is shown. */
  get fresh(): Run | undefined {
    return this.#fresh[this.#index];
  }
  /** The comparison, once the fresh run has ended in a record. */
  get reproduction(): Reproduction | undefined {
    const record = this.fresh?.record;
    return this.claimed === undefined || record === undefined ? undefined : reproduce(this.claimed, record);
  }

  /** Why the run that is shown cannot be run here, in words; undefined when it can. */
  get blocked(): string | undefined {
    const words = sharedText.blocked;
    if (this.task === undefined) return words.task;
    if (this.claimed?.files === undefined) return words.files;
    if (support(this.task) === 'coming') return words.coming;
    const { language } = this.task;
    const lacking = this.#session.setup.missing.find(({ blocks }) => blocks.includes(language));
    return lacking === undefined ? undefined : words.browser(lacking.name);
  }

  /** Opens the fragment of an address. Never rejects. */
  async open(fragment: string): Promise<void> {
    const opened = await openLink(fragment);
    this.#opened = opened;
    this.#index = opened.readable ? (opened.share.at?.run ?? 0) : 0;
  }

  choose(index: number): void {
    this.#index = index;
  }

  /** Runs again what is shown; to be called after consent only. */
  run(): void {
    const request = this.#request();
    if (request === undefined) return;
    const { runs } = this.#session;
    void runs.start(request);
    const started = runs.list.find((run) => run.request === request) ?? runs.underWay(request);
    if (started !== undefined) this.#fresh = { ...this.#fresh, [this.#index]: started };
  }

  /** Puts the files into the draft and goes there. */
  edit(): void {
    const request = this.#request();
    if (request === undefined) return;
    const { route, setup } = this.#session;
    setup.take(request.files, request.source, [sharedText.actions.taken], request.task.id);
    route.go('playground');
  }

  /** @returns what came of it, in words */
  async keep(): Promise<string> {
    const record = this.claimed === undefined ? undefined : await recordOfClaim(this.claimed);
    if (record === undefined) return sharedText.actions.notKept;
    const { kept } = await this.#session.history.take([record], 'link');
    return kept === 0 ? sharedText.actions.known : sharedText.actions.kept;
  }

  #request(): PageRunRequest | undefined {
    const { claimed, task } = this;
    if (claimed?.files === undefined || task === undefined) return undefined;
    return {
      task,
      files: claimed.files,
      source: { kind: 'link', label: sharedText.actions.sourceLabel(claimed.source.label).slice(0, 200) },
      ...(claimed.collection !== undefined && { collection: claimed.collection }),
    };
  }
}
