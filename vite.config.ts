import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { isolationHeaders } from './scripts/headers.mjs';

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
    },
  },
  worker: { format: 'es' },
});
