import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import * as v from 'valibot';
import { launchOptions } from '../../scripts/chromium.mjs';
import { serve } from '../../scripts/serve.mjs';
import { recordFiles } from '../domain/files.ts';
import { runRecord } from '../domain/run.ts';
import type { BrowserEngineId } from '../engines/index.ts';
import type { HarnessReport, HarnessRunRequest, HarnessServeRequest } from '../harness/api.ts';
import type { HostFailure } from '../harness/host.ts';
import { openBridge } from './bridge-server.ts';
import type { Runner, RunnerOptions } from './runner.ts';

/** The first load of the page on a slow machine. */
const pageReadyMs = 120_000;

/** How long the page may take to let go of a job before it is closed over its head. */
const cancelMs = 5_000;

interface Listener {
  report: (report: HarnessReport) => void;
}

/**
 * Runs submissions inside headless Chromium, in the page that `npm run build` made.
 * @param dist - Directory of the built app.
 * @throws Error when the app is not built or there is no Chromium, with what to do
 */
export async function browserRunner(engine: BrowserEngineId, dist: string): Promise<Runner> {
  if (!existsSync(join(dist, 'harness.html'))) {
    throw new Error(
      `The app is not built: there is no ${join(dist, 'harness.html')}. Run \`npm run build\` and try again.`,
    );
  }
  const options = launchOptions();
  const server = await serve({ dir: dist });
  try {
    const browser = await chromium.launch({ ...options, handleSIGINT: false, handleSIGTERM: false });
    const close = async () => {
      await browser.close().catch(() => undefined);
      await server.close();
    };
    try {
      const page = await browser.newPage();
      const jobs = new Map<string, Listener>();
      const lost = pageLost(page);
      await page.exposeFunction('decayReport', (job: string, reports: HarnessReport[]) => {
        for (const report of reports) jobs.get(job)?.report(report);
      });
      await page.goto(`${server.url}/harness.html`);
      await page.waitForFunction(() => window.decay !== undefined, undefined, { timeout: pageReadyMs });
      return new BrowserRunner({ engine, page, jobs, lost, server, close });
    } catch (error) {
      await close();
      throw error;
    }
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** Rejects when the page crashes, is closed or loses its browser. */
function pageLost(page: Page): Promise<never> {
  const lost = new Promise<never>((_, fail) => {
    page.once('crash', () => fail(new Error('The browser tab crashed, probably for lack of memory.')));
    page.once('close', () => fail(new Error('The browser was closed.')));
  });
  lost.catch(() => undefined);
  return lost;
}

interface Parts {
  engine: BrowserEngineId;
  page: Page;
  jobs: Map<string, Listener>;
  lost: Promise<never>;
  server: Awaited<ReturnType<typeof serve>>;
  close: () => Promise<void>;
}

class BrowserRunner implements Runner {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  readonly run: Runner['run'] = async ({ task, files, source, profile }, options) => {
    const { page, engine } = this.#parts;
    const request: HarnessRunRequest = {
      taskId: task.id,
      files: recordFiles(files),
      engine,
      source,
      profile,
    };
    const result = await this.#job(options, undefined, (job) =>
      page.evaluate(([name, wanted]) => window.decay?.run(name, wanted), [job, request] as const),
    );
    options.signal.throwIfAborted();
    // The page ran hostile code below itself; what it says is checked like any other input.
    return v.parse(runRecord, result);
  };

  readonly serve: Runner['serve'] = async (task, files, options) => {
    const { page, engine, server, lost, jobs } = this.#parts;
    const bridge = openBridge(server.server, server.url);
    const request: HarnessServeRequest = {
      taskId: task.id,
      files: recordFiles(files),
      engine,
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
        await this.#cancel(job);
        jobs.delete(job);
        bridge.close();
      },
    };
  };

  close(): Promise<void> {
    return this.#parts.close();
  }

  /** Runs a job of the page; its reports go to the caller while it runs, and on when `onEnded` is given. */
  async #job<T>(
    { signal, onEvent }: RunnerOptions,
    onEnded: ((failure: HostFailure) => void) | undefined,
    work: (job: string) => Promise<T>,
    job: string = randomUUID(),
  ): Promise<T> {
    signal.throwIfAborted();
    const { jobs, lost } = this.#parts;
    jobs.set(job, {
      report(report) {
        if (report.type === 'event') onEvent?.(report.event);
        else onEnded?.(report.failure);
      },
    });
    const cancelled = new Promise<never>((_, fail) => {
      signal.addEventListener('abort', () => void this.#cancel(job).finally(() => fail(signal.reason)), {
        once: true,
      });
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

  async #cancel(job: string): Promise<void> {
    const { page } = this.#parts;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((done) => (timer = setTimeout(done, cancelMs)));
    await Promise.race([
      page.evaluate((name) => window.decay?.cancel(name), job).catch(() => undefined),
      late,
    ]);
    clearTimeout(timer);
  }
}
