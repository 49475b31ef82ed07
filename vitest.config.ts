import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const endToEnd = ['e2e/**/*.test.ts'];
const page = ['src/**/*.browser.test.ts'];

/** A page that a loaded machine starved is tried once more; the report marks what needed it. */
const inChromium = { testTimeout: 180_000, hookTimeout: 120_000, retry: 1 };

/**
 * `unit` runs in Node, `page` drives parts of the page in a real Chromium: a file for each processor. `browser` drives the
 * built app with its engines, one file at a time, since a run keeps two processors busy by itself.
 */
export default defineConfig({
  test: {
    projects: [
      {
        plugins: [svelte()],
        test: {
          name: 'unit',
          include: ['{src,tasks,verifiers,scripts}/**/*.test.ts'],
          exclude: [...page, '**/node_modules/**'],
          maxWorkers: '100%',
          testTimeout: 60_000,
        },
      },
      { test: { name: 'page', include: page, maxWorkers: '100%', ...inChromium } },
      { test: { name: 'browser', include: endToEnd, fileParallelism: false, ...inChromium } },
    ],
  },
});
