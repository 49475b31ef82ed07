import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

/**
 * Records from real Node and real CPython what the golden suite compares the engines with: `npm run golden [-- NAME…]`. A
 * name is a part of a case's id, e.g. `apps/express`, `probes/fs` or `python/probes`. See e2e/golden/README.md.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const { module } = await runnerImport(`${root}e2e/golden/recorder.ts`, {
  root,
  configFile: false,
  logLevel: 'error',
});
await module.recordAll({
  only: process.argv.slice(2),
  report: (line) => console.log(line),
});
process.exit();
