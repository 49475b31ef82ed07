import type { Component } from 'svelte';
import type { Target } from './route.svelte.ts';

/** Views that are loaded when they are first gone to; the playground comes with the page. */
export type LaterView = Exclude<Target['view'], 'playground'>;

const loaders: Readonly<Record<LaterView, () => Promise<{ readonly default: Component }>>> = {
  batch: () => import('../models/BatchView.svelte'),
  help: () => import('../help/HelpView.svelte'),
  history: () => import('../history/HistoryView.svelte'),
  shared: () => import('../share/SharedView.svelte'),
};

/** Loads a view. @throws TypeError from the browser when its script cannot be fetched. */
export const loadView = (view: LaterView): Promise<{ readonly default: Component }> => loaders[view]();
