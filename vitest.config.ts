import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const browser = ['e2e/**/*.test.ts', 'src/**/*.browser.test.ts'];

/** Two projects: `unit` runs in Node; `browser` drives a real Chromium against the built app, one file at a time. */
export default defineConfig({
  test: {
    projects: [
      {
        plugins: [svelte()],
        test: {
          name: 'unit',
          include: ['{src,tasks,verifiers,scripts}/**/*.test.ts'],
          exclude: [...browser, '**/node_modules/**'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: browser,
          testTimeout: 180_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          // A page that a loaded machine starved is tried once more; the report marks what needed it.
          retry: 1,
        },
      },
    ],
  },
});
