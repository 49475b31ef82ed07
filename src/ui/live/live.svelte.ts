import { limits } from '../../domain/limits.ts';
import type { Exchange } from '../../domain/verdict.ts';
import { runsText } from '../english/runs.ts';
import type { Run } from '../runs/run.svelte.ts';
import type { Runs } from '../runs/runs.svelte.ts';
import type { Services } from '../services.ts';
import { RequestConsole } from './request-console.svelte.ts';
import { ServerStart } from './server-start.svelte.ts';

export interface LiveParts {
  runs: Runs;
  serve: Services['serve'];
  /** Brings the request console into view. */
  open: () => void;
  /** Tells whether the page is looked at. */
  document: Pick<Document, 'hidden' | 'addEventListener'>;
}

/** The servers that runs have kept, and what is asked of them by hand. */
export class Live {
  readonly #parts: LiveParts;
  /** By run; a run of the suite alone goes on with the console of the run before it. */
  readonly #consoles = new WeakMap<Run, RequestConsole>();
  readonly #starts = new WeakMap<Run, ServerStart>();
  #hidden: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: LiveParts) {
    this.#parts = parts;
    const { runs, document } = parts;
    runs.listen('begin', (run) => this.#makeRoom(run));
    runs.listen('end', (run) => this.#end(run));
    document.addEventListener('visibilitychange', () => this.#look());
  }

  /** What was and will be asked of the server of a run. */
  console(run: Run): RequestConsole {
    const known = this.#consoles.get(run);
    if (known !== undefined) return known;
    const console = new RequestConsole(run);
    this.#consoles.set(run, console);
    return console;
  }

  /** Puts a request of the suite into the console of the run that is shown, ready to be sent again. */
  compose(exchange: Pick<Exchange, 'request'>): void {
    const run = this.#parts.runs.shown;
    if (run === undefined) return;
    this.console(run).compose(exchange.request);
    this.#parts.open();
  }

  /** How the start of a run's server stands; undefined unless one was asked for. */
  starting(run: Run): ServerStart {
    const known = this.#starts.get(run) ?? new ServerStart();
    this.#starts.set(run, known);
    return known;
  }

  /** Starts the files of a run again, without the suite. Never rejects. */
  async start(run: Run): Promise<void> {
    const start = this.starting(run);
    if (run.live !== undefined || start.active) return;
    this.#makeRoom(run);
    await start.carryOut(async (options) => {
      run.keep(await this.#parts.serve(run.request, options));
    });
    this.#trim(limits.keptServers);
  }

  /** Starts run.sh of a kept server anew, over the same files. Its data stays. Never rejects. */
  async restart(run: Run): Promise<void> {
    const { live } = run;
    if (live === undefined) return;
    await this.starting(run).carryOut((options) => live.apply(live.files, options));
  }

  /** Frees a server on a person's word. */
  stop(run: Run): void {
    this.starting(run).cancel();
    run.release(runsText.freed.stopped);
  }

  /** Runs the suite alone on the server of a run, whose console goes with it. */
  suiteAlone(run: Run, ...how: SuiteHow): Run | undefined {
    const next = this.#parts.runs.startSuite(run, ...how);
    const console = this.#consoles.get(run);
    if (next === undefined || console === undefined) return next;
    console.moveTo(next);
    this.#consoles.set(next, console);
    this.#consoles.delete(run);
    return next;
  }

  /** A WebContainer is the only one of a page; beside a run at most one other server stays. */
  #makeRoom(coming: Run): void {
    if (coming.request.webContainer !== undefined) {
      for (const run of this.#keeping) {
        if (run.request.webContainer !== undefined) run.release(runsText.freed.newer);
      }
    }
    this.#trim(1);
  }

  /** A run that waits for the one WebContainer of a page would wait for ever. */
  #end(run: Run): void {
    const wanted = this.#parts.runs.active.some(({ request }) => request.webContainer !== undefined);
    if (wanted && run.request.webContainer !== undefined) run.release(runsText.freed.newer);
    this.#trim(limits.keptServers);
  }

  /** Newest first, that of the shown run before all. */
  get #keeping(): Run[] {
    const { shown, list } = this.#parts.runs;
    const keeping = list.filter((run) => run.live !== undefined && run.phase !== 'running');
    return keeping.toSorted((a, b) => Number(b === shown) - Number(a === shown));
  }

  #trim(most: number): void {
    for (const run of this.#keeping.slice(most)) run.release(runsText.freed.newer);
  }

  /** A page in the background gives the memory back after a while. */
  #look(): void {
    clearTimeout(this.#hidden);
    if (!this.#parts.document.hidden) return;
    this.#hidden = setTimeout(() => {
      for (const run of this.#keeping) run.release(runsText.freed.hidden);
    }, limits.keptHiddenMs);
  }
}

type SuiteHow = Parameters<Runs['startSuite']> extends [Run, ...infer Rest] ? Rest : never;
