import type { Component } from 'svelte';
import type { Target } from './route.svelte.ts';

type Loaded = Promise<{ readonly default: Component }>;

/** Views that are loaded when they are first gone to; the playground comes with the page. */
const found = import.meta.glob<{ default: Component }>([
  '../help/HelpView.svelte',
  '../history/HistoryView.svelte',
  '../models/BatchView.svelte',
  '../share/SharedView.svelte',
]);
const files: Readonly<Record<Exclude<Target['view'], 'playground'>, string>> = {
  help: '../help/HelpView.svelte',
  history: '../history/HistoryView.svelte',
  batch: '../models/BatchView.svelte',
  shared: '../share/SharedView.svelte',
};

/** True when there is such a view. */
export const hasView = (view: Target['view']): boolean => view === 'playground' || files[view] in found;

/** Loads a view. @throws TypeError from the browser when its script cannot be fetched. */
export function loadView(view: Exclude<Target['view'], 'playground'>): Loaded {
  const load = found[files[view]];
  if (load === undefined) return Promise.reject(new Error(`There is no view ${view}.`));
  return load();
}
