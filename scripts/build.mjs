import { ensureSetup } from './setup.mjs';

await ensureSetup().catch((error) => {
  console.error(`\nBuild failed: ${error.message}`);
  process.exitCode = 1;
});
