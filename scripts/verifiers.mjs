import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

/**
 * Measures the verifiers on the labelled fixtures (verifiers/fixtures): for each profile and rule how often it agrees
 * with the labels, violations being the positives, and where it does not. `--list` names every disagreement.
 * docs/verifiers.md states what this prints.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const { module } = await runnerImport('./verifiers/testing/report.ts', {
  root,
  configFile: false,
  logLevel: 'error',
});
console.log(module.report({ list: process.argv.includes('--list') }));
