import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/** Builds the page over scripted runs; the product's build does not know of it. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: '../../../public',
  plugins: [svelte()],
  build: { target: 'es2023', emptyOutDir: true },
});
