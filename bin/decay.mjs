#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureSetup } from '../scripts/setup.mjs';

/** Sets the checkout up when it is not, and runs the built command line. */
const root = dirname(dirname(fileURLToPath(import.meta.url)));
try {
  await ensureSetup();
} catch (error) {
  console.error(`decay: the project could not be set up: ${error.message}`);
  process.exit(3);
}
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const { main } = await import('../dist-cli/decay.js');
const code = await main({ argv: process.argv.slice(2), root, version });
// What a pipe has not taken yet would be lost with process.exit.
for (const stream of [process.stdout, process.stderr]) await new Promise((done) => stream.write('', done));
process.exit(code);
