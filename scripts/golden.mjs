import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

/**
 * Records from real Node 20.20.2 what the golden suite compares the Node engine with: `npm run golden [-- NAME…]`. A name
 * is a part of a case's id, e.g. `apps/express` or `probes/fs`. See e2e/golden/README.md.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const { module } = await runnerImport(`${root}e2e/golden/recorder.ts`, {
  root,
  configFile: false,
  logLevel: 'error',
});
await module.recordNode(`${root}e2e/golden/node`, {
  only: process.argv.slice(2),
  report: (line) => console.log(line),
});
process.exit();
