import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { isolationHeaders } from '../../../scripts/headers.mjs';

/** Builds the page over scripted runs; the product's build does not know of it. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  plugins: [svelte(), isolationHeaders()],
  build: { target: 'es2023', emptyOutDir: true },
  logLevel: 'warn',
});
