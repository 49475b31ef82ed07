import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { recordFiles } from '../domain/files.ts';
import { runRecord } from '../domain/run.ts';
import type { BrowserEngineId, EngineSettings } from '../engines/index.ts';
import type { HarnessRunRequest, HarnessServeRequest } from '../harness/api.ts';
import type { HostFailure } from '../harness/host.ts';
import { openBridge } from './bridge-server.ts';
import { openHarnessPage, type HarnessPage } from './harness-page.ts';
import type { Runner, RunnerOptions } from './runner.ts';

/**
 * Runs submissions inside headless Chromium, in the page that `npm run build` made.
 * @param dist - Directory of the built app.
 * @param settings - Of engines that have some.
 * @throws Error when the app is not built or there is no Chromium, with what to do
 */
export async function browserRunner(
  engine: BrowserEngineId,
  dist: string,
  settings: EngineSettings = {},
): Promise<Runner> {
  return new BrowserRunner(engine, settings, await openHarnessPage(dist));
}

class BrowserRunner implements Runner {
  readonly #engine: BrowserEngineId;
  readonly #settings: EngineSettings;
  readonly #harness: HarnessPage;

  constructor(engine: BrowserEngineId, settings: EngineSettings, harness: HarnessPage) {
    this.#engine = engine;
    this.#settings = settings;
    this.#harness = harness;
  }

  readonly run: Runner['run'] = async ({ task, files, source, profile, collection }, options) => {
    const { page } = this.#harness;
    const request: HarnessRunRequest = {
      taskId: task.id,
      files: recordFiles(files),
      engine: this.#engine,
      settings: this.#settings,
      source,
      profile,
      ...(collection !== undefined && { collection }),
    };
    const result = await this.#job(options, undefined, (job) =>
      page.evaluate(([name, wanted]) => window.decay?.run(name, wanted), [job, request] as const),
    );
    options.signal.throwIfAborted();
    // The page ran hostile code below itself; what it says is checked like any other input.
    return v.parse(runRecord, result);
  };

  readonly serve: Runner['serve'] = async (task, files, options) => {
    const { page, server, lost, jobs } = this.#harness;
    const bridge = openBridge(server.server, server.url);
    const request: HarnessServeRequest = {
      taskId: task.id,
      files: recordFiles(files),
      engine: this.#engine,
      settings: this.#settings,
      bridge: bridge.url,
    };
    let end: (failure: HostFailure) => void = () => undefined;
    const ended = new Promise<HostFailure>((done) => (end = done));
    const job = randomUUID();
    try {
      const answer = await this.#job(
        options,
        end,
        (name) => page.evaluate(([id, wanted]) => window.decay?.serve(id, wanted), [name, request] as const),
        job,
      );
      if (answer !== 'healthy') {
        jobs.delete(job);
        bridge.close();
        return answer ?? { blame: 'engine', message: 'the page did not answer' };
      }
    } catch (error) {
      jobs.delete(job);
      bridge.close();
      throw error;
    }
    const mux = await Promise.race([bridge.connected, lost]);
    void bridge.lost.then(() => end({ blame: 'engine', message: 'the page closed its bridge' }));
    lost.catch((error: unknown) => end({ blame: 'engine', message: String(error) }));
    return {
      connect: () => Promise.resolve().then(() => mux.open()),
      ended,
      stop: async () => {
        await this.#harness.cancel(job);
        jobs.delete(job);
        bridge.close();
      },
    };
  };

  close(): Promise<void> {
    return this.#harness.close();
  }

  /** Runs a job of the page; its reports go to the caller while it runs, and on when `onEnded` is given. */
  async #job<T>(
    { signal, onEvent }: RunnerOptions,
    onEnded: ((failure: HostFailure) => void) | undefined,
    work: (job: string) => Promise<T>,
    job: string = randomUUID(),
  ): Promise<T> {
    signal.throwIfAborted();
    const { jobs, lost } = this.#harness;
    jobs.set(job, {
      report(report) {
        if (report.type === 'event') onEvent?.(report.event);
        else onEnded?.(report.failure);
      },
    });
    const cancelled = new Promise<never>((_, fail) => {
      signal.addEventListener(
        'abort',
        () => void this.#harness.cancel(job).finally(() => fail(signal.reason)),
        {
          once: true,
        },
      );
    });
    cancelled.catch(() => undefined);
    try {
      return await Promise.race([work(job), lost, cancelled]);
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      if (onEnded === undefined) jobs.delete(job);
    }
  }
}
