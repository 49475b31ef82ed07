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

  /** The references of one framework, one for each level that has one, side by side. */
  async levels(): Promise<void> {
    const { setup, runs, services } = this.#session;
    await this.#prepare(async () => {
      setup.chooseKind('reference');
      await setup.chooseTask(freeTask);
      if (setup.blocked !== undefined) throw new Error(setup.blocked);
      const { LevelsChoice } = await import('../runs/levels-choice.svelte.ts');
      const choice = new LevelsChoice(services, setup);
      choice.from('references');
      const requests = await choice.requests();
      if (requests === undefined) throw new Error(choice.fault);
      runs.startGroup(requests, welcomeText.levels.group);
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

  async #begin(choose: () => Promise<void>): Promise<void> {
    await this.#prepare(async () => {
      await choose();
      const { setup, runs } = this.#session;
      if (setup.blocked !== undefined) throw new Error(setup.error ?? setup.blocked);
      void runs.start(setup.request());
    });
  }

  /** What cannot be started says why, whatever stood in its way. */
  async #prepare(start: () => Promise<void>): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      await start();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#session.notices.add(welcomeText.cannot(why));
    } finally {
      this.#busy = false;
    }
  }
}
