import type { Page } from 'playwright-core';
import '../../src/harness/api.ts';
import { openHarness, startApp, type App } from '../support.ts';
import { runApp, runProbe } from './drive.ts';
import type { Language } from './languages.ts';
import { PageBox } from './page-box.ts';
import type { GoldenRecord } from './record.ts';
import { folderOf, type AppCase, type ProbeCase } from './scenario.ts';

/** What a case did in the embedded engine, and what the engine said it cannot do. */
export interface Outcome {
  record: GoldenRecord;
  unsupported: string[];
}

/** How long a case may take in all, and how long a sandbox may take to go. */
const caseMs = 180_000;
const disposeMs = 15_000;

/** The page that a language's cases run in; another takes its place when it no longer answers. */
export class Stage {
  readonly #app: App;
  readonly #language: Language;
  #page: Promise<Page>;
  /** Probes without packages share one sandbox. */
  #shared: Promise<PageBox> | undefined;

  private constructor(app: App, language: Language) {
    this.#app = app;
    this.#language = language;
    this.#page = this.#open();
  }

  static async open(language: Language): Promise<Stage> {
    const stage = new Stage(await startApp(), language);
    await stage.#page;
    return stage;
  }

  async #open(): Promise<Page> {
    const page = await openHarness(this.#app);
    const ready = async (id: Language['id']) => (await window.decay?.createEngine(id))?.prepare?.();
    await page.evaluate(ready, this.#language.id);
    return page;
  }

  /**
   * Runs a case. @param alone - in a sandbox of its own, in any case
   * @throws Error when it could not be run, or took too long
   */
  async run(item: AppCase | ProbeCase, alone: boolean): Promise<Outcome> {
    const own = alone || item.kind === 'app' || item.install.length > 0;
    const page = this.#page;
    const opened = own ? this.#boot() : (this.#shared ??= this.#boot());
    const work = async (): Promise<Outcome> => {
      const box = await opened;
      const record = await runInBox(item, box);
      return { record, unsupported: own ? await box.unsupported() : [] };
    };
    try {
      const outcome = await within(caseMs, item.id, work());
      if (own) await within(disposeMs, 'dispose', dispose(opened));
      return outcome;
    } catch (error) {
      if (this.#shared === opened) this.#shared = undefined;
      const gone = within(disposeMs, 'dispose', dispose(opened));
      await gone.catch(() => this.#renew(page));
      throw error;
    }
  }

  async #boot(): Promise<PageBox> {
    return PageBox.boot(await this.#page, this.#language.id);
  }

  /** Leaves a page that does not answer, unless that has been done. */
  async #renew(page: Promise<Page>): Promise<void> {
    if (page !== this.#page) return;
    this.#shared = undefined;
    this.#page = this.#open();
    const left = page.then((old) => old.close());
    await within(disposeMs, 'close', left).catch(() => undefined);
  }

  close(): Promise<void> {
    return this.#app.close();
  }
}

const dispose = async (opened: Promise<PageBox>) => (await opened).dispose();

/** @throws Error when the work takes longer */
async function within<T>(ms: number, name: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${name} did not end within ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function runInBox(item: AppCase | ProbeCase, box: PageBox): Promise<GoldenRecord> {
  const place = folderOf(item);
  await box.mount(place, item.files);
  const packages = await installIn(item, box, place);
  const record = item.kind === 'app' ? await runApp(box, item, place) : await runProbe(box, item, place);
  return packages === undefined ? record : { ...record, packages };
}

async function installIn(
  item: AppCase | ProbeCase,
  box: PageBox,
  place: string,
): Promise<string[] | undefined> {
  const manifest = item.language.manifestOf(item);
  if (manifest === undefined) return undefined;
  await box.mount(place, { [manifest.file]: manifest.text });
  return (await item.language.install(box, place)).packages;
}
