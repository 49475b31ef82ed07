import { limits } from '../../domain/limits.ts';
import type { RunRecord } from '../../domain/run.ts';
import { historyText } from '../english/history.ts';
import { saveBytes } from '../share/save-bytes.ts';
import type { Session } from '../session.svelte.ts';
import { formatBytes } from '../text/format.ts';
import { shown } from '../text/visible.ts';
import { requestOfRecord } from './begun.ts';

/** A file whose content does not fit its check sum; a person decides. */
export interface Doubtful {
  readonly name: string;
  readonly records: readonly RunRecord[];
}

/** What a person does to runs of the history. Every failure becomes a notice. */
export class HistoryActions {
  readonly #session: Session;
  #doubtful = $state.raw<readonly Doubtful[]>([]);

  constructor(session: Session) {
    this.#session = session;
  }

  /** Files that were changed after they were made, and wait for a decision. */
  get doubtful(): readonly Doubtful[] {
    return this.#doubtful;
  }

  async rerun(id: string): Promise<void> {
    const { history, runs, route, services } = this.#session;
    await this.#told(async () => {
      const record = await history.record(id);
      const request = requestOfRecord(record, services.tasks);
      if (request === undefined) throw new Error(historyText.unknownTask(record.task.id));
      void runs.start(request);
      route.go('playground');
    });
  }

  /** Deletes, and offers to take it back. */
  async remove(ids: readonly string[]): Promise<void> {
    const { history, notices } = this.#session;
    await this.#told(async () => {
      await history.remove(ids);
      notices.say(historyText.removed(ids.length), {
        action: { label: historyText.undo, run: () => this.#told(() => history.restore(ids)) },
      });
    });
  }

  async rename(id: string, title: string): Promise<void> {
    await this.#told(() => this.#session.history.rename(id, title));
  }

  async discardDamaged(): Promise<void> {
    const { history, notices } = this.#session;
    const ids = history.damaged;
    await this.#told(async () => {
      await history.discard(ids);
      notices.say(historyText.damaged.done(ids.length));
    });
  }

  /** The records of these runs; undefined, and said, when one cannot be read. */
  async records(ids: readonly string[]): Promise<readonly RunRecord[] | undefined> {
    let records: readonly RunRecord[] | undefined;
    await this.#told(async () => {
      records = await Promise.all(ids.map((id) => this.#session.history.record(id)));
    });
    return records;
  }

  async save(ids: readonly string[]): Promise<void> {
    await this.#told(async () => {
      const { runFileRuns, runFileJsonBytes } = limits;
      const fewer = (): Error => new Error(historyText.saveFewer(runFileRuns, formatBytes(runFileJsonBytes)));
      // Before any is read: a thousand records are too much for the memory of a tab.
      if (ids.length > runFileRuns) throw fewer();
      const { describeFault, makeFile } = await import('../../share/links/index.ts');
      const records = await this.records(ids);
      if (records === undefined) return;
      const made = await makeFile(records);
      if (!made.ok)
        throw made.fault.code === 'oversized' ? fewer() : new Error(describeFault(made.fault, 'file'));
      saveBytes(made.name, made.type, made.bytes);
      this.#session.notices.say(historyText.saved(ids.length, made.name));
    });
  }

  /** Adds the runs of files. */
  async take(files: Iterable<File>): Promise<void> {
    for (const file of files) await this.#told(() => this.#takeOne(file));
  }

  /** Decides about a doubtful file. */
  async settle(doubtful: Doubtful, keep: boolean): Promise<void> {
    this.#doubtful = this.#doubtful.filter((one) => one !== doubtful);
    if (keep) await this.#told(() => this.#keep(doubtful));
  }

  async #takeOne(file: File): Promise<void> {
    const name = shown(file.name, 80);
    const { import: words } = historyText;
    if (file.size > limits.runFileJsonBytes)
      throw new Error(words.tooLarge(name, formatBytes(limits.runFileJsonBytes)));
    const bytes = await file.arrayBuffer().catch((error: unknown) => {
      throw new Error(words.unreadable(name, error instanceof Error ? error.message : String(error)));
    });
    const { describeFault, openFile } = await import('../../share/links/index.ts');
    const opened = await openFile(new Uint8Array(bytes));
    if (!opened.readable) throw new Error(`${name}: ${describeFault(opened.fault, 'file')}`);
    const { records } = opened;
    if (opened.seal === 'broken') this.#doubtful = [...this.#doubtful, { name, records }];
    else await this.#keep({ name, records });
  }

  async #keep({ name, records }: Doubtful): Promise<void> {
    const { kept, known } = await this.#session.history.take(records, 'file');
    this.#session.notices.say(historyText.import.kept(kept, known, name));
  }

  async #told(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#session.notices.add(shown(error instanceof Error ? error.message : String(error), 600));
    }
  }
}
