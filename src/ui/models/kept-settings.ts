import * as v from 'valibot';
import { presetIds } from '../../generate/client/presets.ts';
import { createRedactor } from '../../generate/client/redact.ts';

const storageKey = 'decay.models';
const short = v.pipe(v.string(), v.maxLength(500));
const price = v.object({ input: v.number(), output: v.number(), cached: v.optional(v.number()) });

/** What is remembered of a person's choices. There is no place for a key in it. */
const keptSettings = v.object({
  preset: v.picklist(presetIds),
  address: short,
  /** By preset: each provider has names of its own. */
  models: v.record(v.string(), short),
  api: v.picklist(['chat', 'responses']),
  parameters: v.object({
    temperature: v.optional(v.number()),
    topP: v.optional(v.number()),
    seed: v.optional(v.number()),
    reasoningEffort: v.optional(short),
    maxTokens: v.optional(v.number()),
  }),
  scaffold: short,
  options: v.record(v.string(), v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))),
  /** Prices entered here, by model. */
  prices: v.record(v.string(), price),
  budget: v.optional(v.number()),
});
export type KeptSettings = v.InferOutput<typeof keptSettings>;

export const firstSettings: KeptSettings = {
  preset: 'openai',
  address: '',
  models: {},
  api: 'chat',
  parameters: {},
  scaffold: 'single-shot',
  options: {},
  prices: {},
};

/** What was kept; the first settings when there is nothing that can be read. */
export function readSettings(): KeptSettings {
  try {
    const parsed = v.safeParse(keptSettings, JSON.parse(localStorage.getItem(storageKey) ?? 'null'));
    return parsed.success ? parsed.output : firstSettings;
  } catch {
    return firstSettings;
  }
}

/** Keeps them where the browser lets the page, without what was pasted into a wrong field and looks like a key. */
export function writeSettings(settings: KeptSettings): void {
  try {
    localStorage.setItem(storageKey, createRedactor([]).text(JSON.stringify(settings)));
  } catch {
    // A browser that keeps nothing for pages: they hold until the page is closed.
  }
}
