import type { Component } from 'svelte';

const found = import.meta.glob<{ default: Component }>('../models/ModelSource.svelte');

/** Loads the part of the set-up that asks a model for a submission. */
export const modelSource = found['../models/ModelSource.svelte'];
