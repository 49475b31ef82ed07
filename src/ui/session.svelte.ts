import { getContext, setContext } from 'svelte';
import { CodeView } from './code/code-view.svelte.ts';
import { History } from './history/history.svelte.ts';
import { Live } from './live/live.svelte.ts';
import { ResultTabs } from './result/result-tabs.svelte.ts';
import { Runs } from './runs/runs.svelte.ts';
import type { Services } from './services.ts';
import { PageErrors } from './share/page-errors.ts';
import { keepOverReload } from './setup/keep.ts';
import { Setup } from './setup/setup.svelte.ts';
import type { Notices } from './shell/notices.svelte.ts';
import { Preferences } from './shell/preferences.svelte.ts';
import { Route } from './shell/route.svelte.ts';
import { Tour } from './shell/tour.svelte.ts';

const key = Symbol('session');

/** Everything that a page load knows, for all views: components ask for it instead of handing it down. */
export class Session {
  readonly preferences: Preferences;
  readonly route: Route;
  readonly tour: Tour;
  readonly setup: Setup;
  readonly runs: Runs;
  readonly tabs: ResultTabs;
  /** The servers that runs have kept, and what is asked of them. */
  readonly live: Live;
  /** What the code side shows. */
  readonly code: CodeView;
  /** Faults of the page, for a report. */
  readonly errors: PageErrors;
  /** The runs that the browser keeps. */
  readonly history: History;

  constructor(
    readonly services: Services,
    readonly notices: Notices,
    window: Window,
  ) {
    this.preferences = new Preferences(window);
    this.route = new Route(window);
    this.tour = new Tour(this.preferences, this.route);
    this.setup = new Setup(services);
    keepOverReload(this.setup, window);
    this.runs = new Runs(services.evaluate);
    this.tabs = new ResultTabs(() => this.runs.shown);
    this.live = new Live({
      runs: this.runs,
      serve: services.serve,
      open: () => this.tabs.choose('requests'),
      document: window.document,
    });
    this.code = new CodeView({ draft: () => this.setup.draft, shownRun: () => this.runs.shown });
    this.errors = new PageErrors(window);
    this.history = new History({
      open: services.openHistory,
      runs: this.runs,
      notices,
      tasks: services.tasks,
    });
    // After the first paint: whoever comes to press Run does not wait for the list of earlier runs.
    whenIdle(window, () => void this.history.connect());
  }
}

/** Safari has no idle callbacks. */
function whenIdle(window: Window, work: () => void): void {
  if ('requestIdleCallback' in window) window.requestIdleCallback(work, { timeout: 2_000 });
  else setTimeout(work, 500);
}

/** Gives the session to all components below the one that calls this. */
export const provideSession = (session: Session): Session => setContext(key, session);

/** The session that a component above has provided. */
export const getSession = (): Session => getContext<Session>(key);
