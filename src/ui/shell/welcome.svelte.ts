import { welcomeText } from '../english/welcome.ts';
import type { Session } from '../session.svelte.ts';

const freeTask = 'express-unconstrained';
const ruledTask = 'express-sqlite';
const failingDefect = 'express-failing';

/** The ways into a first verdict; each sets everything up and starts, so that one press is enough. */
export class Welcome {
  readonly #session: Session;
  #busy = $state(false);

  constructor(session: Session) {
    this.#session = session;
  }

  /** True while a submission is being fetched for a run that will start. */
  get busy(): boolean {
    return this.#busy;
  }

  /** The reference without rules. */
  async reference(): Promise<void> {
    const { setup } = this.#session;
    await this.#begin(async () => {
      setup.chooseKind('reference');
      await setup.chooseTask(freeTask);
    });
  }

  /** A server that works, where a database was asked for that it does not use. */
  async brokenRule(): Promise<void> {
    const { setup, services } = this.#session;
    await this.#begin(async () => {
      const { source, note } = welcomeText.rule;
      const files = await services.loadReference(freeTask);
      await setup.chooseTask(ruledTask);
      setup.take(files, { kind: 'reference', label: source }, [note]);
    });
  }

  /** A server that answers wrongly. @throws Error when there is no such example. */
  async failing(): Promise<void> {
    const { setup, services } = this.#session;
    await this.#begin(async () => {
      const entry = (await services.defects()).find(({ id }) => id === failingDefect);
      if (entry === undefined) throw new Error(`There is no example ${failingDefect}.`);
      await setup.chooseDefect(entry);
    });
  }

  async #begin(prepare: () => Promise<void>): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    const { setup, runs, notices } = this.#session;
    try {
      await prepare();
      if (setup.blocked === undefined) void runs.start(setup.request());
      else notices.add(welcomeText.cannot(setup.error ?? setup.blocked));
    } catch (error) {
      notices.add(welcomeText.cannot(error instanceof Error ? error.message : String(error)));
    } finally {
      this.#busy = false;
    }
  }
}
