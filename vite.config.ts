import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { isolationHeaders } from './scripts/headers.mjs';

/** The texts of a submission of ours: a folder of tasks/references or tasks/defects. */
const submission = /[\\/]tasks[\\/](references|defects)[\\/]([^\\/]+)[\\/][^?]*\?raw$/;

export default defineConfig({
  plugins: [svelte(), isolationHeaders()],
  build: {
    target: 'es2023',
    rollupOptions: {
      input: {
        app: 'index.html',
        harness: 'harness.html',
        webcontainer: 'webcontainer.html',
        headless: 'headless/index.html',
      },
      output: {
        // One file for each submission and not one for each of its files: a link is made against a dozen references.
        codeSplitting: {
          groups: [{ test: submission, name: (id) => submission.exec(id)?.slice(1).join('-') ?? null }],
        },
      },
    },
  },
  worker: { format: 'es' },
});
