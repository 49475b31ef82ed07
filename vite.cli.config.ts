import { builtinModules } from 'node:module';
import { defineConfig } from 'vite';

/** The command line as one program for Node: the same modules as the page, bundled because their folders are globbed. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: 'src/cli/main.ts',
    outDir: 'dist-cli',
    target: 'node20',
    rollupOptions: {
      external: ['playwright-core', 'ws', ...builtinModules, /^node:/],
      output: { entryFileNames: 'decay.js' },
    },
  },
  ssr: { noExternal: true, external: ['playwright-core', 'ws'] },
});
