import { tourSteps } from '../english/tour.ts';
import type { Preferences } from './preferences.svelte.ts';
import type { Route } from './route.svelte.ts';

/** One thing at a time is pointed at; the page stays usable all the while. */
export class Tour {
  readonly #preferences: Preferences;
  readonly #route: Route;
  #at = $state<number | undefined>();

  constructor(preferences: Preferences, route: Route) {
    this.#preferences = preferences;
    this.#route = route;
  }

  get open(): boolean {
    return this.#at !== undefined;
  }
  /** Index of the step in view. */
  get at(): number {
    return this.#at ?? 0;
  }
  get step(): (typeof tourSteps)[number] | undefined {
    return this.#at === undefined ? undefined : tourSteps[this.#at];
  }
  get last(): boolean {
    return this.at === tourSteps.length - 1;
  }
  /** Whether the tour was begun before, in this browser. */
  get seen(): boolean {
    return this.#preferences.hasSeen('tour');
  }

  start(): void {
    if (this.#route.target.view !== 'playground') this.#route.go('playground');
    this.#preferences.folded = false;
    this.#at = 0;
  }

  next(): void {
    if (this.last) this.end();
    else this.#at = this.at + 1;
  }

  back(): void {
    this.#at = Math.max(0, this.at - 1);
  }

  end(): void {
    this.#at = undefined;
    this.#preferences.markSeen('tour');
  }
}
