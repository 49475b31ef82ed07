import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Builds the page and the harness into dist/. */
export async function buildPage() {
  await build({ root, logLevel: 'warn' });
}

/** Builds the `decay` command into dist-cli/. */
export async function buildCli() {
  await build({ root, configFile: `${root}vite.cli.config.ts`, logLevel: 'warn' });
}
